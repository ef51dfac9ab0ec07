"""`touchstone status` and `touchstone ledger`: what labels are, and the proof of it."""

from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.cli.database import ready
from touchstone.cli.speaking import Json, day, misuse, moment, say, say_json, say_table, tell, today
from touchstone.core.labels.model import Entry, Standing, Status
from touchstone.core.scheme.naming import nearest

if TYPE_CHECKING:
    from touchstone.apps.register.models import RegisterRow

ledger = typer.Typer(no_args_is_help=True, help="Check the ledger, or print an organisation's history.")
WORDS = {
    Standing.VALID: "valid",
    Standing.EXPIRED_RENEWABLE: "expired, still renewable",
    Standing.LAPSED: "lapsed",
    Standing.SUSPENDED: "suspended",
    Standing.WITHDRAWN: "withdrawn",
    Standing.NEVER: "no label",
}


def status(
    organisation: Annotated[str, typer.Argument(help="Name or key of an organisation.")],
    on: Annotated[str | None, typer.Option(help="The day asked about; by default today.")] = None,
    known: Annotated[str | None, typer.Option(help="As known at this day or moment; by default now.")] = None,
    json: Json = False,
) -> int:
    """Print the label of an organisation as of a date. Exit 0 where it is valid, 1 where not.

    Example: touchstone status "Aviation Valley" --on 2013-02-23
    """
    asked_on, asked_known = day(on, option="--on") or today(), moment(known, option="--known")
    ready()
    from touchstone.apps.register import services

    row = found(organisation)
    answer = services.status(row.organisation if row else organisation, on=asked_on, known=asked_known)
    name = row.name if row else organisation
    if json:
        say_json({**services.status_document(answer), "name": name})
    else:
        _say_status(name, answer)
    return 0 if answer.standing is Standing.VALID else 1


def found(text: str) -> "RegisterRow | None":
    """The organisation of a key or name; that there is none is told, with near names, and never guessed."""
    from touchstone.apps.register.models import RegisterRow

    rows = list(RegisterRow.objects.named(text))
    if len(rows) > 1:
        keys = ", ".join(row.organisation for row in rows)
        raise misuse(text, "several organisations have this name.", f"Name one by its key: {keys}.")
    if rows:
        return rows[0]
    near = _near(text)
    hint = f"Did you mean: {', '.join(near)}?" if near else "Look it up: touchstone register search TEXT"
    tell(f'The register has no organisation named "{text}". {hint}')
    return None


def _near(text: str) -> list[str]:
    """Names that hold the words of a text; without one, the name most like it."""
    from touchstone.apps.register.models import RegisterRow

    holding = [row.name for row in RegisterRow.objects.search(text)[:3]]
    like = nearest(text, RegisterRow.objects.values_list("name", flat=True).distinct())
    return holding or ([like] if like else [])


def _say_status(name: str, answer: Status) -> None:
    level = f"{answer.level.value.capitalize()}: " if answer.level else ""
    say(f"{name} on {answer.on}: {level}{WORDS[answer.standing]}")
    if answer.valid_from:
        say(f"valid {answer.valid_from} to {answer.valid_until}, renewable until {answer.renewable_until}")


@ledger.command("verify")
def verify(json: Json = False) -> int:
    """Check the chain and the signatures of every entry.

    Example: touchstone ledger verify
    """
    ready()
    from touchstone.apps.register import services

    result = services.verify()
    if json:
        say_json(result.as_document())
    elif result.intact:
        say(f"{result.entries} entries, chain and signatures intact")
    else:
        say(f"{result.entries} entries; first fault: {result.first_fault}")
    return 0 if result.intact else 1


@ledger.command("show")
def show(
    organisation: Annotated[str, typer.Argument(help="Name or key of an organisation.")],
    json: Json = False,
) -> int:
    """Print the history of an organisation's labels.

    Example: touchstone ledger show "Aviation Valley"
    """
    ready()
    from touchstone.apps.register import services

    row = found(organisation)
    history = services.history(row.organisation) if row else ()
    if json:
        say_json([services.entry_document(entry) for entry in history])
    elif row:
        say(f"{row.name} ({row.organisation})")
        say_table(map(_history_line, history))
    return 0 if row else 1


def _history_line(entry: Entry) -> tuple[str, ...]:
    act = entry.act
    period = f"{act.valid_from} to {act.valid_until}" if act.valid_until else ""
    level = act.level.value if act.level else ""
    derived = f"derived: {', '.join(act.derived)}" if act.derived else ""
    return (f"  {entry.number}", act.effective.isoformat(), act.kind.value, level, period, derived)

"""`touchstone status`: the label of an organisation on a day."""

from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.cli.database import ready
from touchstone.cli.speaking import Json, day, misuse, moment, say, say_json, tell, today
from touchstone.core.labels.model import Standing, Status

if TYPE_CHECKING:
    from touchstone.apps.register.models import RegisterSpan

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


def found(text: str) -> "RegisterSpan | None":
    """The organisation of a key or name; that there is none is told, with near names, and never guessed."""
    from touchstone.apps.register.models import RegisterSpan

    rows = list(RegisterSpan.objects.on(today()).headlines().named(text))
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
    """Names that hold the words of a text, or do once a typing error is mended."""
    from touchstone.apps.register.models import RegisterSpan

    return [row.name for row in RegisterSpan.objects.on(today()).headlines().search(text)[:3]]


def _say_status(name: str, answer: Status) -> None:
    level = f"{answer.level.value.capitalize()}: " if answer.level else ""
    say(f"{name} on {answer.on}: {level}{WORDS[answer.standing]}")
    if answer.valid_from:
        say(f"valid {answer.valid_from} to {answer.valid_until}, renewable until {answer.renewable_until}")
    if answer.successors:
        say(f"has become {', '.join(answer.successors)}")

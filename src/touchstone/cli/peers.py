"""`touchstone peers`: the peers of an installation's own, and reports made again from their frozen sets."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.cli.database import ready
from touchstone.cli.speaking import Json, counted, day, misuse, say, say_json, say_table, today

if TYPE_CHECKING:
    from touchstone.apps.peers.store import Kept

app = typer.Typer(no_args_is_help=True, help="The peers that reports and statistics are drawn from.")


@app.command("add")
def add(
    file: Annotated[Path, typer.Argument(help="All assessments to compare with: .csv or .parquet.")],
    name: Annotated[str, typer.Option(help="What the peers are cited as.")],
    on: Annotated[str | None, typer.Option(help="Peers as of this day; by default today.")] = None,
    json: Json = False,
) -> None:
    """Make the assessments in a file the installation's peers.

    Each time makes a release. It takes up of each group what differs enough from all that was published
    before; other groups keep the peers of before for a year at most.

    Example: touchstone peers add peers.csv --name "2026, autumn" --on 2026-10-12
    """
    as_of = day(on, option="--on") or today()
    if as_of > today():
        raise misuse("--on", f"{as_of} is in the future.", "Name today or an earlier day.")
    ready()
    from touchstone.apps.peers import services

    kept = services.add(file, name=name, on=as_of, at=datetime.now(UTC))
    if json:
        say_json(_document(kept))
    else:
        say(f'"{kept.name}" is in force: {counted(kept.peers, "peer")} as of {kept.on}.')
        _say_groups(kept)


@app.command("list")
def show(json: Json = False) -> None:
    """List the releases of the installation's peers, the oldest first. The last is in force.

    Example: touchstone peers list
    """
    ready()
    from touchstone.apps.peers import services

    releases = services.kept_releases()
    if json:
        say_json([_document(kept) for kept in releases])
    elif releases:
        say_table([("", "name", "as of", "peers", "set", ""), *(_line(kept) for kept in releases)])
    else:
        say("There are no peers of your own yet; reports compare with the synthetic ones.")
        say("Add yours: touchstone peers add FILE --name NAME")


@app.command("remake")
def remake(
    case: Annotated[str, typer.Argument(help="The reference of the case, such as 2026-0002.")],
    out: Annotated[Path | None, typer.Option(help="File to write the result to: .json.")] = None,
    json: Json = False,
) -> int:
    """Make the result of a case's report again from its frozen set, and say whether it is the same.

    The rules, texts and peers are those of then, whatever has changed since.

    Example: touchstone peers remake 2026-0002 --out result.json
    """
    ready()
    from touchstone.apps.cases.models import Case
    from touchstone.apps.cases.remaking import remake as make_again
    from touchstone.output.writing import write_whole

    found = Case.objects.filter(reference=case).first()
    if found is None:
        raise misuse("case", f'there is no case "{case}".', "The secretariat's list of cases has them all.")
    made = make_again(found)
    if out is not None:
        write_whole(out, made.content)
    told = {"case": case, "name": made.run.set_name, "on": made.run.set_on, "set": made.run.set_digest}
    if json:
        say_json({**told, "equal": made.equal})
    else:
        same = "the same to the byte" if made.equal else "NOT the same"
        say(f'{case}, from "{made.run.set_name}" of {made.run.set_on}: the result is {same}.')
    return 0 if made.equal else 1


def _say_groups(kept: "Kept") -> None:
    from touchstone.apps.peers import services

    groups = services.groups_of(kept.release)
    held = [id for id, one in groups.items() if one.since != kept.on]
    say(f"{counted(len(groups), 'group')} shown, {counted(len(held), 'group')} of them held over.")
    _say_ids("With the peers of before, since too few have changed", held)
    _say_ids("Some measures are held back in", [id for id, one in groups.items() if one.withheld])


def _say_ids(what: str, ids: Sequence[str]) -> None:
    if ids:
        say(f"{what}: {', '.join(ids)}.")


def _line(kept: "Kept") -> tuple[object, ...]:
    synthetic = "synthetic" if kept.synthetic else ""
    return kept.number, kept.name, kept.on, kept.peers, kept.set[:12], synthetic


def _document(kept: "Kept") -> dict[str, object]:
    from touchstone.apps.peers import services

    return {
        "number": kept.number,
        "name": kept.name,
        "on": kept.on,
        "added_at": kept.added_at,
        "peers": kept.peers,
        "synthetic": kept.synthetic,
        "set": kept.set,
        "groups": [
            {
                "id": id,
                "since": one.since,
                "held_over": one.since != kept.on,
                "withheld": sorted(one.withheld),
            }
            for id, one in services.groups_of(kept.release).items()
        ],
    }

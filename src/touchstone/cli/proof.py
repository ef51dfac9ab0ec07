"""`touchstone proof`: the labels of some organisations on a day, as files that can be checked later."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.cli.database import ready
from touchstone.cli.speaking import Json, day, misuse, moment, say, say_table, tell, today
from touchstone.core.labels.model import LabelLevel
from touchstone.core.labels.proof import Match, Verdict
from touchstone.core.language.language import language as known_language

if TYPE_CHECKING:
    from touchstone.core.labels.proof import Line, Proof

WHOM = "Names, keys or numbers of organisations, or files with a list of them (.txt, .csv, .xlsx)."
WORDS = {Verdict.YES: "yes", Verdict.NO: "no", Verdict.UNKNOWN: "not known"}
PDF, SIGNED = "proof.pdf", "proof.json"


def proof(  # noqa: PLR0917  (each is an option with a name)
    organisations: Annotated[list[str], typer.Argument(help=WHOM)],
    level: Annotated[str, typer.Option(help="The level asked for: bronze, silver or gold.")] = "bronze",
    exactly: Annotated[bool, typer.Option("--exactly", help="That level and no higher one.")] = False,
    on: Annotated[str | None, typer.Option(help="The day asked about; by default today.")] = None,
    known: Annotated[str | None, typer.Option(help="As known at this day or moment; by default now.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the sealed PDF and the signed file.")] = None,
    lang: Annotated[str, typer.Option(help="Language of the PDF.")] = "en",
    json: Json = False,
) -> int:
    """Prove which organisations held a label on a day. Exit 0 where all did, 1 where one did not.

    Example: touchstone proof "Aviation Valley" --level bronze --on 2013-02-23 --out proof
    """
    wanted, asked_on = _level(level), day(on, option="--on") or today()
    asked_known = moment(known, option="--known") if known else None
    known_language(lang)
    names = list(_names(organisations))
    ready()
    from touchstone.apps.proofs import services

    now = datetime.now(UTC)
    if asked_known and asked_known.date() == now.date():
        asked_known = min(asked_known, now)
    made = services.answer(
        names,
        level=wanted,
        match=Match.EXACTLY if exactly else Match.AT_LEAST,
        on=asked_on,
        known=asked_known,
        at=now,
    )
    signed = services.document(made)
    if out:
        _write(out, signed, services.pdf(made, language=lang, at=now))
    if json:
        typer.echo(signed, nl=False)
    else:
        _say(made, services.suggested(made, today=now.date()), out)
    return 0 if made.count(Verdict.YES) == len(made.lines) else 1


def _names(organisations: list[str]) -> Iterator[str]:
    """The names given, and those of the files that are named among them; each once, what is left out told."""
    from touchstone.intake.guards import guarded
    from touchstone.intake.name_list import LIMIT, NameList, handed_in, pasted

    seen: set[str] = set()
    for one in organisations:
        listed: NameList
        if Path(one).suffix.lower() in {".txt", ".csv", ".xlsx"}:
            listed = handed_in(guarded(Path(one), limit_bytes=LIMIT), file=one)
        else:
            listed = pasted(one)
        for note in listed.notes:
            tell(f"{one}: {note}")
        if listed.blank or listed.repeated:
            tell(f"{one}: {listed.blank} empty and {len(listed.repeated)} repeated lines left out")
        yield from (name for name in listed.names if name not in seen)
        seen.update(listed.names)


def _write(folder: Path, signed: str, pdf: bytes) -> None:
    from touchstone.output.writing import write_whole

    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / SIGNED, signed.encode())
    write_whole(folder / PDF, pdf)


def _say(made: "Proof", like: dict[str, tuple[str, ...]], out: Path | None) -> None:
    say_table(_row(line) for line in made.lines)
    for text, names in like.items():
        tell(f'The register has no "{text}". Did you mean: {", ".join(names)}?')
    say(f"as known on {made.question.known:%Y-%m-%d %H:%M:%S} UTC, ledger entry {made.ledger.number}")
    if out:
        say(f"{out / PDF}\n{out / SIGNED}")


def _row(line: "Line") -> tuple[object, ...]:
    keys = ", ".join(one.key for one in line.candidates)
    found = keys or "not found"
    if not line.shown:
        return (WORDS[line.verdict], line.asked, found, "", "", "")
    shown = line.shown
    period = f"{shown.valid_from} to {shown.valid_until}"
    return (WORDS[line.verdict], line.asked, found, shown.level.value, shown.standing.value, period)


def _level(text: str) -> LabelLevel:
    try:
        return LabelLevel(text.lower())
    except ValueError:
        raise misuse("--level", f'"{text}" is no level.', "There is: bronze, silver, gold.") from None

"""How commands speak: answers on standard output, everything else on standard error."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated

import typer

from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.loading import load, shipped
from touchstone.core.scheme.model import Scheme

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


def say(text: str = "") -> None:
    """Print a line of the answer."""
    typer.echo(text)


def counted(number: int, thing: str) -> str:
    """A number with its thing: "no faults", "1 fault", "2 faults"."""
    return f"{number or 'no'} {thing}{'' if number == 1 else 's'}"


def tell(text: str) -> None:
    """Print a message that is not part of the answer."""
    typer.echo(text, err=True)


def complain(text: str) -> None:
    """Print what is wrong, in one line."""
    tell("touchstone: " + " ".join(text.split()))


def say_json(document: object) -> None:
    """Print the answer as one JSON document."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, default=_plain) + "\n")


def misuse(place: str, problem: str, remedy: str) -> Unusable:
    """What a command raises where it was called with something that it cannot use."""
    return Unusable("", Fault(place, problem, remedy))


def say_table(rows: Iterable[Sequence[object]]) -> None:
    """Print rows as columns of equal width, two spaces apart."""
    lines = [["" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)] if lines else []
    for line in lines:
        say("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error, where that is a terminal; gives the function that moves it."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = TextColumn("{task.description}"), BarColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(step: str, done: int, total: int) -> None:
            bar.update(task, description=step, completed=done, total=total)

        yield show


def fault_documents(faults: Iterable[Fault]) -> list[dict[str, str]]:
    """Faults as JSON objects."""
    return [{**asdict(fault), "severity": fault.severity.value} for fault in faults]


def today() -> date:
    """The day in UTC. The clock is read here and nowhere below."""
    return datetime.now(UTC).date()


def day(text: str | None, *, option: str) -> date | None:
    """A day such as 2026-10-12, or None where nothing was given."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise misuse(option, f'"{text}" is not a day.', "Write it as 2026-10-12.") from None


def moment(text: str | None, *, option: str) -> datetime:
    """A moment in UTC: a day means its last moment, nothing means now."""
    if text is None:
        return datetime.now(UTC)
    try:
        if len(text) == len("2026-10-12"):
            return datetime.combine(date.fromisoformat(text), time.max, tzinfo=UTC)
        known = datetime.fromisoformat(text)
    except ValueError:
        remedy = "Write it as 2026-10-12 or 2026-10-12T14:30:00Z."
        raise misuse(option, f'"{text}" is not a moment.', remedy) from None
    return known.replace(tzinfo=known.tzinfo or UTC).astimezone(UTC)


def pack(name: Path | None) -> Path:
    """The folder of a scheme pack: a path, the name of a shipped pack, or the shipped one."""
    if name is None:
        return shipped()
    return name if name.is_dir() or not shipped(str(name)).is_dir() else shipped(str(name))


def the_scheme() -> Scheme:
    """The scheme pack that ships."""
    return load(shipped())


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")

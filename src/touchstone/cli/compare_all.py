"""`touchstone compare-all`: the report of every organisation of a population."""

import errno
import hashlib
import json as json_text
import os
import resource
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Annotated, Final

import numpy as np
import typer

from touchstone import __version__
from touchstone.cli.basis import Lang, On, frame
from touchstone.cli.finished import Entry, enter, folders, kept, list_all, writing_alone
from touchstone.cli.speaking import Json, counted, misuse, say, say_json, tell
from touchstone.core.benchmark.comparison import set_digest
from touchstone.core.benchmark.groups import refer
from touchstone.core.benchmark.model import Population
from touchstone.core.benchmark.prepared import Prepared, prepare
from touchstone.core.benchmark.rows import day_of, row_assessment, row_organisation
from touchstone.core.faults import Severity, Unusable
from touchstone.core.language.language import ENGLISH
from touchstone.core.report.report import Report, make_report
from touchstone.core.scheme.model import Scheme
from touchstone.core.workers import RENEWED_AFTER, Lost, Workers, processors
from touchstone.output.report import make_all
from touchstone.output.writing import write_many

MOST_JOBS: Final = 64
LOADED: Final = ["touchstone.output.report", "typst", "xlsxwriter", "jinja2"]
SAID_LINES: Final = 20  # of progress, where there is no terminal
FORMAT: Final = "touchstone reports 1"  # changes when the same input gives other files
KILOBYTES: Final = 1024  # in a megabyte
# Errors after which no other file can be written either.
NO_MORE: Final = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EIO}

Out = Annotated[Path, typer.Option(help="Folder for the reports: one folder an organisation.")]
Everyone = Annotated[
    Path, typer.Argument(metavar="POPULATION", help="All assessments: .csv, .parquet or a frozen .zip.")
]
Jobs = Annotated[
    int | None, typer.Option(min=1, max=MOST_JOBS, help="Processes at work; by default one a processor.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of one organisation: an entry of the index, or why there is none.

    `halt` says that nothing more can be written, `megabytes` how much the process `worker` has held at most.
    """

    row: int
    entry: Entry | None = None
    problem: str = ""
    halt: OSError | None = None
    worker: int = 0
    megabytes: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """Makes the report of one row, and writes it. A worker process is handed this."""

    scheme: Scheme
    peers: Prepared
    on: date | None
    out: Path
    about: tuple[str, ...]  # what all reports rest on: program, rules, language, day
    folders: Mapping[int, str]  # row → name of its folder

    def __call__(self, row: int) -> Done:
        try:
            made = self._report(row)
            files = make_all(made, self.scheme)
        except Unusable as unusable:
            return self._done(row, problem=str(unusable))
        except Exception as error:  # noqa: BLE001  (one that cannot be made stops no other)
            return self._done(row, problem=f"a fault of the program: {type(error).__name__}: {error}")
        try:
            write_many(self.out / self.folders[row], files)
        except OSError as error:
            return self._done(row, problem=str(error), halt=error if error.errno in NO_MORE else None)
        return self._done(row, entry=self._entry(row, made, files))

    def _report(self, row: int) -> Report:
        """The same as `compare` makes of these answers; where they contradict each other they are refused."""
        assessment = row_assessment(self.peers.population, row, self.scheme)
        made = make_report(assessment, scheme=self.scheme, population=self.peers, on=self.on)
        errors = [fault for fault in made.faults if fault.severity is Severity.ERROR]
        if errors:
            raise Unusable("", *errors)
        return made

    def key(self, row: int) -> str:
        """What a report of that row would be made from: its own answers, and the peers of its own day."""
        owner = row_organisation(self.peers.population, row)
        day = self.on or day_of(self.peers.population, row)
        found = refer(self.peers, scheme=self.scheme, organisation=owner, on=day)
        return self._key(row, set_digest(found.groups, scheme=self.scheme, on=day))

    def _key(self, row: int, peers: str) -> str:
        parts = [*self.about, self.folders[row], self.peers.row_digests[row].hex(), peers]
        return hashlib.sha256(json_text.dumps(parts).encode()).hexdigest()

    def _entry(self, row: int, made: Report, files: Mapping[str, bytes]) -> Entry:
        score = made.appraisal.score
        return Entry(
            organisation=made.organisation.id,
            folder=self.folders[row],
            key=self._key(row, made.comparison.digest),
            number=made.number,
            points=score.points,
            of=score.max,
            share=score.share,
            files={name: len(content) for name, content in files.items()},
        )

    def _done(
        self, row: int, *, entry: Entry | None = None, problem: str = "", halt: OSError | None = None
    ) -> Done:
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES
        return Done(row=row, entry=entry, problem=problem, halt=halt, worker=os.getpid(), megabytes=held)


@dataclass(slots=True)
class Outcome:
    """What a call has come to."""

    made: list[Entry] = field(default_factory=list)
    kept: list[Entry] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)  # organisation → why
    elsewhere: dict[str, str] = field(default_factory=dict)  # organisation → folder that is not named like it
    workers: set[int] = field(default_factory=set)
    megabytes: float = 0.0  # that a process has held at most
    seconds: float = 0.0

    @property
    def entries(self) -> list[Entry]:
        return sorted((*self.kept, *self.made), key=lambda entry: entry.organisation)


def compare_all(  # noqa: PLR0917  (each is an option with a name)
    population: Everyone,
    out: Out,
    jobs: Jobs = None,
    lang: Lang = ENGLISH,
    on: On = None,
    json: Json = False,
) -> int:
    """Write the reports of all organisations of a population, each compared with the others.

    Each gets the five files of its latest assessment in a folder of its own; index.csv lists them. A call
    that was stopped goes on where it was: what is done for the same input is kept.

    Example: touchstone compare-all peers.parquet --out reports --jobs 4
    """
    given = frame(population, on, lang=lang)
    with writing_alone(out):
        processes = jobs or processors()
        outcome = everyone(given.rows, given.scheme, out=out, on=given.on, jobs=processes)
    _say(outcome, json=json)
    return 1 if outcome.failed else 0


def everyone(
    population: Population,
    scheme: Scheme,
    *,
    out: Path,
    on: date | None,
    jobs: int,
    renewed_after: int = RENEWED_AFTER,
) -> Outcome:
    """Make what is not there yet. Raises OSError where nothing more can be written; what is done stays."""
    making = _making(population, scheme, out, on)
    ids = {row: str(population.organisation[row]) for row in making.folders}
    here = {id: row for row, id in ids.items()}
    done = kept(out, lambda owner: making.key(here[owner]) if owner in here else None)
    outcome = Outcome(
        kept=list(done.values()),
        elsewhere={ids[row]: name for row, name in making.folders.items() if name != ids[row]},
    )
    rows = [row for row in making.folders if ids[row] not in done]
    began = monotonic()
    workers = Workers(work=making, jobs=jobs, renewed_after=renewed_after, loaded=LOADED)
    try:
        with _progress(len(rows)) as step, closing(workers.outcomes(rows)) as outcomes:
            for found in outcomes:
                _take(found, ids, out, outcome)
                step(len(outcome.made) + len(outcome.failed))
    finally:
        outcome.seconds = monotonic() - began
        list_all(out, outcome.entries)
    return outcome


def _take(found: Done | Lost, ids: Mapping[int, str], out: Path, outcome: Outcome) -> None:
    """Enter what came of one organisation."""
    if isinstance(found, Lost):
        outcome.failed[ids[found.task]] = found.ended
        return
    outcome.workers.add(found.worker)
    outcome.megabytes = max(outcome.megabytes, found.megabytes)
    if found.halt is not None:
        raise found.halt
    if found.entry is None:
        outcome.failed[ids[found.row]] = found.problem
    else:
        enter(out, found.entry)
        outcome.made.append(found.entry)


def _making(population: Population, scheme: Scheme, out: Path, on: date | None) -> Making:
    peers = prepare(population, scheme)
    rows = _latest(peers, on)
    if not rows:
        raise misuse("--on", f"there is no assessment up to {on}.", "Name a later day.")
    names = folders(str(population.organisation[row]) for row in rows)
    here = {row: names[str(population.organisation[row])] for row in rows}
    synthetic = "made up" if population.synthetic else "real"
    about = (FORMAT, __version__, scheme.digest, scheme.language, str(on), synthetic)
    peers.row_digests  # noqa: B018  (reckoned once, before the processes are handed it)
    return Making(scheme=scheme, peers=peers, on=on, out=out.resolve(), about=about, folders=here)


def _latest(peers: Prepared, on: date | None) -> list[int]:
    """The row of each organisation's last assessment, up to a day, in the order of the file."""
    rows = peers.by_organisation
    if on is not None:
        rows = rows[peers.population.interviewed_on[rows] <= np.datetime64(on)]
    owner = peers.numbers[rows]
    last = np.append(owner[1:] != owner[:-1], True)[: len(rows)]
    found: list[int] = np.sort(rows[last]).tolist()
    return found


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """A bar with rate and time left on a terminal, a line now and then elsewhere; gives what moves it."""
    if not sys.stderr.isatty():
        yield _lines(total)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task, began = bar.add_task("", total=total, rate=""), monotonic()

        def move(done: int) -> None:
            bar.update(task, completed=done, rate=f"{done / (monotonic() - began):.1f} a second")

        yield move


def _lines(total: int) -> Callable[[int], None]:
    began, often = monotonic(), -(-total // SAID_LINES)

    def move(done: int) -> None:
        if done % often == 0 or done == total:
            rate = done / max(monotonic() - began, 1e-9)
            tell(f"{done:,} of {total:,}, {rate:.1f} a second, {(total - done) / rate:.0f} s left")

    return move


def _say(outcome: Outcome, *, json: bool) -> None:
    if json:
        say_json(_document(outcome))
        return
    for id, folder in outcome.elsewhere.items():
        tell(f"{id}: its folder is {folder}")
    for id, reason in outcome.failed.items():
        tell(f"{id}: {' '.join(reason.split())}")
    made = counted(len(outcome.made), "report")
    say(f"{made} made, {len(outcome.kept):,} kept, {len(outcome.failed):,} failed")


def _document(outcome: Outcome) -> dict[str, object]:
    return {
        "made": len(outcome.made),
        "kept": len(outcome.kept),
        "failed": [{"organisation": id, "reason": reason} for id, reason in outcome.failed.items()],
        "elsewhere": outcome.elsewhere,
        "seconds": outcome.seconds,
        "workers": len(outcome.workers),
        "megabytes": outcome.megabytes,
    }

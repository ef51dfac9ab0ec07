"""One export: what is unchanged is kept, the rest made by several processes, links followed to files."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from itertools import chain, islice
from typing import Final

from django.conf import settings
from django.utils import timezone

from touchstone.cli.exporting import addresses
from touchstone.cli.exporting.folder import MARK, Folder, about
from touchstone.cli.exporting.ground import Sources, stamp
from touchstone.cli.exporting.making import Made, application
from touchstone.cli.exporting.record import ALL, Line, Writer, lines
from touchstone.cli.exporting.search import search_files
from touchstone.cli.exporting.work import LOADED, Halted, Work
from touchstone.core.faults import Fault, Unusable
from touchstone.core.workers import Lost, Workers

Progress = Callable[[str, int, int], None]

AT_ONCE: Final = 10
PAGES_AT_ONCE: Final = 20  # of one task
FEW: Final = 2  # tasks that are done here, sooner than another process has begun


@dataclass(slots=True)
class Export:
    """An export on its way. `faults` are what would be missing or leading nowhere in it, in words.

    `jobs` processes are at work; with one it is this one. With `anew` nothing is kept unmade.
    """

    folder: Folder
    live: str = ""
    jobs: int = 1
    anew: bool = False
    at_once: int = AT_ONCE  # organisations of one task
    faults: list[str] = field(default_factory=list)
    made: int = 0  # organisations
    kept: int = 0
    new: int = 0  # files
    same: int = 0
    _stamp: str = field(init=False, default="")
    _wanted: dict[str, str] = field(init=False, default_factory=dict)  # file → a page that leads to it

    def make(self, progress: Progress) -> None:
        """Make everything, and put it in its place where nothing is missing; else see `faults`."""
        _see_that_it_answers()
        self._stamp = stamp(self.live)
        today = None
        while today != timezone.localdate() and not self.faults:  # again where a day has begun meanwhile
            today = timezone.localdate()
            with self.folder.recording() as record:
                self._make(record, today, progress)
        if not self.faults:
            self.folder.put()

    def as_document(self) -> dict[str, object]:
        """What came of it, in JSON's own types."""
        return {
            "organisations": {"made": self.made, "unchanged": self.kept},
            "new": self.new,
            "same": self.same,
            "faults": self.faults,
        }

    def _make(self, record: Writer, today: date, progress: Progress) -> None:
        self.made = self.kept = self.new = self.same = 0
        self._wanted = {}
        self._organisations(record, today, progress)
        self._enter(record, self._of_all(today, progress))
        self._look_for_what_is_wanted()

    def _organisations(self, record: Writer, today: date, progress: Progress) -> None:
        waiting = dict.fromkeys(addresses.organisations(today))
        total = len(waiting)
        for line in self._kept(waiting, today):
            self._enter(record, line)
        self.kept = total - len(waiting)
        for made in self._done(waiting, self.at_once, of_organisations=True):
            self.faults += made.faults
            for line in made.lines:
                self._enter(record, line)
            self.made += len(made.lines)
            progress("organisations", self.kept + self.made, total)

    def _kept(self, waiting: dict[str, None], today: date) -> Iterator[Line]:
        """The lines of which nothing has to be made; takes their organisations out of those that wait."""
        if self.anew:
            return
        sources = None
        for line in self.folder.remembered():
            if line.organisation in waiting and line.first <= today <= line.last:
                sources = sources or Sources.of(self._stamp)
                if sources.key(line.organisation, line.others) == line.key and self.folder.whole(line):
                    del waiting[line.organisation]
                    yield line

    def _enter(self, record: Writer, line: Line) -> None:
        record.write(line)
        self.new += len(line.staged)
        self.same += len(line.files) - len(line.staged)
        for file in line.links:
            self._wanted.setdefault(file, addresses.page_of(line.organisation))

    def _of_all(self, today: date, progress: Progress) -> Line:
        """The pages of all organisations together, made each time: nearly every change is told there."""
        all_of_them = Made()
        for file, content in chain(search_files(today), [(MARK, about(today.isoformat()))]):
            all_of_them.files[file] = len(content)
            if self.folder.write(file, content):
                all_of_them.staged.append(file)
        waiting = dict.fromkeys(
            chain(
                (f"/{file}" for file in self._wanted if file.startswith("static/")),
                addresses.always(),
                addresses.of_the_register(today),
                addresses.pages_of_the_list(today),
            )
        )
        asked: set[str] = set()
        while waiting := {address: None for address in waiting if address not in asked}:
            asked.update(waiting)
            found: dict[str, None] = {}
            for made in self._done(waiting, PAGES_AT_ONCE, of_organisations=False):
                all_of_them.files.update(made.files)
                all_of_them.staged += made.staged
                self._wanted = {**made.links, **self._wanted}
                self.faults += made.faults
                found.update(made.found)
                progress("pages of all", len(all_of_them.files), len(asked))
            waiting = found
        return Line(
            organisation=ALL, key="", first=today, last=today, others=(), files=all_of_them.files,
            staged=tuple(all_of_them.staged), links=(),
        )  # fmt: skip

    def _done(self, some: Iterable[str], at_once: int, *, of_organisations: bool) -> Iterator[Made]:
        """What comes of each batch of keys or addresses. Raises what lets nothing more be made."""
        batches = tuple(_batches(some, at_once))
        work = Work(
            folder=self.folder, live=self.live, stamp=self._stamp, batches=batches,
            of_organisations=of_organisations,
        )  # fmt: skip
        with closing(self._outcomes(work)) as outcomes:
            for outcome in outcomes:
                if isinstance(outcome, Halted):
                    raise outcome.error
                if isinstance(outcome, Lost):
                    first, *_, last = [*batches[outcome.task], batches[outcome.task][-1]]
                    self.faults.append(f"{first} to {last}: {outcome.ended}")
                else:
                    yield outcome

    def _outcomes(self, work: Work) -> Generator[Made | Halted | Lost]:
        tasks: Sequence[int] = range(len(work.batches))
        if self.jobs == 1 or len(tasks) <= FEW:
            yield from map(work, tasks)
        else:
            workers = Workers(work=work, jobs=min(self.jobs, len(tasks)), loaded=LOADED)
            with closing(workers.outcomes(tasks)) as outcomes:
                yield from outcomes

    def _look_for_what_is_wanted(self) -> None:
        for line in lines(self.folder.made):
            for file in line.files:
                self._wanted.pop(file, None)
        missing = sorted(self._wanted.items())
        self.faults += [f"{file}: is not there, and {page} leads to it" for file, page in missing]


def _see_that_it_answers() -> None:
    if application().get("/").status == HTTPStatus.BAD_REQUEST:
        problem = f"does not answer to its own address, {settings.TOUCHSTONE_ADDRESS}."
        remedy = "Name its host in TOUCHSTONE_ALLOWED_HOSTS."
        raise Unusable("the application", Fault("", problem, remedy))


def _batches(some: Iterable[str], at_once: int) -> Iterator[tuple[str, ...]]:
    rest = iter(some)
    while batch := tuple(islice(rest, at_once)):
        yield batch

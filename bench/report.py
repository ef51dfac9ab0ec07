"""How long a report takes: cold, warm and part by part, and the reports of a whole portfolio.

All that is warm is measured with a new organisation each time: the typesetter remembers what it has set.
"""

import gc
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any, Final

from bench.measuring import Times, timed

from touchstone.core.benchmark.prepared import Prepared, prepare
from touchstone.core.benchmark.rows import row_assessment
from touchstone.core.benchmark.synthetic import make_population, shipped_population
from touchstone.core.report.report import Report, make_report
from touchstone.core.scheme.loading import load, shipped
from touchstone.core.scheme.model import Scheme
from touchstone.output.content.making import content
from touchstone.output.html import page
from touchstone.output.population import write_population
from touchstone.output.report import FORMS
from touchstone.output.writing import write_many

ANSWERS: Final = Path(__file__).parents[1] / "demonstration" / "amber-coast-photonics.json"
SAMPLE: Final = 120  # assessments of the portfolio, where nothing else is asked for
SEED: Final = 48
JOBS: Final = 2
WARM_UP: Final = 5  # reports that are not counted: what all later ones share
COMPARED: Final = "comparison, judgement"
WRITTEN: Final = "writing"


@dataclass(slots=True)
class Clock:
    """Seconds of the clock and of the processor, part by part, run by run."""

    wall: dict[str, list[float]] = field(default_factory=dict)
    cpu: dict[str, list[float]] = field(default_factory=dict)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        began, used = perf_counter(), process_time()
        yield
        self.wall.setdefault(name, []).append(perf_counter() - began)
        self.cpu.setdefault(name, []).append(process_time() - used)

    def forget(self) -> None:
        self.wall.clear()
        self.cpu.clear()

    def medians(self) -> dict[str, tuple[float, float]]:
        """Part → seconds of the clock and of the processor."""
        return {name: (median(wall), median(self.cpu[name])) for name, wall in self.wall.items()}


def cold(runs: int) -> Times:
    """Seconds of the whole command, in a new process each time."""
    with tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, "-m", "touchstone", "compare", str(ANSWERS), "--out", folder]
        return timed(lambda: subprocess.run(words, check=True, capture_output=True), runs)


def warm(runs: int) -> dict[str, tuple[float, float]]:
    """Part → seconds of the clock and of the processor, and "all"; one processor is used."""
    reports, scheme = _reports()
    clock = Clock()
    gc.collect()
    gc.freeze()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(WARM_UP + runs):
            if number == WARM_UP:
                clock.forget()
            with clock.part("all"):
                _one(reports, scheme, Path(folder), clock)
    return clock.medians()


def _one(reports: Callable[[], Report], scheme: Scheme, folder: Path, clock: Clock) -> None:
    with clock.part(COMPARED):
        report = reports()
    with clock.part("content"):
        said = content(report, scheme)
    files = {}
    for name, form in FORMS.items():
        with clock.part(name):
            files[name] = form(report, said, scheme)
    with clock.part(WRITTEN):
        write_many(folder, files)


def other_typesetter(runs: int) -> dict[str, tuple[float, float]]:
    """WeasyPrint on the HTML form of new organisations: seconds of the clock and of the processor."""
    from weasyprint import HTML

    reports, scheme = _reports()
    clock = Clock()
    for number in range(1 + runs):
        if number == 1:
            clock.forget()
        html = page(content(reports(), scheme))
        with clock.part("WeasyPrint"):
            HTML(string=html).write_pdf(io.BytesIO(), pdf_variant="pdf/ua-1")
    return clock.medians()


def portfolio(size: int, jobs: int = JOBS) -> dict[str, Any]:
    # Any: a document of JSON.
    """What `compare-all` says of the reports of so many assessments, with as many processes."""
    scheme = load(shipped())
    with tempfile.TemporaryDirectory() as folder:
        peers = Path(folder) / "peers.parquet"
        write_population(make_population(scheme, size=size, seed=SEED), peers, scheme)
        words = ["compare-all", str(peers), "--out", f"{folder}/reports", "--jobs", str(jobs), "--json"]
        done = subprocess.run(
            [sys.executable, "-m", "touchstone", *words], check=True, stdout=subprocess.PIPE, text=True
        )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _reports() -> tuple[Callable[[], Report], Scheme]:
    """What makes the report of another organisation each time, among the peers that ship."""
    # Read when the typesetter is loaded: one processor, as in a process of compare-all.
    os.environ["RAYON_NUM_THREADS"] = "1"
    scheme = load(shipped())
    ready: Prepared = prepare(shipped_population(scheme), scheme)
    rows = count()

    def made() -> Report:
        return make_report(
            row_assessment(ready.population, next(rows), scheme), scheme=scheme, population=ready
        )

    return made, scheme

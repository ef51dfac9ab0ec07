"""How long one report takes: cold, as a command in a process of its own, and warm, in this process."""

import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path

from bench.measuring import Times, timed

from touchstone.core.assessment.model import Assessment
from touchstone.core.benchmark.prepared import Prepared, prepare
from touchstone.core.benchmark.rows import row_assessment
from touchstone.core.benchmark.synthetic import shipped_population
from touchstone.core.report.report import Report, make_report
from touchstone.core.scheme.loading import load, shipped
from touchstone.core.scheme.model import Scheme
from touchstone.output.report import FORMS, write_all

ANSWERS = Path(__file__).parents[1] / "demonstration" / "amber-coast-photonics.json"


def report_times(runs: int) -> dict[str, Times]:
    """Seconds of the whole command, of the warm report and of its parts."""
    scheme = load(shipped())
    ready = prepare(shipped_population(scheme), scheme)
    with tempfile.TemporaryDirectory() as folder:
        return {
            "cold: the command": timed(lambda: _command(folder), runs),
            **_warm(folder, scheme, ready, runs),
        }


def _command(folder: str) -> None:
    words = [sys.executable, "-m", "touchstone", "compare", str(ANSWERS), "--out", folder]
    subprocess.run(words, check=True, capture_output=True)


def _warm(folder: str, scheme: Scheme, ready: Prepared, runs: int) -> dict[str, Times]:
    """Each run is given another organisation: the typesetter remembers what it has set before."""
    others = (row_assessment(ready.population, row, scheme) for row in count())
    write_all(_made(next(others), scheme, ready), Path(folder), scheme=scheme)  # what all later ones share

    def whole() -> None:
        write_all(_made(next(others), scheme, ready), Path(folder), scheme=scheme)

    return {
        f"warm: comparison, judgement and {len(FORMS)} files": timed(whole, runs),
        "  of these, comparison and judgement": timed(lambda: _made(next(others), scheme, ready), 3 * runs),
    }


def _made(assessment: Assessment, scheme: Scheme, ready: Prepared) -> Report:
    return make_report(assessment, scheme=scheme, population=ready)

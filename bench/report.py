"""How long one report takes: cold, as a command in a process of its own, and warm, in this process."""

import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from bench.measuring import Times, timed

from touchstone.core.benchmark.prepared import Prepared, prepare
from touchstone.core.benchmark.synthetic import shipped_population
from touchstone.core.report.report import make_report
from touchstone.core.scheme.loading import load, shipped
from touchstone.core.scheme.model import Scheme
from touchstone.intake.answers import read_answers
from touchstone.output.report import FORMS, write_all

ANSWERS = Path(__file__).parents[1] / "demonstration" / "amber-coast-photonics.json"
LATER = date(2100, 1, 1)  # no answer of the demonstration is in the future then


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
    assessment = read_answers(ANSWERS, scheme, today=LATER)
    report = make_report(assessment, scheme=scheme, population=ready)

    def whole() -> None:
        made = make_report(assessment, scheme=scheme, population=ready)
        write_all(made, Path(folder), scheme=scheme)

    # The first report makes what all later ones share.
    whole()
    return {
        f"warm: comparison, judgement and {len(FORMS)} files": timed(whole, runs),
        "  of these, comparison and judgement": timed(
            lambda: make_report(assessment, scheme=scheme, population=ready), 3 * runs
        ),
        "  of these, the files": timed(lambda: write_all(report, Path(folder), scheme=scheme), runs),
    }

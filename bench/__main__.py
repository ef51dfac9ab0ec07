"""Prints how fast Touchstone is, beside other libraries that do the same work in the same run.

usage: python -m bench [report|population] [--size N] [--runs N]
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from math import isclose
from pathlib import Path
from typing import Any

from bench.contest import CONTESTANTS, population
from bench.measuring import Times, in_words
from bench.report import report_times
from bench.work import disagreements

# Every figure and position is held against the others' at this size before anything is timed.
CHECKED = 3000


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__.partition("\n")[0])
    parser.add_argument("what", nargs="?", choices=("report", "population"), help="only this; else both")
    parser.add_argument("--size", type=int, default=100_000, help="assessments (100000)")
    parser.add_argument("--runs", type=int, default=3, help="runs of which the median counts (3)")
    asked = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, {_processor()}")
    if asked.what != "population":
        report(asked.runs)
    if asked.what != "report":
        agreement()
        contest(asked.size, asked.runs)
        everyone(asked.size, asked.runs)


def report(runs: int) -> None:
    print("\nOne report, 1,292 synthetic assessments")
    for name, times in report_times(runs).items():
        print(f"  {name:48} {times}")


def agreement() -> None:
    """Stop where two contestants do not get the same figures."""
    made = population(CHECKED)
    outcomes = {}
    for name, enter in CONTESTANTS.items():
        contestant = enter()
        contestant.load(made)
        outcomes[name] = contestant.outcome(contestant.work())
    ours = outcomes.pop("touchstone")
    for name, outcome in outcomes.items():
        if found := disagreements(ours, outcome):
            sys.exit(f"{name} gets other figures: {', '.join(found[:5])}")
    print(f"\nAll figures and positions agree ({CHECKED:,} assessments, {', '.join(CONTESTANTS)}).")


def contest(size: int, runs: int) -> None:
    print(f"\n{size:,} assessments, all measures, four groupings: figures of each group, all positions")
    found = [_alone("bench.contest", name, str(size), str(runs)) for name in CONTESTANTS]
    ours = Times(tuple(found[0]["seconds"])).median
    for one in found:
        if not all(map(_same, one["sums"], found[0]["sums"])):
            sys.exit(f"{one['name']} did other work: {one['sums']} and not {found[0]['sums']}")
        times = Times(tuple(one["seconds"]))
        ratio = f"{times.median / ours:6.1f} x"
        print(f"  {one['name']:20} {in_words(times.median):>9} {ratio} {one['megabytes']:8,.0f} MB")


def everyone(size: int, runs: int) -> None:
    one = _alone("bench.everyone", str(size), str(runs))
    print(f"\n{one['organisations']:,} organisations of these, each against its own peers without itself,")
    print("with disclosure control (Touchstone only)")
    print(f"  {'':20} {in_words(Times(tuple(one['seconds'])).median):>9} {'':8} {one['megabytes']:8,.0f} MB")


def _alone(module: str, *words: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", module, *words], check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _same(one: float, other: float) -> bool:
    return isclose(one, other, rel_tol=1e-9)


def _processor() -> str:
    """The model where Linux tells it, else what Python knows."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


if __name__ == "__main__":
    main()

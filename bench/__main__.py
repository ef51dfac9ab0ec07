"""Prints how fast Touchstone is, beside other libraries that do the same work in the same run.

usage: python -m bench [report|population|curve|register] [--size N] [--runs N]
"""

import argparse
import os
import platform
import sys
from math import isclose, log2
from pathlib import Path
from typing import Any

from bench.contest import CONTESTANTS, population
from bench.measuring import Times, alone, free_gigabytes, in_words
from bench.register import ROUNDS, register
from bench.register import SIZE as ORGANISATIONS
from bench.report import SAMPLE, cold, other_typesetter, portfolio, warm
from bench.work import disagreements

# Every figure and position is held against the others' at this size before anything is timed.
CHECKED = 3000
LARGE, SMALL = 1_000_000, 100_000
# What the libraries need among them at the large size, the hungriest of them at a time.
LARGE_NEEDS = 20
REPORTS = 25  # in a running process
WHOLE = 1_292  # assessments that the public register counted
CURVE = (1_000, 10_000, 100_000, 1_000_000)


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__.partition("\n")[0])
    parser.add_argument(
        "what", nargs="?", choices=("report", "population", "curve", "register"), help="only this; else all"
    )
    parser.add_argument(
        "--size",
        type=int,
        help="assessments (1000000 where there is the memory; of report 120) or organisations (100000)",
    )
    parser.add_argument("--runs", type=int, default=1, help="runs of which the median counts (1)")
    asked = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, {_processor()}")
    if asked.what != "register":
        assessments(asked)
    if asked.what in {None, "register"}:
        register((asked.size if asked.what else None) or ORGANISATIONS, max(asked.runs, ROUNDS))


def assessments(asked: argparse.Namespace) -> None:
    """Print what assessments take, or the one part of it that was asked for."""
    size = asked.size or _affordable()
    if asked.what in {None, "report"}:
        report(max(asked.runs, 3), (asked.size if asked.what else None) or SAMPLE)
    if asked.what in {None, "population"}:
        agreement()
        contest(size, asked.runs)
    if asked.what in {None, "curve"}:
        curve([one for one in CURVE if one <= size], asked.runs)


def report(runs: int, size: int) -> None:
    print("\nOne report, 1,292 synthetic assessments; a new organisation each time")
    print(f"  {'the command, in a new process':44} {cold(runs)}")
    print(f"  {'':44} {'clock':>9} {'processor':>9}")
    parts = warm(REPORTS)
    for name, taken in {"all forms, in a running process": parts.pop("all"), **parts}.items():
        print(f"  {name if name not in parts else f'  {name}':44} {_two(taken)}", flush=True)
    other = other_typesetter(runs)["WeasyPrint"]
    ratio = other[1] / parts["report.pdf"][1]
    print(
        f"  {'WeasyPrint, the same HTML to PDF/UA-1':44} {_two(other)}   {ratio:.1f} x report.pdf", flush=True
    )
    whole_portfolio(size)


def whole_portfolio(size: int) -> None:
    """Print how fast `compare-all` is, and what the whole population that ships would take."""
    print(f"\ncompare-all over {size:,} synthetic assessments, two processes")
    done = portfolio(size)
    rate = done["made"] / done["seconds"]
    print(f"  {done['made']:,} organisations in {in_words(done['seconds'])}: {rate:.1f} reports a second")
    print(f"  a process at work held at most {done['megabytes']:,.0f} MB; {done['workers']} took turns")
    if size < WHOLE:
        minutes = done["seconds"] * WHOLE / size / 60
        print(f"  at this rate the organisations of {WHOLE:,} take {minutes:.1f} min")


def _two(taken: tuple[float, float]) -> str:
    return " ".join(f"{in_words(one):>9}" for one in taken)


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
    """Print the same work by all, then what only Touchstone does, and a bare sort beside them."""
    print(f"\n{size:,} assessments, all measures, four groupings: figures of each group, all positions")
    ours: dict[str, Any] = {}
    for name in CONTESTANTS:  # ours comes first
        one = alone("bench.contest", name, str(size), str(runs))
        ours = ours or one
        if not all(map(_same, one["sums"], ours["sums"])):
            sys.exit(f"{one['name']} did other work: {one['sums']} and not {ours['sums']}")
        _print(one["name"], one, ours)
    sorts = alone("bench.sorting", str(size), str(runs))
    for name, seconds in sorts.items():
        _print(f"a bare numpy.{name}", {"seconds": seconds}, ours)
    all_of_them = alone("bench.everyone", str(size), str(runs))
    print(f"\n{all_of_them['organisations']:,} organisations, each against its own peers without itself,")
    print("with disclosure control (Touchstone only; beside the time above)")
    _print("Touchstone", all_of_them, ours)
    print(f"  memory: {all_of_them['megabytes'] / all_of_them['data']:.1f} times the data, all included")


def curve(sizes: list[int], runs: int) -> None:
    """Print how the work for everyone grows; level figures in the last column mean n log n."""
    print("\nEveryone against their own peers, by size")
    first = 0.0
    for size in sizes:
        one = alone("bench.everyone", str(size), str(runs))
        taken = Times(tuple(one["seconds"])).median
        unit = taken / (size * log2(size))
        first = first or unit
        memory = one["megabytes"] / one["data"]
        print(
            f"  {size:>11,} {in_words(taken):>10} {memory:6.1f} x the data"
            f" {unit / first:6.2f} x n log n of the first"
        )


def _print(name: str, one: dict[str, Any], ours: dict[str, Any]) -> None:
    taken = Times(tuple(one["seconds"])).median
    ratio = taken / Times(tuple(ours["seconds"])).median
    memory = f"{one['megabytes']:8,.0f} MB" if "megabytes" in one else ""
    print(f"  {name:24} {in_words(taken):>9} {ratio:6.2f} x {memory}", flush=True)


def _affordable() -> int:
    size = LARGE if free_gigabytes() >= LARGE_NEEDS else SMALL
    if size == SMALL:
        print(f"Less than {LARGE_NEEDS} GB of memory are free: {SMALL:,} assessments and not {LARGE:,}.")
    return size


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

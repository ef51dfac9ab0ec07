"""Seconds and megabytes."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from ctypes import CDLL
from dataclasses import dataclass
from gc import collect
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

KILOBYTES = 1024  # in a megabyte
PEAK_SWITCH = Path("/proc/self/clear_refs")
MEMORY = Path("/proc/self/status")
FREE = Path("/proc/meminfo")


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of each run."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.seconds)

    def __str__(self) -> str:
        return f"{in_words(self.median):>9}   ({', '.join(in_words(one) for one in sorted(self.seconds))})"


def timed(work: Callable[[], object], runs: int) -> Times:
    """How long some work takes, run by run; what a run makes is dropped before the next."""
    seconds = []
    for _ in range(runs):
        began = perf_counter()
        made = work()
        seconds.append(perf_counter() - began)
        del made
    return Times(tuple(seconds))


def alone(module: str, *words: str, home: Path | None = None) -> dict[str, Any]:
    # Any: a document of JSON.
    """What a module of its own process printed as JSON; with `home`, about that installation."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        check=True, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "TOUCHSTONE_HOME": str(home)} if home else None,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def in_words(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{1000 * seconds:.1f} ms"


def forget_peak() -> None:
    """Let `peak_megabytes` begin anew, where the system can (Linux); elsewhere the old peak stays.

    What was freed before goes back to the system first, so that only what is still held counts.
    """
    collect()
    if PEAK_SWITCH.exists():
        CDLL(None).malloc_trim(0)
        PEAK_SWITCH.write_text("5", encoding="ascii")


def peak_megabytes() -> float:
    """The most memory that this process has held since `forget_peak`, all that it holds included."""
    if MEMORY.exists():
        lines = MEMORY.read_text(encoding="utf-8").splitlines()
        return next(float(line.split()[1]) for line in lines if line.startswith("VmHWM")) / KILOBYTES
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES


def free_gigabytes() -> float:
    """Memory that a new process may have; none where the system does not tell."""
    if not FREE.exists():
        return 0.0
    lines = FREE.read_text(encoding="utf-8").splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("MemAvailable")) / KILOBYTES**2

"""Seconds and megabytes."""

import resource
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

KILOBYTES = 1024  # in a megabyte


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


def in_words(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{1000 * seconds:.1f} ms"


def peak_megabytes() -> float:
    """The most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES

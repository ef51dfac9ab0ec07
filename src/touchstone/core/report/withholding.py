"""How much of the comparison is held back, group by group."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from touchstone.core.benchmark.model import Comparison, Group, Shown

ORDER: Final[tuple[Shown, ...]] = ("full", "quartiles", "median", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a group shows at `most`, and how many of its figures show nothing, how many less than that.

    A group that shows nothing of any measure holds no single figure back.
    """

    group: Group
    most: Shown
    nothing: int = 0
    less: int = 0


def held_back(comparison: Comparison) -> tuple[Held, ...]:
    """What each group shows and holds back, in the order of the groups."""
    return tuple(_held(group, comparison) for group in comparison.groups)


def _held(group: Group, comparison: Comparison) -> Held:
    found = [figures[group.id].shown for figures in comparison.figures.values() if group.id in figures]
    counted = Counter(found)
    most: Shown = next((shown for shown in ORDER if counted[shown]), "none")
    if most == "none":
        return Held(group=group, most="none")
    nothing = counted["none"]
    return Held(group=group, most=most, nothing=nothing, less=len(found) - nothing - counted[most])

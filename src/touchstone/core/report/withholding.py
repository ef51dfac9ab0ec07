"""How much of the comparison is held back, group by group."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from touchstone.core.benchmark.model import Comparison, Group, Shown

ORDER: Final[tuple[Shown, ...]] = ("none", "median", "quartiles", "full")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a group that shows something keeps back: figures with nothing, figures with less than the most.

    `most` is what its best figures show.
    """

    group: Group
    most: Shown
    nothing: int
    less: int


def most_shown(group: Group, comparison: Comparison) -> Shown:
    """The most that any figure of a group shows."""
    shown = {figures[group.id].shown for figures in comparison.figures.values() if group.id in figures}
    return max(shown, key=ORDER.index, default="none")


def held_back(comparison: Comparison) -> Iterator[Held]:
    """Group by group, where a group shows something but not the same of all measures."""
    for group in comparison.groups:
        most = most_shown(group, comparison)
        shown = [figures[group.id].shown for figures in comparison.figures.values() if group.id in figures]
        nothing = shown.count("none")
        less = len(shown) - nothing - shown.count(most)
        if most != "none" and nothing + less:
            yield Held(group=group, most=most, nothing=nothing, less=less)

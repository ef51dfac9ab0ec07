"""The shares of a composition, so that own ones and those of a group can stand side by side."""

from collections.abc import Sequence

from touchstone.core.benchmark.model import Figure


def total(parts: Sequence[float | None]) -> float | None:
    """The sum of all parts; None where one is missing or negative, or all are zero."""
    known = [part for part in parts if part is not None and part >= 0]
    added = sum(known)
    return added if len(known) == len(parts) and added > 0 else None


def shares(parts: Sequence[float | None]) -> tuple[float, ...] | None:
    """The parts in per cent of their sum; None where they have none, see `total`."""
    added = total(parts)
    return None if added is None else tuple(100 * part / added for part in parts if part is not None)


def centre(figures: Sequence[Figure]) -> tuple[float, ...] | None:
    """The medians of a group's parts in per cent of their sum; None where one may not be shown.

    The medians may be shown, so what follows from them alone tells nothing more.
    """
    return shares([figure.median for figure in figures])

"""How the number of participants grew, as the participant list or the interview tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

# Years ago → the measure that holds the number of that day; see `assessment.participants`.
NUMBERS: Final[Mapping[int, str]] = {2: "A6.two_years_ago", 1: "A6.one_year_ago", 0: "A6.total"}
JOINED: Final = "A6.joined"
LEFT: Final = "A6.left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """Years ago → committed participants then, the oldest first; who joined and left in the last year.

    `joined` and `left` are None where nobody says.
    """

    numbers: Mapping[int, float]
    joined: float | None
    left: float | None


def growth(own: Mapping[str, float]) -> Growth | None:
    """The growth that own values tell; None where fewer than two days are known."""
    numbers = {years: own[id] for years, id in NUMBERS.items() if id in own}
    if len(numbers) < 2:
        return None
    return Growth(numbers=numbers, joined=own.get(JOINED), left=own.get(LEFT))

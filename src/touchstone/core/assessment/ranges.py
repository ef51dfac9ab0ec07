"""Which values a measure can hold: of its kind, and narrower where the pack says so."""

from collections.abc import Mapping

from touchstone.core.scheme.model import Kind, Measure

# No figure of a cluster organisation comes near; what is larger is a slip of the keyboard or an attack.
LARGEST = 1e12

_BY_KIND: Mapping[Kind, tuple[float, float]] = {
    Kind.COUNT: (0, LARGEST),
    Kind.NUMBER: (-LARGEST, LARGEST),
    Kind.SHARE: (0, 100),
    Kind.SCALE: (0, LARGEST),
    Kind.YEAR: (1800, 2200),
    Kind.MONEY: (0, LARGEST),
}
_WHOLE = (Kind.COUNT, Kind.SCALE, Kind.YEAR)


def whole(measure: Measure) -> bool:
    """Whether only whole numbers are allowed; arithmetic may give a derived measure others."""
    return measure.kind in _WHOLE and measure.derived is None


def range_of(measure: Measure) -> tuple[float, float]:
    """The lowest and the highest number that a numeric measure can hold.

    What is derived has no such range: a growth is above 100 % and a share of the leaving can be.
    """
    if measure.derived is not None:
        return -LARGEST, LARGEST
    low, high = _BY_KIND[measure.kind]
    return (
        low if measure.minimum is None else measure.minimum,
        high if measure.maximum is None else measure.maximum,
    )


def range_in_words(measure: Measure) -> str:
    """The range of a numeric measure in words: "from 0 to 100", "from 0", "up to 9", or nothing."""
    low, high = range_of(measure)
    if low <= -LARGEST:
        return f"up to {high:.12g}" if high < LARGEST else ""
    return f"from {low:.12g} to {high:.12g}" if high < LARGEST else f"from {low:.12g}"

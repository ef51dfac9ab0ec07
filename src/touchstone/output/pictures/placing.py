"""Where labels go, so that none leaves the picture and none runs into another. Lengths are points."""

from collections.abc import Sequence

from touchstone.output.pictures.widths import width


def placed_at(x: float, text: str, size: float, within: float, *, bold: bool = False) -> float:
    """Where a text starts that has its middle at `x`, or as near to it as the picture lets it."""
    wide = width(text, size, bold=bold)
    return min(max(x - wide / 2, 0.0), max(within - wide, 0.0))


def every(starts: Sequence[float], lengths: Sequence[float], gap: float) -> int:
    """The least step so that each so-manieth label, from the first, keeps a gap to the next; at least 1."""
    ends = [start + length + gap for start, length in zip(starts, lengths, strict=True)]
    for step in range(1, len(starts)):
        if all(end <= start for end, start in zip(ends[::step], starts[step::step], strict=False)):
            return step
    return max(len(starts), 1)


def apart(
    wished: Sequence[float], lengths: Sequence[float], *, gap: float, low: float, high: float
) -> list[float] | None:
    """Where things in a row start, each as near as can be to where it is wished, none over another.

    Minimises the squares of all shifts by pooling what would overlap (isotonic regression). None where all
    together are longer than from `low` to `high`.
    """
    before, offsets = 0.0, []
    for length in lengths:
        offsets.append(before)
        before += length + gap
    last = high - (before - gap)
    if last < low - 1e-9:
        return None
    pools: list[tuple[float, int]] = []
    for place, offset in zip(wished, offsets, strict=True):
        total, count = place - offset, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            more, others = pools.pop()
            total, count = total + more, count + others
        pools.append((total, count))
    free = [min(max(total / count, low), max(last, low)) for total, count in pools for _ in range(count)]
    return [place + offset for place, offset in zip(free, offsets, strict=True)]

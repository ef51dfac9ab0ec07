"""The one measure that speaks for an indicator."""

from touchstone.core.scheme.model import Direction, Indicator, Kind, Measure, Scheme

DIRECTED = (Direction.HIGHER, Direction.LOWER)


def headline(indicator: Indicator, scheme: Scheme) -> Measure | None:
    """The number that stands for the indicator; None where words or the parts of a whole say more.

    First what quality indicators rest on, scales last because their steps say more than a box; then
    a derived measure with a direction, any with a direction, and the first one. A part of a whole says
    little alone: it comes in only where it is judged, or where there is nothing else.
    """
    numeric = [measure for measure in indicator.measures if measure.kind.numeric]
    judged = {id for quality in indicator.quality for id in scheme.quality[quality].measures}
    alone = [measure for measure in numeric if measure.id in judged or not is_part(measure, scheme)]
    if not alone and any(measure.kind is Kind.CHOICE for measure in indicator.measures):
        return None

    def weight(measure: Measure) -> tuple[bool, ...]:
        rests, directed = measure.id in judged, measure.direction in DIRECTED
        return (
            rests and measure.kind is not Kind.SCALE,
            not rests and directed and measure.derived is not None,
            rests,
            directed,
        )

    return max(alone or numeric, key=weight, default=None)


def is_part(measure: Measure, scheme: Scheme) -> bool:
    """Whether a measure is a part of a composition."""
    return any(measure.id in one.parts for one in scheme.compositions.values())

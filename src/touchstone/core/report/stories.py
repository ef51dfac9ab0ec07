"""Success stories: texts of the interview that the organisation itself rates."""

from collections.abc import Iterator
from itertools import pairwise

from touchstone.core.scheme.model import Indicator, Kind, Measure


def rated_texts(indicator: Indicator) -> Iterator[tuple[Measure, Measure]]:
    """The text measures of an indicator with their ratings: a rating is the scale right after its text."""
    for text, rating in pairwise(indicator.measures):
        if text.kind is Kind.TEXT and rating.kind is Kind.SCALE:
            yield text, rating

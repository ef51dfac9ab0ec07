"""Success stories: what the organisation tells in its own words, with its own rating."""

from touchstone.core.report.stories import rated_texts
from touchstone.core.scheme.model import Measure
from touchstone.output.content.edition import Edition
from touchstone.output.content.model import Story
from touchstone.output.printable import plain


def stories(edition: Edition) -> tuple[Story, ...]:
    """The stories told, in the order of the pack."""
    pairs = [pair for indicator in edition.scheme.indicators.values() for pair in rated_texts(indicator)]
    values = edition.report.values
    return tuple(
        Story(
            title=plain(text.label),
            text=plain(str(values[text.id])),
            rating=_rating(rating, edition),
        )
        for text, rating in pairs
        if str(values.get(text.id, "")).strip()
    )


def _rating(measure: Measure, edition: Edition) -> str:
    value = edition.report.values.get(measure.id)
    if value is None:
        return ""
    return edition.words.say("stories.rating", rating=edition.in_words(value, measure))

"""What stands in front of an indicator, in large type."""

from touchstone.core.language.language import DASH
from touchstone.core.scheme.model import Indicator, Kind, Measure
from touchstone.output.content.edition import Edition, labelled
from touchstone.output.content.model import Fact
from touchstone.output.printable import plain


def front(indicator: Indicator, edition: Edition) -> Fact:
    """The value of the headline and what it is; without one a choice, or how much was agreed to.

    A dash where there is no answer.
    """
    first = edition.headlines[indicator.id]
    if first is not None:
        return Fact(label=_label(first, edition), value=_value(first, edition))
    choice = next((one for one in indicator.measures if one.kind is Kind.CHOICE), None)
    if choice is not None:
        own = edition.report.values.get(choice.id)
        return Fact(label=plain(choice.label), value=DASH if own is None else edition.in_words(own, choice))
    return _agreed(indicator, edition)


def _label(measure: Measure, edition: Edition) -> str:
    """The label with the unit; with the wording of the own step where it is a scale."""
    own = edition.own(measure.id)
    step = None if own is None or measure.kind is not Kind.SCALE else f"{own:g}"
    option = next((one.label for one in measure.options if one.id == step), "")
    if not option:
        return labelled(measure, edition.words)
    return edition.words.say("indicator.measure_scale", label=plain(measure.label), option=plain(option))


def _value(measure: Measure, edition: Edition) -> str:
    own = edition.own(measure.id)
    if own is None:
        return DASH
    # A step of a scale needs its last one to be read, an amount its currency; the label says other units.
    told = measure.kind in {Kind.SCALE, Kind.MONEY}
    return edition.told(own, measure) if told else edition.written(own, measure)


def _agreed(indicator: Indicator, edition: Edition) -> Fact:
    """How many questions were answered with yes; nothing for an indicator of texts alone."""
    asked = [one.id for one in indicator.measures if one.kind is Kind.YES_NO]
    answers = [edition.report.values[id] for id in asked if id in edition.report.values]
    if not answers:
        return Fact(label="", value=DASH)
    step = edition.words.say("indicator.own_scale", step=answers.count(True), most=len(asked))
    return Fact(label=edition.words.say("indicator.agreed"), value=step)

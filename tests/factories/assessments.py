"""Small hand-made schemes and answers: just enough of a pack for one thought."""

from collections.abc import Sequence
from datetime import date

from touchstone.core.assessment.model import Answer, AnswerState, Assessment, Organisation, Value
from touchstone.core.scheme.model import (
    Certainty,
    Derivation,
    Direction,
    Indicator,
    Kind,
    Light,
    Measure,
    Named,
    Option,
    Origin,
    Plausibility,
    Portfolio,
    RuleSet,
    Scheme,
    Validity,
)

DEFAULT = Origin(certainty=Certainty.DEFAULT)
INTERVIEW = date(2026, 10, 12)


def measure(
    id: str,
    kind: Kind = Kind.NUMBER,
    *,
    minimum: float | None = None,
    maximum: float | None = None,
    options: Sequence[str] = (),
    derived: Derivation | None = None,
    from_participants: bool = False,
    unit: str = "",
) -> Measure:
    """A measure of the indicator before the dot; `options` are ids, labelled in capitals."""
    return Measure(
        id=id,
        indicator=id.partition(".")[0],
        label=f"Label of {id}",
        kind=kind,
        origin=DEFAULT,
        unit=unit,
        minimum=minimum,
        maximum=maximum,
        options=tuple(Option(id=option, label=option.upper()) for option in options),
        derived=derived,
        from_participants=from_participants,
    )


def derived(
    id: str, operation: str, *of: str, bound: float | None = None, kind: Kind = Kind.NUMBER
) -> Measure:
    """A measure that follows from others."""
    return measure(id, kind, derived=Derivation(operation=operation, of=of, bound=bound))  # type: ignore[arg-type]


def scale(id: str, top: int = 4) -> Measure:
    """A scale from 0 to `top`."""
    return measure(id, Kind.SCALE, minimum=0, maximum=top, options=[str(step) for step in range(top + 1)])


def rules(id: str = "2026", levels: Sequence[str] = ("bronze", "silver", "gold")) -> RuleSet:
    return RuleSet(
        id=id,
        name=f"Rules of {id}",
        in_force_from=date(2019, 11, 15),
        changed="",
        levels=tuple(levels),
        decided_by="the secretariat",
        validity=Validity(
            end="month", first_months=24, renewal_months=36, renewal_from="previous_end", grace_months=12
        ),
        eligibility=(),
        pass_share=80.0,
        pass_light=Light.YELLOW,
        origin=DEFAULT,
    )


def scheme_of(*measures: Measure, plausibility: Sequence[Plausibility] = ()) -> Scheme:
    """A scheme with these measures, their indicators and areas, and three portfolios."""
    indicators = {m.indicator: _indicator(m.indicator, measures) for m in measures}
    return Scheme(
        id="small",
        name="Small scheme",
        notice="Made for a test.",
        digest="0" * 64,
        areas={i.area: Named(id=i.area, name=f"Area {i.area}") for i in indicators.values()},
        dimensions={},
        indicators=indicators,
        quality={},
        advice={},
        criteria={},
        portfolios={
            "ict": Portfolio(id="ict", name="ICT", related=()),
            "health": Portfolio(id="health", name="Health and medical science", related=()),
            "food": Portfolio(id="food", name="Food industry", related=()),
        },
        rule_sets={"2026": rules()},
        plausibility=tuple(plausibility),
        disclosure=None,
        sources={},
        measures={m.id: m for m in measures},
    )


def _indicator(id: str, measures: Sequence[Measure]) -> Indicator:
    return Indicator(
        id=id,
        area=id[0],
        name=f"Indicator {id}",
        question=f"What is {id}?",
        definition=f"What {id} means.",
        counting="Count each once.",
        example="Three of four are 75 %.",
        mistakes="Counting twice.",
        why="It matters.",
        evidence="A list.",
        direction=Direction.DESCRIPTIVE,
        origin=DEFAULT,
        measures=tuple(m for m in measures if m.indicator == id),
    )


def organisation(id: str = "lt-amber", *, name: str = "Amber Coast", country: str = "LT") -> Organisation:
    return Organisation(id=id, name=name, country=country, portfolio="ict")


def answered(value: Value) -> Answer:
    return Answer(state=AnswerState.ANSWERED, declared=value)


def assessment_of(interviewed_on: date = INTERVIEW, **answers: Value) -> Assessment:
    """An assessment of plain answers; `A6_total` stands for A6.total."""
    return Assessment(
        scheme="small",
        organisation=organisation(),
        interviewed_on=interviewed_on,
        answers={id.replace("_", ".", 1): answered(value) for id, value in answers.items()},
    )

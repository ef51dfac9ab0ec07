"""A scheme small enough to reckon with by hand."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from touchstone.core.scheme.model import (
    Advice,
    Certainty,
    Condition,
    Criterion,
    Derivation,
    Direction,
    Disclosure,
    Indicator,
    Kind,
    Level,
    Light,
    Measure,
    Named,
    Option,
    Origin,
    Portfolio,
    QualityIndicator,
    RuleSet,
    Scheme,
    Source,
    Validity,
)

DEFAULT = Origin(certainty=Certainty.DEFAULT)
PUBLISHED = Origin(certainty=Certainty.PUBLISHED, sources=("slides",))


def measure(id: str, label: str, kind: Kind, **more: Any) -> Measure:
    return Measure(
        id=id, indicator=id.split(".", maxsplit=1)[0], label=label, kind=kind, origin=DEFAULT, **more
    )


MEMBERS = measure(
    "A1.members", "Members", Kind.COUNT, unit="members", direction=Direction.HIGHER, from_participants=True
)
FOUNDED = measure("A1.founded", "Founded", Kind.YEAR, minimum=1900)
AGE = measure(
    "A1.age",
    "Age",
    Kind.NUMBER,
    unit="years",
    derived=Derivation(operation="years_since", of=("A1.founded",)),
)
STAFF = measure("B1.staff", "Staff", Kind.NUMBER, unit="FTE", direction=Direction.HIGHER)
LOAD = measure(
    "B1.load",
    "Members per FTE",
    Kind.NUMBER,
    direction=Direction.LOWER,
    derived=Derivation(operation="ratio", of=("A1.members", "B1.staff")),
)
DEPUTY = measure("B1.deputy", "Deputy", Kind.YES_NO)
FORM = measure(
    "B1.form",
    "Legal form",
    Kind.CHOICE,
    options=(Option(id="association", label="Association"), Option(id="company", label="Company")),
)
PLAN = measure(
    "B2.plan",
    "Plan",
    Kind.SCALE,
    minimum=0,
    maximum=2,
    direction=Direction.HIGHER,
    options=(Option(id="0", label="none"), Option(id="1", label="a list"), Option(id="2", label="complete")),
)
PUBLIC = measure("B2.public", "Public share", Kind.SHARE, unit="%", direction=Direction.RANGE)
BUDGET = measure("B2.budget", "Budget", Kind.MONEY, unit="EUR")
STORY = measure("B2.story", "Story", Kind.TEXT)
MEASURES = (MEMBERS, FOUNDED, AGE, STAFF, LOAD, DEPUTY, FORM, PLAN, PUBLIC, BUDGET, STORY)


def condition(measure: str, test: Any, bound: Any) -> Condition:
    return Condition(measure=measure, test=test, bound=bound)


def level(light: Light, points: int, *when: Condition, misses_gate: bool = False) -> Level:
    return Level(
        light=light, points=points, text=f"{light.value} at {points}", when=when, misses_gate=misses_gate
    )


def quality(id: str, *levels: Level, gate: bool = False, strategy_first: bool = False) -> QualityIndicator:
    return QualityIndicator(
        id=id,
        dimension=id.split(".", maxsplit=1)[0],
        name=f"Quality {id}",
        judged="what is judged",
        evidence="what proves it",
        levels=levels,
        gate=gate,
        silver=True,
        origin=DEFAULT,
        strategy_first=strategy_first,
    )


SIZE = quality(
    "1.1",
    level(Light.GREEN, 5, condition("A1.members", "at_least", 40)),
    level(Light.YELLOW, 3, condition("A1.members", "at_least", 25)),
    level(Light.RED, 1, condition("A1.members", "at_least", 15)),
    level(Light.RED, 0, misses_gate=True),
    gate=True,
)
CAPACITY = quality(
    "1.2",
    level(
        Light.GREEN,
        5,
        condition("B1.load", "at_most", 40),
        condition("B1.staff", "at_least", 1.5),
        condition("B1.deputy", "equals", True),
    ),
    level(Light.YELLOW, 3, condition("B1.load", "at_most", 80), condition("B1.staff", "at_least", 0.5)),
    level(Light.RED, 1, condition("B1.staff", "at_least", 0.5)),
    level(Light.RED, 0),
)
PLANNING = quality(
    "2.1",
    level(Light.GREEN, 5, condition("B2.plan", "at_least", 2)),
    level(Light.YELLOW, 3, condition("B2.plan", "at_least", 1)),
    level(Light.RED, 0),
    strategy_first=True,
)


def small_scheme(**changes: Any) -> Scheme:
    """Two areas, four indicators, three quality indicators, one rule set."""
    indicators = {
        "A1": _indicator("A1", (MEMBERS, FOUNDED, AGE), quality=("1.1",)),
        "B1": _indicator("B1", (STAFF, LOAD, DEPUTY, FORM), quality=("1.2",)),
        "B2": _indicator("B2", (PLAN, PUBLIC, BUDGET, STORY), quality=("2.1",)),
    }
    scheme = Scheme(
        id="small",
        name="Small scheme",
        notice="Modelled on nothing.",
        digest="0" * 64,
        areas={"A": Named(id="A", name="Structure"), "B": Named(id="B", name="Management")},
        dimensions={"1": Named(id="1", name="Structure"), "2": Named(id="2", name="Strategy")},
        indicators=indicators,
        quality={one.id: one for one in (SIZE, CAPACITY, PLANNING)},
        advice=_advice(),
        criteria=_criteria(),
        portfolios={
            "ict": Portfolio(id="ict", name="ICT", related=("creative",)),
            "creative": Portfolio(id="creative", name="Creative industries", related=("ict",)),
        },
        rule_sets={"2020": small_rules()},
        plausibility=(),
        disclosure=Disclosure(median_from=5, quartiles_from=10, full_from=20, difference=3, oldest_years=5),
        sources={"slides": Source(id="slides", title="Slides of 2012", url="https://example.org/slides")},
        measures={one.id: one for one in MEASURES},
    )
    return replace(scheme, **changes)


def small_rules(**changes: Any) -> RuleSet:
    validity = Validity(
        end="month", first_months=24, renewal_months=36, renewal_from="previous_end", grace_months=12
    )
    rules = RuleSet(
        id="2020",
        name="Rules of 2020",
        in_force_from=date(2020, 1, 1),
        changed="first rules",
        levels=("bronze", "silver", "gold"),
        decided_by="the committee",
        validity=validity,
        eligibility=("set-up", "size"),
        pass_share=80.0,
        pass_light=Light.YELLOW,
        origin=DEFAULT,
    )
    return replace(rules, **changes)


def _indicator(id: str, measures: tuple[Measure, ...], *, quality: tuple[str, ...]) -> Indicator:
    return Indicator(
        id=id,
        area=id[0],
        name=f"Indicator {id}",
        question=f"What is {id}?",
        definition=f"What {id} is.",
        counting=f"How {id} is counted.",
        example=f"{id} is 3.",
        mistakes=f"Counting {id} twice.",
        why=f"Why {id} matters.",
        evidence="documents",
        direction=Direction.HIGHER,
        origin=PUBLISHED,
        measures=measures,
        quality=quality,
    )


def _advice() -> Mapping[tuple[str, Light], Advice]:
    texts = (
        ("1.1", Light.RED, "Win members."),
        ("1.1", Light.YELLOW, "Win a few more members."),
        ("1.2", Light.RED, "Hire."),
        ("2.1", Light.RED, "Write a plan."),
        ("2.1", Light.YELLOW, "Complete the plan."),
    )
    return {(id, light): Advice(quality=id, light=light, text=text) for id, light, text in texts}


def _criteria() -> Mapping[str, Criterion]:
    size = (condition("A1.members", "at_least", 15), condition("B1.staff", "at_least", 0.5))
    return {
        "set-up": Criterion(id="set-up", text="Is set up.", when=(), origin=DEFAULT),
        "size": Criterion(id="size", text="Is large enough.", when=size, origin=DEFAULT),
    }

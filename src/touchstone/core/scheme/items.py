"""Makes the items of a scheme of the tables of its files, each by its own keys and no others."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, Literal, TypeVar, get_args

from touchstone.core.language.language import BAR, ENGLISH, NOUN_FORMS, PLURALS
from touchstone.core.scheme.model import (
    UNKNOWN_PROCESS,
    Advice,
    Certainty,
    Classing,
    Composition,
    Condition,
    Criterion,
    Derivation,
    Direction,
    Disclosure,
    Effort,
    Extent,
    Indicator,
    Kind,
    Level,
    Light,
    Measure,
    Meeting,
    Named,
    Operation,
    Option,
    Origin,
    Plausibility,
    PlausibilityKind,
    Portfolio,
    Process,
    QualityIndicator,
    RuleSet,
    Source,
    Step,
    Test,
    Topic,
    Validity,
)
from touchstone.core.scheme.naming import suggestion
from touchstone.core.scheme.tables import Table

Scales = Mapping[str, tuple[str, ...]] | None  # None where the file that has them could not be read
T = TypeVar("T")

GOLD: Final = "gold"
OPERATIONS: tuple[Operation, ...] = get_args(Operation)
TESTS: tuple[Test, ...] = get_args(Test)
PLAUSIBILITY_KINDS: tuple[PlausibilityKind, ...] = get_args(PlausibilityKind)
SEVERITIES: tuple[Literal["error", "warning", "hint"], ...] = ("error", "warning", "hint")
PERIOD_ENDS: tuple[Literal["day", "month"], ...] = ("day", "month")
MEETINGS: tuple[Meeting, ...] = get_args(Meeting)
TOPICS: tuple[Topic, ...] = get_args(Topic)
RENEWAL_STARTS: tuple[Literal["interview", "previous_end"], ...] = ("interview", "previous_end")
SILVER = {"yes": True, "no": False, "unknown": None}
# Fewer peers than this tell about one another whatever is shown: such a setting counts as none.
FEWEST_PEERS = 3

# Stands where a rule set says nothing readable about validity; such a pack is not loaded.
NO_VALIDITY = Validity(end="day", first_months=0, renewal_months=0, renewal_from="interview", grace_months=0)


def named(labels: Mapping[str, str]) -> dict[str, Named]:
    return {id: Named(id=id, name=name) for id, name in labels.items()}


def scales(table: Table) -> Scales:
    scales = {id: table.texts(id) for id in table.keys}
    for id, steps in scales.items():
        if len(steps) < 2:
            table.note(id, "A scale has at least two worded steps.", "Word each step, the least first.")
    return scales


def extent(table: Table) -> Extent:
    return Extent(
        indicators=table.whole("indicators"),
        quality_indicators=table.whole("quality_indicators"),
        points=table.whole("points"),
    )


def source(table: Table) -> Source:
    return Source(id=table.text("id"), title=table.text("title"), url=table.text("url", ""))


def origin_of(table: Table, inherited: Origin | None = None) -> Origin:
    return Origin(
        certainty=table.word("certainty", tuple(Certainty), inherited.certainty.value if inherited else None),
        sources=table.texts("sources", inherited.sources if inherited else ()),
    )


def portfolio(table: Table) -> Portfolio:
    return Portfolio(
        id=table.text("id"), name=table.text("name"), related=table.texts("related"), origin=origin_of(table)
    )


def classing(table: Table) -> Classing:
    return Classing(
        id=table.text("id"),
        name=table.text("name"),
        measure=table.text("measure"),
        steps=table.each("step", _class),
        origin=origin_of(table),
    )


def _class(table: Table) -> Step:
    return Step(id=table.text("id"), name=table.text("name"), start=table.number("start"))


def composition(table: Table) -> Composition:
    return Composition(
        id=table.text("id"), name=table.text("name"), parts=table.texts("parts"), origin=origin_of(table)
    )


def disclosure(table: Table) -> Disclosure:
    sizes = Disclosure(
        median_from=table.whole("median_from"),
        quartiles_from=table.whole("quartiles_from"),
        full_from=table.whole("full_from"),
        difference=table.whole("difference"),
        oldest_years=table.whole("oldest_years"),
        dominance=table.number("dominance"),
        origin=origin_of(table),
    )
    if not FEWEST_PEERS <= sizes.median_from <= sizes.quartiles_from <= sizes.full_from:
        table.note(
            "median_from",
            "The group sizes do not rise from median_from over quartiles_from to full_from.",
            f"Set three rising sizes, the first at least {FEWEST_PEERS}; until then nothing is shown.",
        )
    if not 0 < sizes.dominance <= 100:
        table.note("dominance", "It is no share above 0.", "Set it in per cent; until then nothing is shown.")
    for key, size in (("difference", sizes.difference), ("oldest_years", sizes.oldest_years)):
        if size < 1:
            table.note(key, f"{size} is too small.", "Set 1 or more; until then nothing is shown.")
    return sizes


def indicator(table: Table, *, scales: Scales, language: str) -> Indicator:
    """An indicator whose texts are in a language (ISO 639-1), which says how its units bend."""
    id = table.text("id")
    origin = origin_of(table)
    return Indicator(
        id=id,
        area=table.text("area"),
        name=table.text("name"),
        question=table.text("question"),
        definition=table.text("definition"),
        counting=table.text("counting"),
        example=table.text("example"),
        mistakes=table.text("mistakes"),
        why=table.text("why"),
        evidence=table.text("evidence"),
        direction=table.word("direction", tuple(Direction)),
        origin=origin,
        measures=table.each(
            "measure", partial(_measure, indicator=id, scales=scales, inherited=origin, language=language)
        ),
        quality=table.texts("quality", ()),
        supplementary=table.yes_no("supplementary", default=False),
    )


def _measure(table: Table, *, indicator: str, scales: Scales, inherited: Origin, language: str) -> Measure:
    kind = table.word("kind", tuple(Kind))
    low, high, options = _range(table, kind, scales)
    unit, forms = _unit(table, language)
    return Measure(
        id=table.text("id"),
        indicator=indicator,
        label=table.text("label"),
        kind=kind,
        origin=origin_of(table, inherited),
        unit=unit,
        forms=forms,
        help=table.text("help", ""),
        direction=table.word("direction", tuple(Direction)),
        minimum=low,
        maximum=high,
        options=options,
        derived=table.inner("derived", _derivation) if table.has("derived") else None,
        from_participants=table.yes_no("from_participants", default=False),
    )


def _unit(table: Table, language: str) -> tuple[str, tuple[str, ...]]:
    """The unit by itself, which is the form that goes with five, and its forms beside numbers if it has any.

    A text that has not the forms of the language, such as one not translated, is told in its last one.
    """
    forms = tuple(table.text("unit", "").split(BAR))
    wanted = NOUN_FORMS.get(language, ())
    if len(forms) > 1 and len(forms) == len(wanted):
        return forms[wanted.index(PLURALS[language](5))], forms
    if len(forms) > 1 and language == ENGLISH:
        problem = f"It has {len(forms)} forms."
        table.note("unit", problem, f'Write the singular and the plural, as "year{BAR}years".')
    return forms[-1], ()


def _range(table: Table, kind: Kind, scales: Scales) -> tuple[float | None, float | None, tuple[Option, ...]]:
    """Least and greatest value and the worded options, from what a kind of measure may say about them."""
    if kind is Kind.SCALE:
        return _steps(table, scales)
    if kind is Kind.CHOICE:
        options = table.labels("options")
        return None, None, tuple(Option(id=id, label=label) for id, label in options.items())
    if kind in (Kind.TEXT, Kind.YES_NO):
        return None, None, ()
    low, high = table.number_if_any("minimum"), table.number_if_any("maximum")
    if low is None and kind in (Kind.COUNT, Kind.SHARE, Kind.MONEY):
        low = 0
    if high is None and kind is Kind.SHARE:
        high = 100
    return low, high, ()


def _steps(table: Table, scales: Scales) -> tuple[float, float, tuple[Option, ...]]:
    """A scale's range follows from its worded steps, counted up from its least value."""
    first = table.whole("minimum") if table.has("minimum") else 0
    steps = _shared_steps(table, scales) if table.has("scale") else table.texts("steps")
    if len(steps) < 2 and table.has("steps"):
        table.note("steps", "A scale has at least two worded steps.", "Word each step, the least first.")
    options = tuple(Option(id=str(number), label=label) for number, label in enumerate(steps, start=first))
    return first, first + len(steps) - 1, options


def _shared_steps(table: Table, scales: Scales) -> tuple[str, ...]:
    name = table.text("scale")
    if scales is None:
        return ()
    if name not in scales:
        table.note("scale", f'There is no scale "{name}".', suggestion(name, scales) or "Give steps here.")
    return scales.get(name, ())


def _derivation(table: Table) -> Derivation:
    return Derivation(
        operation=table.word("operation", OPERATIONS),
        of=table.texts("of"),
        bound=table.number_if_any("bound"),
    )


def quality(table: Table) -> QualityIndicator:
    return QualityIndicator(
        id=table.text("id"),
        dimension=table.text("dimension"),
        name=table.text("name"),
        judged=table.text("judged"),
        evidence=table.text("evidence"),
        levels=table.each("level", _level),
        gate=table.yes_no("gate"),
        silver=SILVER[table.word("silver", tuple(SILVER))],
        origin=origin_of(table),
        thresholds=table.word("thresholds", tuple(Certainty)),
        strategy_first=table.yes_no("strategy_first", default=False),
    )


def _level(table: Table) -> Level:
    return Level(
        light=table.word("light", tuple(Light)),
        points=table.whole("points"),
        text=table.text("text"),
        when=table.each("when", _condition, required=False),
        misses_gate=table.yes_no("misses_gate", default=False),
    )


def _condition(table: Table) -> Condition:
    """`{ measure = "A6.total", at_least = 40 }`: the test is the key of its bound."""
    measure = table.text("measure")
    given = [test for test in TESTS if table.has(test)]
    if len(given) != 1:
        table.note("measure", "A condition has one test.", f"Give one of {', '.join(TESTS)}.")
        return Condition(measure=measure, test="equals", bound="")
    return Condition(measure=measure, test=given[0], bound=_bound(table, given[0]))


def _bound(table: Table, test: Test) -> float | bool | str | tuple[str, ...]:
    if test == "one_of":
        return table.texts(test)
    if test != "equals":
        return table.number(test)
    value = table.bare(test)
    if isinstance(value, bool | int | float | str):
        return value
    table.note(test, "This can be equal to no answer.", "Give a number, a word in quotes, true or false.")
    return ""


def advice(root: Table) -> dict[tuple[str, Light], Advice]:
    """Each [[advice]] bears the id of its quality indicator and a text for each light that asks for one.

    Without first step or effort a pack can be used all the same; `ruling` tells that they are missing.
    """
    found = root.each("advice", partial(_texts, origin=origin_of(root)))
    return {(advice.quality, advice.light): advice for texts in found for advice in texts}


def _texts(table: Table, *, origin: Origin) -> list[Advice]:
    quality, step = table.text("id"), table.text("next", "")
    effort = _given(table, "effort", lambda key: table.word(key, tuple(Effort)))
    return [
        Advice(quality=quality, light=light, text=table.text(light), next=step, effort=effort, origin=origin)
        for light in (Light.RED, Light.YELLOW)
        if table.has(light)
    ]


def criterion(table: Table) -> Criterion:
    return Criterion(
        id=table.text("id"),
        text=table.text("text"),
        when=table.each("when", _condition),
        origin=origin_of(table),
    )


def plausibility(root: Table) -> tuple[Plausibility, ...]:
    return root.each("rule", partial(_plausibility_rule, inherited=origin_of(root)))


def _plausibility_rule(table: Table, *, inherited: Origin) -> Plausibility:
    total = table.number_if_any("total")
    return Plausibility(
        id=table.text("id"),
        kind=table.word("kind", PLAUSIBILITY_KINDS),
        measures=table.texts("measures"),
        message=table.text("message"),
        severity=table.word("severity", SEVERITIES),
        limit=table.text("limit", ""),
        less=table.texts("less", ()),
        total=100.0 if total is None else total,
        tolerance=table.number_if_any("tolerance") or 0.0,
        low=table.number_if_any("low"),
        high=table.number_if_any("high"),
        origin=origin_of(table, inherited),
    )


def rule_set(table: Table) -> RuleSet:
    levels = table.texts("levels")
    asked = GOLD in levels  # without Gold nobody needs to say what it asks for
    return RuleSet(
        id=table.text("id"),
        name=table.text("name"),
        in_force_from=table.day("in_force_from"),
        changed=table.text("changed"),
        levels=levels,
        decided_by=table.text("decided_by"),
        validity=table.inner("validity", _validity) or NO_VALIDITY,
        eligibility=table.texts("eligibility"),
        pass_share=table.number("pass_share") if asked else table.number_if_any("pass_share"),
        pass_light=_light(table) if asked else _given(table, "pass_light", lambda _: _light(table)),
        origin=origin_of(table),
        process=_given(table, "process", lambda key: table.inner(key, _process)) or UNKNOWN_PROCESS,
    )


def _given(table: Table, key: str, read: Callable[[str], T | None]) -> T | None:
    """What stands under a key; None where it is not there."""
    return read(key) if table.has(key) else None


def _light(table: Table) -> Light:
    return table.word("pass_light", tuple(Light))


def _validity(table: Table) -> Validity:
    return Validity(
        end=table.word("end", PERIOD_ENDS),
        first_months=table.whole("first_months"),
        renewal_months=table.whole("renewal_months"),
        renewal_from=table.word("renewal_from", RENEWAL_STARTS),
        grace_months=table.whole("grace_months"),
    )


def _process(table: Table) -> Process:
    """What is absent is not known, which is another thing than no or none."""
    return Process(
        experts=_given(table, "experts", lambda key: table.inner(key, _numbers)) or {},
        foreign_expert=_given(table, "foreign_expert", table.yes_no),
        expert_recommends=_given(table, "expert_recommends", table.yes_no),
        interview=_given(table, "interview", lambda key: table.words(key, MEETINGS)),
        topics=_given(table, "topics", lambda key: table.words(key, TOPICS)),
        silver_after_months=_given(table, "silver_after_months", lambda key: _months(table, key)),
        improvement_areas=_given(table, "improvement_areas", table.whole),
        minimum_requirements=_given(table, "minimum_requirements", table.texts),
    )


def _numbers(table: Table) -> dict[str, int]:
    return {id: table.whole(id) for id in table.keys}


def _months(table: Table, key: str) -> tuple[int, int] | None:
    given = table.bare(key)
    months = [one for one in given if type(one) is int] if isinstance(given, list) else []
    if isinstance(given, list) and len(given) == len(months) == 2:
        return months[0], months[1]
    table.note(key, "These are not two whole numbers.", f"Write {key} = [least, most].")
    return None

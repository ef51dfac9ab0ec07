"""Whether answers can be true together.

The rules are the pack's; here is what each kind of rule asks:

===================  ========================================================================
parts_of             the measures add up to `total`, within `tolerance`
sums_to_measure      the measures add up to the measure `limit`, within `tolerance`
not_above            no measure is above the measure `limit` by more than `tolerance`
between              each measure lies from `low` to `high`
not_after_interview  no year is after the interview's
balance              the measures, less those of `less`, come to the measure `limit`, within `tolerance`
===================  ========================================================================

A rule asks nothing where an answer that it needs is missing; only parts that are too much already are
told before the last is there.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import fsum

from touchstone.core.assessment.derivation import derive, is_number
from touchstone.core.assessment.model import Value
from touchstone.core.faults import Fault, Severity
from touchstone.core.language.language import Language, language
from touchstone.core.scheme.model import Plausibility, Scheme

# A derived value that somebody worked out by hand may be rounded: by so much, or by this share of it.
ROUNDING = 0.5
ROUNDING_SHARE = 0.01
# Decimal fractions have no exact binary form: what is within the tolerance on paper stays within it here.
BINARY = 1e-9
GROUPED_FROM = 10_000
DECIMALS = 2

Numbers = Mapping[str, float]


def check(
    values: Mapping[str, Value],
    scheme: Scheme,
    *,
    interviewed_on: date,
    derived: Mapping[str, Value] | None = None,
) -> tuple[Fault, ...]:
    """What contradicts each other or is worth a question, in the order of the pack.

    Args:
        values: the answers as given: a derived value among them is held against what its inputs give.
        scheme: the pack, whose language the faults speak.
        interviewed_on: for what is derived from years.
        derived: what `derive` has made of the values, where somebody has it already.
    """
    words = language(scheme.language)
    if derived is None:
        derived = derive(values, scheme, interviewed_on=interviewed_on)
    numbers = {id: float(value) for id, value in derived.items() if is_number(value)}
    faults = list(_contradictions(values, derived, scheme, words))
    for rule in scheme.plausibility:
        broken = _RULES[rule.kind](rule, numbers, interviewed_on)
        faults += [_told(rule, one, words) for one in broken]
    faults += _zeros_left_out(scheme, numbers, words)
    return tuple(faults)


def _contradictions(
    given: Mapping[str, Value], derived: Mapping[str, Value], scheme: Scheme, words: Language
) -> Iterator[Fault]:
    for id, follows in derived.items():
        derivation = scheme.measures[id].derived
        if derivation is not None and id in given and not _agree(given[id], follows):
            inputs = _names(derivation.of)
            own, other = _word(given[id], words), _word(follows, words)
            yield Fault(
                id,
                words.say("plausible.contradiction", given=own, inputs=inputs, follows=other),
                words.say("plausible.correct", inputs=inputs, id=id),
            )


def _agree(given: Value, follows: Value) -> bool:
    if is_number(given) and is_number(follows):
        room = max(ROUNDING, ROUNDING_SHARE * abs(float(follows)))
        return abs(float(given) - float(follows)) <= room
    return given == follows


@dataclass(frozen=True, slots=True)
class _Broken:
    """A rule that does not hold: where to look, and the figures that its message tells."""

    place: str
    figures: Mapping[str, float]


def _parts_of(rule: Plausibility, numbers: Numbers, _: date) -> Iterator[_Broken]:
    yield from _adds_up(rule, numbers, expected=rule.total)


def _sums_to_measure(rule: Plausibility, numbers: Numbers, _: date) -> Iterator[_Broken]:
    if rule.limit in numbers:
        yield from _adds_up(rule, numbers, expected=numbers[rule.limit])


def _adds_up(rule: Plausibility, numbers: Numbers, *, expected: float) -> Iterator[_Broken]:
    given = [numbers[id] for id in rule.measures if id in numbers]
    empty = len(given) < len(rule.measures)
    total = fsum(given)
    over = total - expected
    room = rule.tolerance + BINARY
    if over > room or (over < -room and not empty):
        yield _broken(_names(rule.measures), total=total, expected=expected, missing=-over)


def _zeros_left_out(scheme: Scheme, numbers: Numbers, words: Language) -> Iterator[Fault]:
    """Shares that are whole already although some parts are empty: those were probably meant as 0."""
    for rule in scheme.plausibility:
        asked = [id for id in rule.measures if scheme.measures[id].derived is None]
        empty = tuple(id for id in asked if id not in numbers)
        total = fsum(numbers[id] for id in asked if id in numbers)
        if rule.kind == "parts_of" and empty and abs(total - rule.total) <= rule.tolerance + BINARY:
            yield Fault(
                _names(empty),
                words.say("plausible.whole", total=_word(rule.total, words)),
                words.say("plausible.zero"),
                Severity.HINT,
            )


def _not_above(rule: Plausibility, numbers: Numbers, _: date) -> Iterator[_Broken]:
    limit = numbers.get(rule.limit)
    for id in rule.measures:
        if limit is not None and numbers.get(id, limit) > limit + rule.tolerance + BINARY:
            yield _broken(f"{id}, {rule.limit}", value=numbers[id], limit=limit)


def _between(rule: Plausibility, numbers: Numbers, _: date) -> Iterator[_Broken]:
    for id in rule.measures:
        value = numbers.get(id)
        if value is not None and rule.low is not None and value < rule.low:
            yield _broken(id, value=value, limit=rule.low)
        elif value is not None and rule.high is not None and value > rule.high:
            yield _broken(id, value=value, limit=rule.high)


def _not_after_interview(rule: Plausibility, numbers: Numbers, interviewed_on: date) -> Iterator[_Broken]:
    for id in rule.measures:
        if numbers.get(id, 0) > interviewed_on.year:
            yield _broken(id, value=numbers[id], limit=interviewed_on.year)


def _balance(rule: Plausibility, numbers: Numbers, _: date) -> Iterator[_Broken]:
    wanted = (*rule.measures, *rule.less, rule.limit)
    if not all(id in numbers for id in wanted):
        return
    total = fsum(numbers[id] for id in rule.measures) - fsum(numbers[id] for id in rule.less)
    expected = numbers[rule.limit]
    if abs(total - expected) > rule.tolerance + BINARY:
        yield _broken(_names(wanted), total=total, expected=expected, missing=expected - total)


def _broken(place: str, **figures: float) -> _Broken:
    return _Broken(place, figures)


def _told(rule: Plausibility, broken: _Broken, words: Language) -> Fault:
    figures = {name: _word(figure, words) for name, figure in broken.figures.items()}
    return Fault(broken.place, rule.message.format_map(_Words(figures)), severity=Severity(rule.severity))


class _Words(dict[str, str]):
    """Figures as a message writes them; a name that the rule has no figure for stays as it stands."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


def _word(value: Value, words: Language) -> str:
    if not is_number(value):
        return f'"{value}"'
    figure = float(value)
    grouped = abs(figure) >= GROUPED_FROM  # years stay as they are
    return words.number(figure, DECIMALS) if grouped else words.ungrouped(figure, DECIMALS)


def _names(ids: tuple[str, ...]) -> str:
    return ", ".join(ids) if len(ids) < 4 else f"{ids[0]} … {ids[-1]}"


_RULES: Mapping[str, Callable[[Plausibility, Numbers, date], Iterator[_Broken]]] = {
    "parts_of": _parts_of,
    "sums_to_measure": _sums_to_measure,
    "not_above": _not_above,
    "between": _between,
    "not_after_interview": _not_after_interview,
    "balance": _balance,
}

"""Conditions of the scheme, judged with three truths: true, false, and undecided (None).

The logic is Kleene's strong one: a conjunction is false as soon as one part is, whatever is missing.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from touchstone.core.assessment.model import Value
from touchstone.core.scheme.model import Condition

# Derived values carry the rounding of binary fractions; a threshold must not turn on it.
SLACK = 1e-9


def known(value: Value | None) -> bool:
    """Whether there is a value to reckon with; a float that is not a number counts as missing."""
    return value is not None and value == value  # noqa: PLR0124  (only NaN differs from itself)


def holds(condition: Condition, values: Mapping[str, Value]) -> bool | None:
    """Whether one comparison holds; None where the measure has no value.

    Bounds are met within 1e-9, so that 92.99999999999999 counts as 93.
    """
    value = values.get(condition.measure)
    if not known(value):
        return None
    return _compare(condition.test, value, condition.bound)


def _compare(test: str, value: Any, bound: Any) -> bool:
    # Any: the checks of the pack and of the answers have made sure that both sides can be compared.
    match test:
        case "at_least":
            return bool(value >= bound - SLACK)
        case "at_most":
            return bool(value <= bound + SLACK)
        case "above":
            return bool(value > bound + SLACK)
        case "below":
            return bool(value < bound - SLACK)
        case "one_of":
            return value in bound
        case _:
            return bool(value == bound)


def every(truths: Iterable[bool | None]) -> bool | None:
    """Conjunction: false if one is false, undecided if none is false and one is undecided."""
    found = set(truths)
    if False in found:
        return False
    return None if None in found else True


def all_hold(conditions: Iterable[Condition], values: Mapping[str, Value]) -> bool | None:
    """Whether all conditions hold; true where there are none."""
    return every(holds(condition, values) for condition in conditions)

from dataclasses import replace
from typing import Any

import pytest

from factories.reports import MIXED
from factories.small_scheme import (
    BUDGET,
    FORM,
    LOAD,
    MEMBERS,
    PLAN,
    PUBLIC,
    STAFF,
    STORY,
    measure,
    small_scheme,
)
from touchstone.core.report.headlines import headline, is_part
from touchstone.core.scheme.model import Direction, Kind, Measure, Scheme

PRIVATE = MIXED.measures["B2.private"]
DERIVED = measure("A1.mean", "Mean", Kind.NUMBER, direction=Direction.HIGHER, derived=LOAD.derived)


def chosen(*measures: Measure, scheme: Scheme | None = None, quality: tuple[str, ...] = ()) -> str | None:
    within = scheme or small_scheme()
    indicator = replace(within.indicators["A1"], measures=measures, quality=quality)
    found = headline(indicator, within)
    return found.id if found else None


@pytest.mark.parametrize(
    ("measures", "about", "id"),
    [
        ((STAFF, MEMBERS, STORY), {"quality": ("1.1",)}, "A1.members"),
        ((STAFF, LOAD), {"quality": ("1.2",)}, "B1.staff"),
        ((LOAD, STAFF), {"quality": ("1.2",)}, "B1.load"),
        ((PLAN, DERIVED), {"quality": ("2.1",)}, "A1.mean"),
        ((BUDGET, PLAN), {"quality": ("2.1",)}, "B2.plan"),
        ((BUDGET, STAFF), {}, "B1.staff"),
        ((STAFF, DERIVED), {}, "A1.mean"),
        ((BUDGET, PUBLIC), {}, "B2.budget"),
        ((STORY, FORM), {}, None),
        ((), {}, None),
    ],
)
def test_what_is_judged_speaks_for_an_indicator_then_what_has_a_direction(
    measures: tuple[Measure, ...], about: dict[str, Any], id: str | None
) -> None:
    assert chosen(*measures, **about) == id


def test_a_part_of_a_whole_speaks_only_where_nothing_else_does() -> None:
    assert [is_part(one, MIXED) for one in (PUBLIC, PRIVATE, BUDGET)] == [True, True, False]
    assert chosen(PUBLIC, PRIVATE, BUDGET, scheme=MIXED) == "B2.budget"
    assert chosen(PUBLIC, PRIVATE, FORM, scheme=MIXED) is None
    assert chosen(PUBLIC, PRIVATE, scheme=MIXED) == "B2.public"

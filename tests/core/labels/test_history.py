from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.labels import BY_DAY, BY_MONTH, chained, moment
from factories.small_scheme import small_rules, small_scheme
from touchstone.core.labels.history import PastLabel, acts_of, rules_of_time
from touchstone.core.labels.model import Act, EntryKind, LabelLevel
from touchstone.core.labels.validity import add_months
from touchstone.core.scheme.model import RuleSet

OLD = small_rules(id="2010", in_force_from=date(2010, 11, 1), validity=BY_DAY)
NEW = small_rules(id="2020", in_force_from=date(2020, 1, 15), validity=BY_MONTH)
SCHEME = small_scheme(rule_sets={"2020": NEW, "2010": OLD})
VALLEY = PastLabel(line=5, name="Aviation Valley", portfolio="aviation-space", valid_until=date(2013, 2, 23))
RECORDED = moment("2026-11-21")


def acts(*rows: PastLabel, country: str = "PL") -> tuple[Act, ...]:
    return acts_of(rows, country=country, scheme=SCHEME, recorded=RECORDED, actor="import", origin="page")


def test_a_row_becomes_a_bronze_award_of_its_time_with_a_derived_start() -> None:
    assert acts(VALLEY) == (
        Act(
            kind=EntryKind.AWARD,
            organisation="pl-aviation-valley",
            name="Aviation Valley",
            country="PL",
            portfolio="aviation-space",
            effective=date(2011, 2, 23),
            recorded=RECORDED,
            actor="import",
            rule_set="2010",
            level=LabelLevel.BRONZE,
            valid_from=date(2011, 2, 23),
            valid_until=date(2013, 2, 23),
            renewable_until=date(2014, 2, 23),
            origin="page, line 5",
            derived=("valid_from", "renewable_until"),
        ),
    )


def test_a_row_that_names_its_country_keeps_it() -> None:
    (one,) = acts(replace(VALLEY, country="SI"))
    assert (one.country, one.organisation) == ("SI", "si-aviation-valley")


def test_an_organisation_with_two_rows_has_both_periods() -> None:
    later = replace(VALLEY, line=9, valid_until=date(2017, 5, 1))
    both = acts(VALLEY, later)
    assert [(one.organisation, one.valid_from, one.valid_until) for one in both] == [
        ("pl-aviation-valley", date(2011, 2, 23), date(2013, 2, 23)),
        ("pl-aviation-valley", date(2015, 5, 1), date(2017, 5, 1)),
    ]


def test_the_acts_can_be_entered_in_the_ledger() -> None:
    assert len(chained(*acts(VALLEY, replace(VALLEY, name="Another")))) == 2


@pytest.mark.parametrize(
    ("valid_until", "rules", "valid_from"),
    [
        (date(2022, 1, 14), "2010", date(2020, 1, 14)),
        (date(2022, 1, 15), "2020", date(2020, 1, 1)),
        (date(2022, 1, 31), "2020", date(2020, 1, 1)),
        (date(2011, 6, 1), "2010", date(2009, 6, 1)),
    ],
)
def test_the_rule_set_is_the_one_in_force_when_the_interview_must_have_been(
    valid_until: date, rules: str, valid_from: date
) -> None:
    (one,) = acts(replace(VALLEY, valid_until=valid_until))
    assert (one.rule_set, one.valid_from) == (rules, valid_from)


def test_where_no_rule_set_can_have_given_an_end_the_oldest_stands_in() -> None:
    longer = replace(NEW, validity=replace(BY_MONTH, first_months=36))
    scheme = small_scheme(rule_sets={"2010": OLD, "2020": longer})
    assert rules_of_time(scheme, valid_until=date(2022, 6, 30)) is OLD


RULE_SETS = st.lists(
    st.tuples(st.dates(date(2008, 1, 1), date(2025, 12, 31)), st.integers(12, 48)),
    min_size=1,
    max_size=4,
    unique_by=lambda pair: pair[0],
).map(
    lambda pairs: {
        str(number): small_rules(
            id=str(number), in_force_from=begin, validity=replace(BY_DAY, first_months=months)
        )
        for number, (begin, months) in enumerate(pairs)
    }
)


@given(RULE_SETS, st.dates(date(2005, 1, 1), date(2035, 12, 31)))
def test_a_rule_set_found_was_in_force_at_the_start_it_gives_or_is_the_oldest(
    rule_sets: dict[str, RuleSet], valid_until: date
) -> None:
    scheme = small_scheme(rule_sets=rule_sets)
    found = rules_of_time(scheme, valid_until=valid_until)
    oldest = min(rule_sets.values(), key=lambda rules: rules.in_force_from)
    begun = add_months(valid_until, -found.validity.first_months)
    assert found in (scheme.rule_set_on(begun), oldest)

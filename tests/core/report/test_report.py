from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest

from factories.participants import participant
from factories.reports import (
    ANSWERS,
    INTERVIEW,
    MIXED,
    assessment,
    earlier,
    organisation,
    population,
    report,
    with_income,
)
from factories.small_scheme import small_rules, small_scheme
from touchstone.core.assessment.model import Answer, AnswerState, Assessment
from touchstone.core.assessment.portrait import portrait
from touchstone.core.benchmark.model import Figure
from touchstone.core.benchmark.prepared import prepare
from touchstone.core.benchmark.releases import renew
from touchstone.core.faults import Unusable
from touchstone.core.language.language import languages
from touchstone.core.report.number import valid
from touchstone.core.report.report import make_report, proven


def test_a_report_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        report().number = "LT-1"  # type: ignore[misc]


def test_derived_measures_stand_beside_the_answers() -> None:
    made = report()
    assert (made.values["A1.age"], made.values["B1.load"]) == (14.0, 15.0)
    assert made.values["A1.members"] == 30


def test_peers_are_taken_as_of_the_day_asked_for() -> None:
    early = make_report(assessment(), scheme=small_scheme(), population=population(), on=date(2025, 2, 28))
    assert (early.on, early.interviewed_on) == (date(2025, 2, 28), INTERVIEW)
    assert [group.n for group in early.comparison.groups] == [0, 0, 0, 0]


def test_a_case_keeps_the_rule_set_that_it_is_pinned_to() -> None:
    rules = small_rules(id="1999", eligibility=())
    pinned = make_report(assessment(), scheme=small_scheme(), population=population(), rule_set=rules)
    assert pinned.rule_set.id == "1999"
    assert pinned.appraisal.eligible is True
    assert report().rule_set.id == "2020"


def test_the_number_names_country_day_and_content() -> None:
    first, again, other = report(), report(), report({**ANSWERS, "A1.members": 31})
    assert (first.number[:3], first.number[6:14], valid(first.number)) == ("LTU", "20261012", True)
    assert first.number == again.number != other.number


def test_the_number_does_not_tell_whole_numbers_from_others() -> None:
    assert report({**ANSWERS, "A1.members": 30.0}).number == report({**ANSWERS, "A1.members": 30}).number


def test_a_report_has_the_same_number_in_each_language() -> None:
    spoken = [small_scheme(language=code) for code in languages()]
    peers = population()
    made = [make_report(assessment(), scheme=scheme, population=peers) for scheme in spoken]
    assert [one.language for one in made] == ["en", "de", "lt", "pl"]
    assert {one.number for one in made} == {report().number}


def test_a_participant_list_gives_the_map_and_an_expert_the_cover() -> None:
    rows = (
        participant(type="office", latitude=55.7, longitude=21.1),
        participant(latitude=54.9, longitude=23.9),
    )
    made = make_report(
        assessment(), scheme=small_scheme(), population=population(), participants=rows, expert="Ada Expert"
    )
    assert made.portrait == portrait(rows, on=INTERVIEW)
    assert (made.expert, report().expert, report().portrait) == ("Ada Expert", "", None)


def test_a_figure_nobody_reckoned_shows_nothing() -> None:
    made = report()
    bare = replace(made, comparison=replace(made.comparison, figures={}))
    assert bare.figure("A1.members", "all") == Figure(n=0, shown="none")


def test_the_organisation_is_never_its_own_peer() -> None:
    peers = population()
    names = peers.organisation.copy()
    names[0] = organisation().id.upper()
    own = report(peers=replace(peers, organisation=names, synthetic=False))
    assert own.comparison.groups[-1].n == 59
    assert own.synthetic is False


def test_made_up_peers_are_said_to_be_so() -> None:
    assert report().synthetic is True


def test_evidence_for_all_inputs_is_evidence_for_what_follows_from_them() -> None:
    both = Answer(state=AnswerState.ANSWERED, declared=3, evidence=("a list",))
    bare = Answer(state=AnswerState.ANSWERED, declared=3)
    made = replace(assessment(), answers={"A1.members": both, "B1.staff": both, "A1.founded": bare})
    assert proven(made, small_scheme()) == {"A1.members", "B1.staff", "B1.load"}


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (earlier(id="other"), "the assessment before: It is of other, not of amber."),
        (assessment(), "the assessment before: Its interview was on 2026-10-12, not before 2026-10-12."),
    ],
)
def test_an_assessment_that_is_no_earlier_one_is_refused(before: Assessment, told: str) -> None:
    with pytest.raises(Unusable) as caught:
        make_report(assessment(), scheme=small_scheme(), population=population(), previous=before)
    assert str(caught.value).startswith(told)


def test_a_report_from_a_release_says_nothing_of_what_no_release_controls() -> None:
    peers = prepare(with_income(), MIXED)
    made = make_report(
        assessment({**ANSWERS, "B2.private": 37.5}),
        scheme=MIXED,
        population=peers,
        previous=earlier(),
        release=renew(None, peers, scheme=MIXED, on=INTERVIEW),
    )
    whole = made.wholes["income"]["all"]
    assert (whole.others.n, whole.others.shown) == (0, "none")
    assert whole.distance is not None
    assert made.movement is not None
    assert (made.movement.own["A1.members"], made.movement.groups, made.movement.spans) == (9.0, (), {})
    assert [figures for figures in made.movement.figures.values() if figures] == []
    assert made.densities == {}


def test_the_shape_of_a_spread_is_that_of_the_reference_group() -> None:
    peers = population(60)
    made = make_report(assessment(), scheme=small_scheme(), population=peers)
    members = peers.values["A1.members"][peers.portfolio == "ict"]
    counted = [
        int(((members >= one.low) & (members < one.high)).sum()) for one in made.densities["A1.members"]
    ]
    assert counted == [one.n for one in made.densities["A1.members"]]
    assert made.figure("A1.members", "portfolio:ict").shown == "full"


def test_staff_that_comes_in_parts_is_not_counted_in_whole_numbers() -> None:
    made = make_report(assessment(), scheme=small_scheme(), population=population(60))
    assert [one.low % 1 for one in made.densities["A1.members"]][:1] == [0.5]
    assert [one.low % 1 for one in made.densities["B1.staff"]][:1] == [0.0]


def test_a_group_without_tails_has_no_shape() -> None:
    made = make_report(assessment(), scheme=small_scheme(), population=population(36))
    assert made.figure("A1.members", "portfolio:ict").shown == "quartiles"
    assert made.densities == {}

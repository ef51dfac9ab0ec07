"""What differs between packs and between rule sets, in words."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from factories.scheme import shipped_scheme
from factories.small_scheme import PUBLISHED, small_rules, small_scheme
from touchstone.core.scheme.clauses import process_told
from touchstone.core.scheme.difference import Change, differences, rule_set_differences
from touchstone.core.scheme.loading import load, shipped
from touchstone.core.scheme.model import (
    Advice,
    Certainty,
    Classing,
    Composition,
    Derivation,
    Direction,
    Effort,
    Light,
    Named,
    Option,
    Plausibility,
    Process,
    Scheme,
    Source,
    Step,
)

BASE = small_scheme()
AGES = Classing(
    id="age", name="Age", measure="A1.age", steps=(Step(id="new", name="New", start=0),), origin=PUBLISHED
)
WHOLE = Composition(id="whole", name="Whole", parts=("A.x", "A.y"))
SUM = Plausibility(
    id="sum", kind="parts_of", measures=("B2.public",), message="It is {total}.", severity="error"
)


def with_item(kind: str, id: Any, **changes: Any) -> Scheme:
    """The small scheme with one item changed."""
    items: Mapping[Any, Any] = getattr(BASE, kind)
    return replace(BASE, **{kind: {**items, id: replace(items[id], **changes)}})


def told(other: Scheme, one: Scheme = BASE) -> list[str]:
    return [str(change) for change in differences(one, other)]


def test_a_pack_does_not_differ_from_itself() -> None:
    assert differences(BASE, small_scheme()) == ()
    assert differences(shipped_scheme(), load(shipped())) == ()


def test_a_difference_says_what_became_of_which_item() -> None:
    other = with_item("portfolios", "ict", name="Software")
    assert differences(BASE, other) == (
        Change(kind="portfolio", id="ict", what="changed", text="The name is now “Software”; it was “ICT”."),
    )


@pytest.mark.parametrize(
    ("other", "sentences"),
    [
        (
            replace(BASE, name="Other", notice="Other."),
            [
                "pack small: The name is now “Other”; it was “Small scheme”.",
                "pack small: Worded anew: notice.",
            ],
        ),
        (
            with_item("areas", "A", name="Form"),
            ["area A: The name is now “Form”; it was “Structure”."],
        ),
        (
            replace(BASE, dimensions={"1": BASE.dimensions["1"], "3": Named(id="3", name="More")}),
            ["dimension 2: It is gone: “Strategy”.", "dimension 3: It is new: “More”."],
        ),
        (
            with_item("indicators", "A1", definition="New.", example="New.", quality=(), supplementary=True),
            [
                "indicator A1: The list of quality indicators that rest on it is now none; it was 1.1.",
                "indicator A1: The answer whether it is supplementary is now yes; it was no.",
                "indicator A1: Worded anew: definition and example.",
            ],
        ),
        (
            with_item("indicators", "A1", origin=replace(PUBLISHED, certainty=Certainty.DEFAULT, sources=())),
            [
                "indicator A1: The certainty is now our default, not an official rule; it was published.",
                "indicator A1: The list of sources is now none; it was slides.",
            ],
        ),
        (
            with_item("measures", "A1.founded", minimum=1950, direction=Direction.LOWER, help="New."),
            [
                "measure A1.founded: The range is now year, from 1950; it was year, from 1900.",
                "measure A1.founded: The direction is now lower; it was descriptive.",
                "measure A1.founded: Worded anew: help.",
            ],
        ),
        (
            with_item(
                "measures",
                "B1.form",
                options=(Option(id="company", label="Company"),),
                from_participants=True,
            ),
            [
                "measure B1.form: The list of answers is now “Company”; it was “Association” and “Company”.",
                "measure B1.form: The answer whether the participant list gives it is now yes; it was no.",
            ],
        ),
        (
            with_item("measures", "B1.load", derived=None),
            ["measure B1.load: The way to it is now an answer; it was A1.members divided by B1.staff."],
        ),
        (
            with_item("measures", "B1.staff", derived=Derivation(operation="mean", of=("A1.age", "A1.age"))),
            [
                (
                    "measure B1.staff: The way to it is now the mean of A1.age and A1.age, "
                    "as far as answered; it was an answer."
                )
            ],
        ),
        (
            with_item(
                "quality", "1.1", gate=False, silver=None, thresholds=Certainty.PUBLISHED, judged="New"
            ),
            [
                "quality indicator 1.1: The answer whether it is a gate is now no; it was yes.",
                (
                    "quality indicator 1.1: The answer whether it is audited for Silver is now not known; "
                    "it was yes."
                ),
                "quality indicator 1.1: Worded anew: judged.",
                (
                    "quality indicator 1.1: The certainty of its thresholds is now published; "
                    "it was our default, not an official rule."
                ),
            ],
        ),
        (
            replace(
                BASE,
                advice={
                    **{key: text for key, text in BASE.advice.items() if key != ("1.2", Light.RED)},
                    ("1.1", Light.RED): Advice(quality="1.1", light=Light.RED, text="Grow."),
                },
            ),
            ["advice 1.1, red: Worded anew: text.", "advice 1.2, red: It is gone."],
        ),
        (
            replace(
                BASE,
                advice={
                    key: replace(text, next="Call three.", effort=Effort.WEEKS) if key[0] == "1.1" else text
                    for key, text in BASE.advice.items()
                },
            ),
            [
                "advice 1.1: The first step is now “Call three”; it was none.",
                "advice 1.1: The effort is now weeks; it was not said.",
            ],
        ),
        (
            with_item("criteria", "size", when=(), text="Is big."),
            [
                "criterion size: The text is now “Is big”; it was “Is large enough”.",
                (
                    "criterion size: The condition is now whatever is left; "
                    "it was A1.members at least 15 members and B1.staff at least 0.5 FTE."
                ),
            ],
        ),
        (
            with_item("rule_sets", "2020", in_force_from=date(2020, 3, 2), changed="More."),
            [
                "rule set 2020: The first day is now 2 March 2020; it was 1 January 2020.",
                "rule set 2020: Worded anew: changed.",
            ],
        ),
        (
            with_item("portfolios", "ict", related=()),
            ["portfolio ict: The order in which it is widened is now none; it was creative."],
        ),
        (
            with_item("sources", "slides", url="", title="Slides"),
            [
                "source slides: The title is now “Slides”; it was “Slides of 2012”.",
                "source slides: The address is now none; it was https://example.org/slides.",
            ],
        ),
        (
            replace(BASE, sources={**BASE.sources, "b": Source(id="b", title="A book.")}),
            ["source b: It is new: “A book”."],
        ),
        (replace(BASE, disclosure=None), ["disclosure sizes: Nothing of any group is shown any more."]),
    ],
)
def test_each_item_is_compared_in_words(other: Scheme, sentences: list[str]) -> None:
    assert told(other) == sentences


def test_disclosure_that_is_new_is_told() -> None:
    assert told(BASE, replace(BASE, disclosure=None)) == ["disclosure sizes: Groups are shown now."]
    without = replace(BASE, disclosure=None)
    assert told(without, without) == []


def test_sizes_of_disclosure_control_are_told_one_by_one() -> None:
    assert BASE.disclosure is not None
    sizes = replace(
        BASE.disclosure,
        median_from=8,
        quartiles_from=12,
        full_from=30,
        difference=4,
        oldest_years=4,
        dominance=40,
    )
    assert [change.text for change in differences(BASE, replace(BASE, disclosure=sizes))] == [
        "The median of a group is shown from 8 peers on; before from 5 on.",
        "The quartiles of a group are shown from 12 peers on; before from 10 on.",
        "The tails of a group are shown from 30 peers on; before from 20 on.",
        "Published groups differ by none or by at least 4 organisations; before by at least 3.",
        "Peers are up to 4 years old; before up to 5 years.",
        "A tail is held back that rests on one value of over 40 % of the sum; before of over 50 %.",
    ]


def test_a_threshold_is_told_with_what_was_asked_before() -> None:
    best, *others = BASE.quality["1.1"].levels
    stricter = replace(best, when=(replace(best.when[0], bound=50),), text="At least 50")
    assert told(with_item("quality", "1.1", levels=(stricter, *others))) == [
        (
            "quality indicator 1.1: Green with 5 points asks for A1.members at least 50 members; "
            "before it asked for A1.members at least 40 members."
        ),
        "quality indicator 1.1: Green with 5 points is worded “At least 50”; before “green at 5”.",
    ]


def test_a_level_that_is_new_or_gone_is_told() -> None:
    levels = BASE.quality["1.1"].levels
    fewer = with_item("quality", "1.1", levels=(levels[0], levels[3]))
    assert told(fewer) == [
        "quality indicator 1.1: A level is gone, yellow with 3 points: A1.members at least 25 members.",
        "quality indicator 1.1: A level is gone, red with 1 point: A1.members at least 15 members.",
    ]
    assert told(BASE, fewer) == [
        "quality indicator 1.1: A level is new, yellow with 3 points: A1.members at least 25 members.",
        "quality indicator 1.1: A level is new, red with 1 point: A1.members at least 15 members.",
    ]


def test_two_levels_with_the_same_points_are_told_apart() -> None:
    best, *others = BASE.quality["1.1"].levels
    either = replace(best, when=(replace(best.when[0], bound=30),))
    assert told(with_item("quality", "1.1", levels=(best, either, *others))) == [
        "quality indicator 1.1: A level is new, green with 5 points: A1.members at least 30 members."
    ]


@pytest.mark.parametrize(("misses", "word"), [(True, "misses"), (False, "no longer misses")])
def test_a_level_that_begins_or_ceases_to_miss_the_gate_is_told(misses: bool, word: str) -> None:
    *others, last = BASE.quality["1.1"].levels
    one = with_item("quality", "1.1", levels=(*others, replace(last, misses_gate=not misses)))
    other = with_item("quality", "1.1", levels=(*others, replace(last, misses_gate=misses)))
    assert told(other, one) == [f"quality indicator 1.1: Red with 0 points {word} the gate."]


def test_classes_compositions_and_rules_of_plausibility_are_compared() -> None:
    one = replace(BASE, classings={"age": AGES}, compositions={"whole": WHOLE}, plausibility=(SUM,))
    steps = (*AGES.steps, Step(id="old", name="Old", start=1000))
    other = replace(
        BASE,
        classings={"age": replace(AGES, steps=steps)},
        compositions={"whole": replace(WHOLE, parts=("A.x", "A.y", "A.z"))},
        plausibility=(replace(SUM, low=1, high=2.5, tolerance=0.5, message="No."),),
    )
    assert told(other, one) == [
        "classing age: The list of classes is now “New” from 0 and “Old” from 1,000; it was “New” from 0.",
        "composition whole: The list of parts is now A.x, A.y and A.z; it was A.x and A.y.",
        "plausibility rule sum: The tolerance is now 0.5; it was 0.",
        "plausibility rule sum: The low end is now 1; it was none.",
        "plausibility rule sum: The high end is now 2.5; it was none.",
        "plausibility rule sum: Worded anew: message.",
    ]
    assert told(BASE, one) == [
        "classing age: It is gone: “Age”.",
        "composition whole: It is gone: “Whole”.",
        "plausibility rule sum: It is gone.",
    ]


KNOWN = Process(
    experts={"bronze": 1, "gold": 2},
    foreign_expert=True,
    expert_recommends=True,
    interview=("on_site", "video"),
    topics=("digital", "social"),
    silver_after_months=(18, 24),
    improvement_areas=3,
    minimum_requirements=("silver",),
)


def process_changes(one: Process, other: Process, **changes: Any) -> list[str]:
    earlier, later = small_rules(process=one), small_rules(process=other, **changes)
    return [change.text for change in rule_set_differences(earlier, later, criteria=BASE.criteria)]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"experts": {"bronze": 1, "gold": 3}},
            "Gold is assessed by 3 experts; before by 2 experts.",
        ),
        ({"experts": {"bronze": 1, "gold": 2, "silver": 1}}, "Silver is assessed by 1 expert."),
        ({"experts": {"bronze": 1}}, "No longer said: Gold is assessed by 2 experts."),
        (
            {"foreign_expert": False},
            "The experts for Gold may all come from one country; before one of them had to.",
        ),
        (
            {"expert_recommends": False},
            (
                "Who is benchmarked is given Bronze, without a recommendation or a decision; "
                "before the expert recommended it."
            ),
        ),
        (
            {"interview": ("on_site",)},
            "The benchmarking interview is held on site; before on site or by video.",
        ),
        (
            {"topics": ("green",)},
            (
                "The questionnaire asks about green change too; "
                "before about digital change and the social economy."
            ),
        ),
        (
            {"silver_after_months": (12, 30)},
            (
                "Silver asks for a second benchmarking, 12 to 30 months after the first; "
                "before 18 to 24 months after the first."
            ),
        ),
        (
            {"improvement_areas": 1},
            "Silver asks for 1 area of improvement with evidence; before for 3 areas.",
        ),
        (
            {"minimum_requirements": ("silver", "gold")},
            "One minimum requirement that is missed stops Gold.",
        ),
        (
            {"minimum_requirements": None},
            "No longer said: one minimum requirement that is missed stops Silver.",
        ),
    ],
)
def test_each_part_of_the_process_is_compared_in_words(changes: dict[str, Any], sentence: str) -> None:
    assert process_changes(KNOWN, replace(KNOWN, **changes)) == [sentence]


def test_a_process_that_becomes_known_is_told_without_a_before() -> None:
    assert process_changes(Process(), KNOWN) == [
        "Bronze is assessed by 1 expert.",
        "Gold is assessed by 2 experts.",
        "One of the experts for Gold comes from another country.",
        "The expert recommends whether to give the label, and somebody decides on it.",
        "The benchmarking interview is held on site or by video.",
        "The questionnaire asks about digital change and the social economy too.",
        "Silver asks for a second benchmarking, 18 to 24 months after the first.",
        "Silver asks for 3 areas of improvement with evidence.",
        "One minimum requirement that is missed stops Silver.",
    ]


def test_the_other_way_round_a_choice_reads_in_the_past() -> None:
    found = process_changes(replace(KNOWN, foreign_expert=False, expert_recommends=False), KNOWN)
    assert found == [
        "One of the experts for Gold comes from another country; before none had to.",
        (
            "The expert recommends whether to give the label, and somebody decides on it; "
            "before Bronze was given without that."
        ),
    ]


def test_of_a_level_that_is_gone_nothing_more_is_said() -> None:
    left = {"levels": ("bronze",), "pass_share": None, "pass_light": None}
    only_bronze = Process(
        experts={"bronze": 1}, expert_recommends=True, interview=KNOWN.interview, topics=KNOWN.topics
    )
    assert process_changes(KNOWN, only_bronze, **left) == ["Silver is gone.", "Gold is gone."]


def test_what_is_known_of_a_process_is_said_in_full() -> None:
    assert process_told(small_rules()) == ()
    only_this = Process(experts={"gold": 2})
    assert process_told(small_rules(process=only_this)) == ("Gold is assessed by 2 experts.",)


def test_the_rules_of_november_2019_are_told_with_their_process() -> None:
    scheme = shipped_scheme()
    found = rule_set_differences(
        scheme.rule_sets["2014"], scheme.rule_sets["2019-11-15"], criteria=scheme.criteria
    )
    assert [change.text for change in found][-3:] == [
        (
            "The expert recommends whether to give the label, and somebody decides on it; "
            "before Bronze was given without that."
        ),
        "The benchmarking interview is held on site or by video; before on site.",
        "The questionnaire asks about digital change, green change and the social economy too.",
    ]


def rules_told(**changes: Any) -> list[str]:
    found = rule_set_differences(small_rules(), small_rules(**changes), criteria=BASE.criteria)
    return [change.text for change in found]


VALIDITY = small_rules().validity


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({}, []),
        ({"levels": ("bronze", "platinum")}, ["Platinum is new.", "Silver is gone.", "Gold is gone."]),
        ({"eligibility": ("set-up",)}, ["Eligibility no longer asks: “Is large enough.”"]),
        (
            {"decided_by": "a jury"},
            ["Labels are decided on by “a jury”; before by “the committee”."],
        ),
        ({"pass_share": 75.5}, ["Gold needs 75.5 % of the points; before it needed 80 %."]),
        (
            {"pass_light": Light.GREEN},
            ["Gold needs at least green on each quality indicator; before it needed at least yellow."],
        ),
        (
            {"pass_light": Light.RED},
            ["Gold goes with any light on each quality indicator; before it needed at least yellow."],
        ),
        (
            {"validity": replace(VALIDITY, end="day")},
            ["A label runs to the day; before it ran until the last day of the month."],
        ),
        (
            {"validity": replace(VALIDITY, first_months=36)},
            ["A first label runs for 36 months; before it ran for 24 months."],
        ),
        (
            {"validity": replace(VALIDITY, renewal_months=24, renewal_from="interview")},
            [
                (
                    "Renewal runs for 24 months from the interview; "
                    "before it ran for 36 months from the previous end."
                )
            ],
        ),
        (
            {"validity": replace(VALIDITY, grace_months=6)},
            ["Renewal is possible until 6 months after the end; before it was until 12 months after it."],
        ),
    ],
)
def test_each_rule_is_compared_in_words(changes: dict[str, Any], sentences: list[str]) -> None:
    assert rules_told(**changes) == sentences


def test_rules_that_went_with_any_light_are_told_as_such() -> None:
    found = rule_set_differences(small_rules(pass_light=Light.RED), small_rules(), criteria=BASE.criteria)
    assert [change.text for change in found] == [
        "Gold needs at least yellow on each quality indicator; before it went with any light."
    ]


def test_a_rule_set_that_asks_more_says_what() -> None:
    found = rule_set_differences(small_rules(eligibility=()), small_rules(), criteria=BASE.criteria)
    assert [change.text for change in found] == [
        "Eligibility asks for one thing more: “Is set up.”",
        "Eligibility asks for one thing more: “Is large enough.”",
    ]


def test_the_renewal_of_2020_is_told_as_it_changed() -> None:
    scheme = shipped_scheme()
    found = rule_set_differences(
        scheme.rule_sets["2019-11-15"], scheme.rule_sets["2020"], criteria=scheme.criteria
    )
    assert [(change.kind, change.id, change.text) for change in found] == [
        ("rule set", "2020", "A label runs until the last day of the month; before it ran to the day."),
        (
            "rule set",
            "2020",
            (
                "Renewal runs for 36 months from the previous end; "
                "before it ran for 24 months from the interview."
            ),
        ),
    ]


def test_each_rule_set_differs_from_the_one_before() -> None:
    scheme = shipped_scheme()
    for earlier, later in pairwise(scheme.rule_sets.values()):
        assert rule_set_differences(earlier, later, criteria=scheme.criteria) != ()


def test_differences_the_other_way_round_are_of_the_same_items() -> None:
    one, other = shipped_scheme(), load(shipped("ecei-bw"))
    there, back = differences(one, other), differences(other, one)
    opposite = {"added": "dropped", "dropped": "added", "changed": "changed"}
    turned = {(c.kind, c.id, opposite[c.what]) for c in there if c.kind != "pack"}
    assert turned == {(c.kind, c.id, c.what) for c in back if c.kind != "pack"}


def test_every_sentence_ends_as_one() -> None:
    found = differences(shipped_scheme(), load(shipped("ecei-bw")))
    assert [change.text for change in found if not change.text.endswith((".", ".”"))] == []

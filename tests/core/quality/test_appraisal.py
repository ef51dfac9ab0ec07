import pytest

from factories.small_scheme import condition, level, quality, small_rules, small_scheme
from touchstone.core.assessment.model import Value
from touchstone.core.quality.appraisal import appraise, reaches, score
from touchstone.core.quality.model import Appraisal, Judgement, LightOrNone
from touchstone.core.scheme.model import Certainty, Criterion, Light, Origin, Scheme

GREEN: dict[str, Value] = {
    "A1.members": 60,
    "B1.staff": 3.0,
    "B1.load": 20.0,
    "B1.deputy": True,
    "B2.plan": 2,
}


def appraised(values: dict[str, Value], scheme: Scheme | None = None) -> Appraisal:
    return appraise(values, scheme=scheme or small_scheme(), rule_set=small_rules(), comparison=None)


def test_every_indicator_of_the_pack_is_judged_in_its_order() -> None:
    assert [one.quality for one in appraised({}).judgements] == ["1.1", "1.2", "2.1"]


def test_points_add_up_against_all_that_can_be_had() -> None:
    result = appraised({**GREEN, "A1.members": 30}).score
    assert (result.points, result.max, result.share) == (13, 15, 100 * 13 / 15)
    assert (result.passed, result.not_assessed) == (True, 0)


def test_what_is_not_assessed_gives_no_points_and_never_passes() -> None:
    result = appraised({"A1.members": 60, "B2.plan": 2}).score
    assert (result.points, result.max, result.passed, result.not_assessed) == (10, 15, False, 1)


def test_no_answer_at_all_is_no_point_and_no_recommendation() -> None:
    nothing = appraised({})
    assert (nothing.score.points, nothing.score.share, nothing.score.not_assessed) == (0, 0.0, 3)
    assert nothing.recommendations == ()
    assert nothing.eligible is None


def _judgements(*lights: LightOrNone, gate_met: bool | None = None) -> list[Judgement]:
    points = {"green": 5, "yellow": 3, "red": 1, "not_assessed": None}
    return [
        Judgement(
            quality=str(number),
            light=light,
            points=points[light],
            gate=gate_met is not None,
            gate_met=gate_met,
            reason="",
        )
        for number, light in enumerate(lights)
    ]


@pytest.mark.parametrize(
    ("lights", "gate_met", "passed"),
    [
        (["green"] * 4 + ["yellow"], None, True),
        (["green"] * 4 + ["yellow"], True, True),
        (["green"] * 4 + ["yellow"], False, False),
        (["green"] * 4 + ["red"], None, False),
        (["green"] * 4 + ["not_assessed"], None, False),
        (["yellow"] * 5, None, False),
        (["green"] * 2 + ["yellow"] * 2, None, True),
        (["green"] + ["yellow"] * 2, None, False),
    ],
)
def test_gold_asks_a_threshold_on_each_all_gates_and_the_share(
    lights: list[LightOrNone], gate_met: bool | None, passed: bool
) -> None:
    judgements = _judgements(*lights, gate_met=gate_met)
    assert score(judgements, maximum=5 * len(lights), rule_set=small_rules()).passed is passed


@pytest.mark.parametrize(("asked", "passed"), [(Light.RED, True), (Light.YELLOW, True), (Light.GREEN, False)])
def test_the_rule_set_says_which_light_each_indicator_needs(asked: Light, passed: bool) -> None:
    judgements = _judgements("green", "green", "green", "green", "yellow")
    assert score(judgements, maximum=25, rule_set=small_rules(pass_light=asked)).passed is passed


def test_under_rules_without_gold_nothing_is_passed() -> None:
    rules = small_rules(levels=("bronze",), pass_share=None, pass_light=None)
    found = score(_judgements(*["green"] * 5), maximum=25, rule_set=rules)
    assert (found.points, found.passed) == (25, False)


@pytest.mark.parametrize(("light", "reached"), [("red", True), ("not_assessed", False)])
def test_where_no_light_is_asked_any_assessed_one_reaches_it(light: LightOrNone, reached: bool) -> None:
    (judgement,) = _judgements(light)
    assert reaches(judgement, None) is reached


def test_the_share_is_compared_before_it_is_rounded() -> None:
    result = score(
        [*_judgements("green") * 799, *_judgements("yellow") * 200], maximum=5744, rule_set=small_rules()
    )
    assert result.points == 4595
    assert result.share == pytest.approx(79.9965, abs=1e-4)
    assert result.passed is False


def test_a_pack_without_points_has_a_share_of_zero() -> None:
    assert score([], maximum=0, rule_set=small_rules()).share == 0.0


def test_only_the_criteria_of_the_rule_set_are_judged() -> None:
    result = appraise(
        GREEN, scheme=small_scheme(), rule_set=small_rules(eligibility=("size",)), comparison=None
    )
    assert [one.criterion for one in result.criteria] == ["size"]
    assert result.eligible is True


@pytest.mark.parametrize(
    ("values", "eligible"),
    [({"A1.members": 3}, False), (GREEN, None)],
)
def test_one_unmet_criterion_is_enough_and_an_unknown_one_leaves_it_open(
    values: dict[str, Value], eligible: bool | None
) -> None:
    assert appraised(values).eligible is eligible


def test_a_gate_may_give_no_points_at_all() -> None:
    gate = quality(
        "1.0",
        level(Light.GREEN, 0, condition("A1.members", "at_least", 5)),
        level(Light.RED, 0, misses_gate=True),
        gate=True,
    )
    scheme = small_scheme(
        quality={"1.0": gate},
        criteria={
            id: Criterion(id=id, text="", when=(), origin=Origin(certainty=Certainty.DEFAULT))
            for id in ("set-up", "size")
        },
    )
    met = appraised({"A1.members": 5}, scheme)
    assert (met.judgements[0].light, met.judgements[0].points, met.judgements[0].gate_met) == (
        "green",
        0,
        True,
    )
    missed = appraised({"A1.members": 4}, scheme)
    assert (missed.judgements[0].light, missed.judgements[0].gate_met) == ("red", False)
    assert [one.quality for one in missed.recommendations] == ["1.0"]

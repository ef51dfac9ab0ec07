from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.scheme import shipped_scheme
from touchstone.core.scheme.levels import Trial
from touchstone.core.scheme.model import (
    OURS,
    Condition,
    Direction,
    Kind,
    Level,
    Light,
    Measure,
    Option,
    QualityIndicator,
    Test,
)

LIGHTS = {0: Light.RED, 1: Light.RED, 3: Light.YELLOW, 5: Light.GREEN}
Bound = float | bool | str | tuple[str, ...]
Asked = tuple[str, Test, Bound]


def measure(
    id: str,
    kind: Kind = Kind.COUNT,
    direction: Direction = Direction.HIGHER,
    *,
    low: float | None = None,
    high: float | None = None,
    options: Iterable[str] = (),
) -> Measure:
    return Measure(
        id=id,
        indicator="X1",
        label=id,
        kind=kind,
        origin=OURS,
        direction=direction,
        minimum=low,
        maximum=high,
        options=tuple(Option(id=option, label=option) for option in options),
    )


def trial(measures: Iterable[Measure], *levels: tuple[int, list[Asked]]) -> Trial:
    quality = QualityIndicator(
        id="1",
        dimension="1",
        name="Q",
        judged="Q",
        evidence="Q",
        gate=False,
        silver=None,
        origin=OURS,
        levels=tuple(
            Level(
                light=LIGHTS[points],
                points=points,
                text=str(points),
                when=tuple(Condition(measure=id, test=test, bound=bound) for id, test, bound in asked),
            )
            for points, asked in levels
        ),
    )
    return Trial(quality, {each.id: each for each in measures})


def at_least(bound: float) -> Asked:
    return "n", "at_least", bound


def broken(tried: Trial) -> list[tuple[str, bool | float | str, bool | float | str]]:
    return [(measure.id, before, after) for measure, before, after in tried.broken()]


def test_levels_that_rise_with_a_count_fit() -> None:
    bounds: tuple[tuple[int, list[Asked]], ...] = (
        (5, [("n", "at_least", 40)]),
        (3, [("n", "at_least", 25)]),
        (1, [("n", "at_least", 15)]),
    )
    tried = trial([measure("n")], *bounds, (0, []))
    assert (tried.feasible, tried.unreached(), broken(tried)) == (True, [], [])


def test_a_gap_of_one_count_between_two_levels_is_found() -> None:
    gap: list[Asked] = [("n", "at_least", 25), ("n", "at_most", 38)]
    tried = trial([measure("n")], (5, [("n", "at_least", 40)]), (3, gap), (0, []))
    assert broken(tried) == [("n", 38, 39)]


def test_a_gap_between_two_shares_is_found_at_its_middle() -> None:
    gap: list[Asked] = [("p", "at_least", 20), ("p", "below", 38)]
    tried = trial([measure("p", Kind.SHARE, low=0, high=100)], (5, [("p", "above", 40)]), (3, gap), (0, []))
    assert broken(tried) == [("p", 37.5, 38.0)]


def test_a_level_that_a_better_one_swallows_is_never_reached() -> None:
    tried = trial([measure("n")], (5, [("n", "at_least", 10)]), (3, [("n", "at_least", 20)]), (0, []))
    assert tried.unreached() == [1]


def test_a_last_level_that_the_range_leaves_no_room_for_is_never_reached() -> None:
    tried = trial([measure("n", low=0)], (5, [("n", "at_least", 0)]), (0, []))
    assert tried.unreached() == [1]


@pytest.mark.parametrize(
    ("direction", "found"),
    [
        (Direction.HIGHER, [("n", 10, 11)]),
        (Direction.LOWER, []),
        (Direction.RANGE, []),
        (Direction.DESCRIPTIVE, []),
    ],
)
def test_fewer_are_better_only_where_the_measure_says_so(
    direction: Direction, found: list[tuple[str, float, float]]
) -> None:
    tried = trial([measure("n", direction=direction)], (5, [("n", "at_most", 10)]), (0, []))
    assert broken(tried) == found


def test_more_are_not_better_where_fewer_should_be() -> None:
    tried = trial([measure("n", direction=Direction.LOWER)], (5, [("n", "at_least", 10)]), (0, []))
    assert broken(tried) == [("n", 9, 10)]


def test_a_range_with_an_optimum_fits_but_two_of_them_do_not() -> None:
    number = measure("n", direction=Direction.RANGE)
    one: list[Asked] = [("n", "at_least", 10), ("n", "at_most", 20)]
    other: list[Asked] = [("n", "at_least", 30), ("n", "at_most", 40)]
    assert broken(trial([number], (5, one), (0, []))) == []
    assert broken(trial([number], (5, one), (5, other), (0, []))) == [("n", 29, 30)]


def test_yes_is_better_than_no_where_the_measure_says_so() -> None:
    question = measure("q", Kind.YES_NO)
    assert broken(trial([question], (5, [("q", "equals", True)]), (0, []))) == []
    assert broken(trial([question], (5, [("q", "equals", False)]), (0, []))) == [("q", False, True)]


def test_a_choice_has_no_better_end_but_each_option_is_tried() -> None:
    form = measure("c", Kind.CHOICE, options=("club", "firm", "none"))
    tried = trial([form], (5, [("c", "one_of", ("firm", "none"))]), (3, [("c", "equals", "club")]), (0, []))
    assert (broken(tried), tried.unreached()) == ([], [2])


def test_a_level_of_several_measures_is_reached_when_all_its_conditions_hold() -> None:
    both: list[Asked] = [("n", "at_least", 2), ("q", "equals", True)]
    tried = trial([measure("n"), measure("q", Kind.YES_NO)], (5, both), (3, [("n", "at_least", 2)]), (0, []))
    assert (tried.unreached(), broken(tried)) == ([], [])


def test_a_good_answer_must_not_spoil_another() -> None:
    spoilt: list[Asked] = [("n", "at_least", 2), ("q", "equals", False)]
    tried = trial([measure("n"), measure("q", Kind.YES_NO)], (5, spoilt), (0, []))
    assert broken(tried) == [("q", False, True)]


def test_two_lights_with_the_same_points_are_told_apart() -> None:
    scheme = shipped_scheme()
    share = scheme.measures["A6.committed_share"]
    turned = {share.id: replace(share, direction=Direction.LOWER)}
    assert broken(Trial(scheme.quality["1.1.0"], {share.id: share})) == []
    assert broken(Trial(scheme.quality["1.1.0"], turned)) == [("A6.committed_share", 65.5, 66.0)]


def test_one_level_without_conditions_is_reached_by_all() -> None:
    tried = trial([], (0, []))
    assert (tried.feasible, tried.unreached(), broken(tried)) == (True, [], [])


def test_too_many_combinations_are_not_tried() -> None:
    questions = [measure(f"q{number}", Kind.YES_NO) for number in range(15)]
    tried = trial(questions, (5, [(each.id, "equals", True) for each in questions]), (0, []))
    assert tried.feasible is False


@given(st.lists(st.integers(1, 50), min_size=3, max_size=3, unique=True))
def test_rising_bounds_always_fit(bounds: list[int]) -> None:
    low, middle, high = sorted(bounds)
    green, yellow, red = ([asked] for asked in (at_least(high), at_least(middle), at_least(low)))
    tried = trial([measure("n", low=0)], (5, green), (3, yellow), (1, red), (0, []))
    assert (tried.unreached(), broken(tried)) == ([], [])


@given(st.integers(2, 50), st.integers(2, 50))
def test_a_gap_is_found_wherever_it_lies(start: int, length: int) -> None:
    """Yellow ends before green begins: what lies between falls to red."""
    stop, green = start + length, start + length + 2
    yellow: list[Asked] = [("n", "at_least", start), ("n", "at_most", stop)]
    tried = trial([measure("n", low=0)], (5, [("n", "at_least", green)]), (3, yellow), (0, []))
    assert broken(tried) == [("n", stop, stop + 1)]

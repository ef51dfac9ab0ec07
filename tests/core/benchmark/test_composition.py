import math
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from factories.benchmark import ON, TINY_SIZES, one_organisation
from factories.compositions import COMPOSITIONS, ID, PARTS, whole_scheme, wholes
from touchstone.core.benchmark.comparison import compare, prepare
from touchstone.core.benchmark.composition import (
    DETECTION_LIMIT,
    Whole,
    aitchison,
    centred,
    closed,
    compare_compositions,
    without_zeros,
)
from touchstone.core.benchmark.model import Figure, Floats, Population
from touchstone.core.scheme.model import Disclosure, Scheme

LIMIT, TRACE = 0.005, 0.00325
NOTHING = Whole(distance=None, others=Figure(n=0, shown="none"))
# Compositions of one number of parts, some of them zero, none of them nothing.
POINTS = st.integers(2, 9).flatmap(
    lambda size: st.lists(
        st.lists(
            st.one_of(st.integers(0, 100).map(float), st.just(0.0), st.floats(0.01, 1000)),
            min_size=size,
            max_size=size,
        ).filter(lambda parts: sum(parts) > 0),
        min_size=3,
        max_size=3,
    )
)


def column(parts: Sequence[float]) -> Floats:
    return np.array(parts, np.float64)[:, None]


def distance(one: Sequence[float], other: Sequence[float]) -> float:
    return float(aitchison(column(one), column(other))[0])


def replaced_by_hand(parts: Sequence[float]) -> list[float]:
    """The multiplicative replacement, written as in the paper, one part after the other."""
    total = math.fsum(parts)
    shares = [part / total for part in parts]
    kept = math.fsum(share for share in shares if share >= LIMIT)
    traces = sum(share < LIMIT for share in shares)
    return [TRACE if share < LIMIT else share / kept * (1 - traces * TRACE) for share in shares]


def distance_by_pairs(one: Sequence[float], other: Sequence[float]) -> float:
    """Aitchison's distance over all pairs of log-ratios, without any centre: the other known form."""
    first, second = replaced_by_hand(one), replaced_by_hand(other)
    size = len(first)
    total = math.fsum(
        (math.log(first[i] / first[j]) - math.log(second[i] / second[j])) ** 2
        for i in range(size)
        for j in range(size)
    )
    return math.sqrt(total / (2 * size))


@given(POINTS)
def test_the_distance_is_that_over_all_pairs_of_parts(points: list[list[float]]) -> None:
    one, other, _ = points
    assert distance(one, other) == pytest.approx(distance_by_pairs(one, other), rel=1e-9, abs=2e-9)


@given(POINTS, st.floats(0.01, 1000))
def test_the_distance_does_not_depend_on_the_scale(points: list[list[float]], scale: float) -> None:
    one, other, _ = points
    # A part that lies on the limit could be rounded to either side of it.
    assume(all(abs(part / sum(one) - LIMIT) > 1e-9 for part in one))
    assert distance([scale * part for part in one], other) == pytest.approx(distance(one, other), abs=1e-8)


@given(POINTS, st.randoms(use_true_random=False))
def test_the_distance_does_not_depend_on_the_order_of_the_parts(
    points: list[list[float]], random: object
) -> None:
    one, other, _ = points
    order = list(range(len(one)))
    random.shuffle(order)  # type: ignore[attr-defined]
    turned = distance([one[place] for place in order], [other[place] for place in order])
    assert turned == pytest.approx(distance(one, other), abs=1e-8)


@given(POINTS)
def test_a_composition_is_at_no_distance_from_itself(points: list[list[float]]) -> None:
    assert distance(points[0], points[0]) == 0.0


@given(POINTS)
def test_the_distance_is_the_same_both_ways(points: list[list[float]]) -> None:
    one, other, _ = points
    assert distance(one, other) == distance(other, one)


@given(POINTS)
def test_no_detour_is_shorter(points: list[list[float]]) -> None:
    one, other, third = points
    assert distance(one, other) <= distance(one, third) + distance(third, other) + 1e-8


@given(POINTS)
def test_what_replaces_zeros_keeps_the_whole_and_the_ratios_of_the_others(points: list[list[float]]) -> None:
    shares = closed(column(points[0]))
    filled = without_zeros(shares)
    assert filled[:, 0].tolist() == pytest.approx(replaced_by_hand(points[0]), rel=1e-12)
    assert float(filled.sum()) == pytest.approx(1.0, rel=1e-12)
    kept = shares[:, 0] >= LIMIT
    ratios = filled[kept, 0] / shares[kept, 0]
    assert ratios == pytest.approx(np.full(kept.sum(), ratios[0]), rel=1e-9)


@given(POINTS)
def test_centred_log_ratios_add_up_to_nothing(points: list[list[float]]) -> None:
    assert float(centred(without_zeros(closed(column(points[0])))).sum()) == pytest.approx(0.0, abs=1e-9)


@given(st.lists(COMPOSITIONS, min_size=1, max_size=12), st.integers(0, 11))
def test_a_distance_does_not_depend_on_the_columns_beside_it(
    parts: list[tuple[float, float, float]], place: int
) -> None:
    block = np.array(parts).T
    centre = column([20.0, 30.0, 50.0])
    together = aitchison(block, centre)[place % len(parts)]
    alone = aitchison(block[:, [place % len(parts)]], centre)[0]
    np.testing.assert_array_equal(together, alone)


def test_a_trace_is_never_farther_away_than_nothing() -> None:
    centre = [30.0, 30.0, 40.0]
    assert distance([0.001, 50.0, 49.999], centre) == pytest.approx(
        distance([0.0, 50.0, 50.0], centre), abs=1e-4
    )


def test_a_known_distance() -> None:
    """Parts 1, 2, 4 against equal ones: the logarithms differ from their mean by -ln 2, 0 and ln 2."""
    assert distance([1.0, 2.0, 4.0], [1.0, 1.0, 1.0]) == round(math.sqrt(2) * math.log(2), 9)


def test_the_detection_limit_is_half_a_per_cent_and_a_zero_becomes_65_per_cent_of_it() -> None:
    assert DETECTION_LIMIT == 0.005
    assert without_zeros(column([0.0, 0.25, 0.75]))[:, 0].tolist() == pytest.approx(
        [0.00325, 0.25 * 0.99675, 0.75 * 0.99675], rel=1e-15
    )


def test_another_detection_limit_may_be_asked_for() -> None:
    assert without_zeros(column([0.0, 1.0]), limit=0.1)[:, 0].tolist() == pytest.approx([0.065, 0.935])


def test_what_is_just_at_the_limit_is_no_zero() -> None:
    assert without_zeros(column([0.005, 0.995]))[:, 0].tolist() == [0.005, 0.995]


@pytest.mark.parametrize(
    "parts", [[0.0, 0.0, 0.0], [np.nan, 50.0, 50.0], [-1.0, 51.0, 50.0], [np.inf, 1.0, 1.0]]
)
def test_what_is_no_composition_is_missing(parts: list[float]) -> None:
    assert np.isnan(closed(column(parts))).all()
    assert math.isnan(distance(parts, [1.0, 1.0, 1.0]))
    assert math.isnan(distance([1.0, 1.0, 1.0], parts))


# ---- against a group


def look(
    population: Population, own: Sequence[float | None], *, scheme: Scheme | None = None
) -> dict[str, Whole]:
    scheme = scheme or whole_scheme()
    given = {id: part for id, part in zip(PARTS, own, strict=True) if part is not None}
    ready = prepare(population, scheme)
    compared = compare(given, organisation=one_organisation(), population=ready, scheme=scheme, on=ON)
    return dict(compare_compositions(compared, population=ready, scheme=scheme)[ID])


def varied(count: int) -> list[list[float]]:
    return [[10.0 + number, 30.0, 60.0 - number] for number in range(count)]


def expected(parts: list[list[float]], own: list[float] | None, setting: Disclosure) -> Whole:
    """By hand: the centre of all peers with a value, the distances of those that have all parts."""
    values = np.array(parts, np.float64)
    centre = [median([x for x in values[:, part].tolist() if not math.isnan(x)]) for part in range(3)]
    full = [one for one in parts if not any(map(math.isnan, one)) and sum(one) > 0]
    away = np.array([round(distance_by_pairs(one, centre), 9) for one in full])
    n = len(away)
    mine = None if own is None else round(distance_by_pairs(own, centre), 9)
    place = (
        None
        if mine is None
        else 100 * (np.sum(away < mine - 1e-8) + np.sum(abs(away - mine) <= 1e-8) / 2) / n
    )
    if n < setting.quartiles_from:
        others = Figure(n=n, shown="median", median=float(np.median(away)), percentile=place)
    else:
        p25, p50, p75 = np.quantile(away, [0.25, 0.5, 0.75])
        others = Figure(n=n, shown="quartiles", median=p50, p25=p25, p75=p75, percentile=place)
    return Whole(distance=mine, others=others)


def assert_same(found: Whole, wanted: Whole) -> None:
    assert (found.others.n, found.others.shown) == (wanted.others.n, wanted.others.shown)
    for key in ("median", "p25", "p75", "percentile", "p5", "p95"):
        assert getattr(found.others, key) == pytest.approx(getattr(wanted.others, key), abs=1e-8)
    assert found.distance == pytest.approx(wanted.distance, abs=1e-8)


@given(
    st.lists(COMPOSITIONS.map(list), min_size=3, max_size=25),
    st.one_of(st.none(), st.just([20.0, 30.0, 50.0])),
)
def test_a_group_is_described_as_by_hand(parts: list[list[float]], own: list[float] | None) -> None:
    """Whatever is shown of all peers, with ties, zeros, missing parts and constants among them."""
    scheme = whole_scheme(TINY_SIZES)
    found = look(wholes(parts), own or [None] * 3, scheme=scheme)["all"]
    if found.others.shown == "none":
        full = [one for one in parts if not any(map(math.isnan, one)) and sum(one) > 0]
        shown_parts = all(np.count_nonzero(~np.isnan(column)) >= 3 for column in np.array(parts).T)
        centre = [float(np.median(column[~np.isnan(column)])) for column in np.array(parts).T if shown_parts]
        assert len(full) < 3 or not shown_parts or sum(centre) == 0
        assert found.distance is None
    else:
        assert_same(found, expected(parts, own, TINY_SIZES))


def test_the_own_distance_is_placed_among_the_others() -> None:
    found = look(wholes(varied(21)), [20.0, 30.0, 50.0])["all"]
    assert found.distance == 0.0
    assert found.others.percentile == 100 * 0.5 / 21
    assert found.others.shown == "quartiles"


def test_what_is_unlike_all_others_comes_last() -> None:
    assert look(wholes(varied(12)), [98.0, 1.0, 1.0])["all"].others.percentile == 100.0


def test_equal_peers_are_all_at_no_distance() -> None:
    found = look(wholes([[20.0, 30.0, 50.0]] * 12), [20.0, 30.0, 50.0])["all"]
    assert found == Whole(
        distance=0.0,
        others=Figure(n=12, shown="quartiles", median=0.0, p25=0.0, p75=0.0, percentile=50.0),
    )


@pytest.mark.parametrize("own", [[None, 30.0, 50.0], [None, None, None], [0.0, 0.0, 0.0]])
def test_without_an_own_whole_there_is_neither_distance_nor_position(own: list[float | None]) -> None:
    found = look(wholes(varied(12)), own)["all"]
    assert (found.distance, found.others.percentile, found.others.shown) == (None, None, "quartiles")


@pytest.mark.parametrize(
    ("count", "shown"), [(4, "none"), (5, "median"), (9, "median"), (10, "quartiles"), (25, "quartiles")]
)
def test_the_number_of_peers_with_all_parts_decides_what_is_shown(count: int, shown: str) -> None:
    parts = [*varied(count), *([[np.nan, 30.0, 60.0]] * 30)]
    found = look(wholes(parts), [20.0, 30.0, 50.0])["all"]
    assert (found.others.n, found.others.shown) == (count, shown)
    assert found.others.p5 is None
    assert found.others.p95 is None


def test_where_a_part_is_not_shown_the_whole_is_not_either() -> None:
    """Six have all parts, but where the first part has four values only nobody has them all."""
    parts = [[np.nan, 30.0, 60.0]] * 6 + varied(4)
    found = look(wholes(parts), [20.0, 30.0, 50.0])["all"]
    assert found == Whole(distance=None, others=Figure(n=4, shown="none"))


def test_where_all_medians_are_zero_there_is_no_centre() -> None:
    """Of five each part is zero in most: the medians are all zero, and close to nothing."""
    parts = [[100.0, 0.0, 0.0], [0.0, 100.0, 0.0], [0.0, 0.0, 100.0], [100.0, 0.0, 0.0], [0.0, 100.0, 0.0]]
    found = look(wholes(parts), [20.0, 30.0, 50.0])["all"]
    assert found == Whole(distance=None, others=Figure(n=5, shown="none"))


def test_a_group_that_differs_by_one_or_two_complete_peers_is_withheld_in_the_narrower() -> None:
    """Of ten abroad each part is told by six or more, but by two alone all of them."""
    abroad = [*varied(2), *([[np.nan, 30.0, 60.0]] * 4), *([[30.0, np.nan, 60.0]] * 4)]
    made = wholes([*varied(20), *abroad], country=["LT"] * 20 + ["PL"] * 10)
    found = look(made, [20.0, 30.0, 50.0])
    assert {id: (one.others.n, one.others.shown) for id, one in found.items()} == {
        "portfolio:ict": (22, "quartiles"),
        "country:LT": (20, "none"),
        "gold": (0, "none"),
        "all": (22, "quartiles"),
    }


def test_a_group_withheld_as_a_whole_shows_nothing_of_compositions() -> None:
    made = wholes(varied(22), country=["LT"] * 20 + ["PL"] * 2)
    assert look(made, [20.0, 30.0, 50.0])["country:LT"] == Whole(
        distance=None, others=Figure(n=20, shown="none")
    )


def test_without_a_readable_setting_nothing_is_shown_of_compositions() -> None:
    found = look(wholes(varied(30)), [20.0, 30.0, 50.0], scheme=whole_scheme(None))
    assert set(found.values()) == {NOTHING}


def test_an_empty_population_has_no_compositions_to_compare() -> None:
    assert set(look(wholes([]), [20.0, 30.0, 50.0]).values()) == {NOTHING}


def test_a_scheme_without_compositions_compares_none() -> None:
    scheme = replace(whole_scheme(), compositions={})
    made = wholes(varied(6))
    compared = compare({}, organisation=one_organisation(), population=made, scheme=scheme, on=ON)
    assert compare_compositions(compared, population=made, scheme=scheme) == {}

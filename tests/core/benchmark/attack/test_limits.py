"""What is not protected, exactly as far as the manual says and no farther."""

from dataclasses import replace

import pytest

from factories.attackers import NOTHING, Prior, Reader, Recovered, attack, report
from factories.benchmark import ON, SIZES, benchmark_scheme, one_organisation, population

DAY = "2026-10-11"
LARGEST, RUNNER_UP = f"Largest {DAY}", f"Runner-up {DAY}"


def largest_and_runner_up(small: int, *, full_from: int = 20) -> Recovered:
    """The runner-up pools his value with somebody's report, and everybody knows who is the largest."""
    values = [*([1.0, 2.0, 3.0] * 7)[:small], 4.0, 6.0]
    names = [*(f"Small {number}" for number in range(small)), "Runner-up", "Largest"]
    rows = [{"organisation": name, "X1.a": value} for name, value in zip(names, values, strict=True)]
    scheme = benchmark_scheme(replace(SIZES, full_from=full_from))
    told = report(Reader(organisation=one_organisation(), own=2.0), population(rows), scheme=scheme, on=ON)
    prior = Prior(
        domain=(1.0, 2.0, 3.0),
        known={RUNNER_UP: 4.0},
        among={LARGEST: (5.0, 6.0, 7.0)},
        largest=LARGEST,
    )
    return attack(told, prior)


def test_of_exactly_twenty_the_runner_up_and_another_reader_learn_the_largest() -> None:
    assert largest_and_runner_up(18) == Recovered(values={LARGEST: 6.0})


@pytest.mark.parametrize("small", [17, 19])
def test_of_any_other_number_they_do_not(small: int) -> None:
    assert largest_and_runner_up(small) == NOTHING


def test_a_scheme_that_shows_tails_from_twenty_one_on_has_no_such_limit() -> None:
    assert largest_and_runner_up(18, full_from=21) == NOTHING


def own_position(others: list[float], own: float) -> Recovered:
    rows = [{"organisation": f"Peer {number}", "X1.a": value} for number, value in enumerate(others)]
    reader = Reader(organisation=one_organisation(), own=own)
    told = report(reader, population(rows), scheme=benchmark_scheme(), on=ON)
    return attack(told, Prior(domain=(1.0, 2.0, 3.0, 4.0)))


def everybody(many: int, value: float) -> dict[str, float]:
    return {f"Peer {number} {DAY}": value for number in range(many)}


def test_a_reader_above_all_others_next_to_the_end_of_a_scale_knows_them_all() -> None:
    assert own_position([1.0] * 6, 2.0) == Recovered(values=everybody(6, 1.0))


def test_a_reader_who_is_like_all_others_at_the_end_of_a_scale_knows_them_all() -> None:
    assert own_position([4.0] * 6, 4.0) == Recovered(values=everybody(6, 4.0))


@pytest.mark.parametrize(("others", "own"), [([1.0] * 6, 3.0), ([3.0] * 6, 3.0), ([1.0] * 5 + [3.0], 2.0)])
def test_a_reader_who_is_neither_knows_nobody(others: list[float], own: float) -> None:
    assert own_position(others, own) == NOTHING


def test_three_who_are_all_that_one_group_has_more_than_another_are_known_if_they_are_alike() -> None:
    """The scheme asks for a difference of three; what three have in common shows."""
    rows = [
        *(
            {"organisation": f"Gold {n}", "X1.a": value, "level": "gold"}
            for n, value in enumerate([1, 2, 3] * 4)
        ),
        *({"organisation": f"Bronze {n}", "X1.a": 1.0} for n in range(3)),
    ]
    reader = Reader(organisation=one_organisation(), own=2.0)
    told = report(reader, population(rows), scheme=benchmark_scheme(), on=ON)
    found = attack(told, Prior(domain=(1.0, 2.0, 3.0)))
    assert found.values == {f"Bronze {number} {DAY}": 1.0 for number in range(3)}
    rows[-1]["X1.a"] = 3.0
    told = report(reader, population(rows), scheme=benchmark_scheme(), on=ON)
    assert attack(told, Prior(domain=(1.0, 2.0, 3.0))) == NOTHING

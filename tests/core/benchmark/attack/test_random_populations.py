"""What is recovered from random populations: nothing, or what the limits in the manual say."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from factories.attackers import NOTHING, Prior, Reader, Recovered, Told, attack, named, report
from factories.benchmark import ON, SIZES, benchmark_scheme, one_organisation, population
from touchstone.core.benchmark.model import Population
from touchstone.core.benchmark.prepared import prepare
from touchstone.core.benchmark.releases import KNOWN, renew

SCHEME = benchmark_scheme()
ROWS = st.fixed_dictionaries(
    {
        "country": st.sampled_from(["LT", "LT", "PL", "DE"]),
        "portfolio": st.sampled_from(["ict", "ict", "creative", "food"]),
        "level": st.sampled_from(["", "bronze", "gold"]),
        "X1.a": st.sampled_from([1.0, 2.0]),
    }
)
POPULATIONS = st.lists(ROWS, min_size=40, max_size=44).map(population)
# Nobody knows that no value lies outside 1 and 2.
OPEN = Prior(domain=(0.0, 1.0, 2.0, 3.0))
# Everybody knows that there is nothing else, as on a scale with two steps.
CLOSED = Prior(domain=(1.0, 2.0))
FEW = 15


def told_from_a_release(one: Population, own: float | None) -> list[Told]:
    release = renew(None, prepare(one, SCHEME), scheme=SCHEME, on=ON)
    reader = Reader(organisation=one_organisation(), own=own)
    return report(reader, one, scheme=SCHEME, on=ON, release=release)


def everybody_in(recovered: Recovered) -> set[str]:
    return set(recovered.values) | recovered.positions


@settings(max_examples=FEW)
@given(POPULATIONS)
def test_who_has_no_own_value_recovers_nothing(one: Population) -> None:
    assert attack(told_from_a_release(one, None), OPEN) == NOTHING


@settings(max_examples=FEW)
@given(POPULATIONS)
def test_at_the_ends_of_a_scale_only_those_are_recovered_who_are_many_and_alike(one: Population) -> None:
    found = attack(told_from_a_release(one, None), CLOSED)
    assert len(everybody_in(found)) not in range(1, SIZES.difference + KNOWN)


@settings(max_examples=FEW)
@given(POPULATIONS)
def test_a_reader_in_the_middle_of_each_group_recovers_nothing(one: Population) -> None:
    """His value is 1.5, and in each group that he is shown there are some on either side of it."""
    told = told_from_a_release(one, 1.5)
    values = {named(one, row): float(value) for row, value in enumerate(one.values["X1.a"])}
    for figure in told:
        above = sum(values[who] > 1.5 for who in figure.of)
        assume(
            figure.figure.shown == "none" or min(above, len(figure.of) - above) >= SIZES.difference + KNOWN
        )
    assert attack(told, OPEN) == NOTHING

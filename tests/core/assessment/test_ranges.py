import pytest

from factories.assessments import derived, measure, scale
from touchstone.core.assessment.ranges import LARGEST, range_in_words, range_of, whole
from touchstone.core.scheme.model import Kind, Measure


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Kind.COUNT, (0, LARGEST)),
        (Kind.NUMBER, (-LARGEST, LARGEST)),
        (Kind.SHARE, (0, 100)),
        (Kind.SCALE, (0, LARGEST)),
        (Kind.YEAR, (1800, 2200)),
        (Kind.MONEY, (0, LARGEST)),
    ],
)
def test_each_kind_has_its_range(kind: Kind, expected: tuple[float, float]) -> None:
    assert range_of(measure("X1.a", kind)) == expected


def test_the_pack_may_narrow_a_range() -> None:
    assert range_of(measure("X1.a", Kind.NUMBER, minimum=1, maximum=5)) == (1, 5)


def test_a_derived_measure_has_no_range() -> None:
    assert range_of(derived("X1.d", "sum", "X1.a", kind=Kind.SHARE)) == (-LARGEST, LARGEST)


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (scale("X1.a"), "from 0 to 4"),
        (measure("X1.a", Kind.COUNT), "from 0"),
        (measure("X1.a", Kind.NUMBER, maximum=2.5), "up to 2.5"),
        (measure("X1.a", Kind.NUMBER), ""),
    ],
)
def test_a_range_has_words(of: Measure, words: str) -> None:
    assert range_in_words(of) == words


def test_counts_are_whole_unless_they_are_derived() -> None:
    measures = (measure("X1.a", Kind.COUNT), derived("X1.d", "sum", "X1.a", kind=Kind.COUNT), measure("X1.b"))
    assert [whole(m) for m in measures] == [True, False, False]

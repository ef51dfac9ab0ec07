from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from factories.participants import participant
from touchstone.core.assessment.distance import distance_km
from touchstone.core.assessment.participants import OFFICE, TYPES, counted, office_in, summarise
from touchstone.core.assessment.spread import LIMITS_KM, Spread, spread

ON = date(2026, 10, 12)
OFFICE_AT = (0.0, 0.0)
KM = 1 / distance_km((0.0, 0.0), (1.0, 0.0))  # degrees of latitude in a kilometre

ROWS = st.lists(
    st.builds(
        participant,
        st.text("ab", min_size=1, max_size=2),
        type=st.sampled_from((*TYPES, OFFICE)),
        evidence=st.sampled_from(("", "fee")),
        left=st.sampled_from((None, date(2025, 1, 1), date(2027, 1, 1))),
        latitude=st.sampled_from((None, 0.0, 1.0, 3.0, 50.0)),
        longitude=st.just(0.0),
    )
)


def away(*km: float) -> Spread:
    rows = [participant(latitude=distance * KM, longitude=0.0) for distance in km]
    return spread(rows, office=OFFICE_AT)


def test_each_participant_is_in_the_band_of_its_distance() -> None:
    assert away(0, 49, 51, 149, 151, 499, 501, 5000) == Spread((2, 2, 2), 2, 0)


def test_who_has_no_position_is_unplaced() -> None:
    assert spread([participant(), participant(latitude=0.0, longitude=0.0)], office=OFFICE_AT) == Spread(
        (1, 0, 0), 0, 1
    )


def test_nobody_gives_empty_bands() -> None:
    assert (away(), away().total) == (Spread((0, 0, 0), 0, 0), 0)


def test_the_middle_limit_is_that_of_the_measure() -> None:
    assert LIMITS_KM == (50.0, 150.0, 500.0)


@given(ROWS)
def test_the_bands_hold_everybody_who_is_counted(rows: list) -> None:  # type: ignore[type-arg]  # of hypothesis
    found = counted(rows, on=ON)
    summary = summarise(rows, on=ON, country="LT", office=OFFICE_AT)
    assert len(found) == spread(found, office=OFFICE_AT).total == summary.values["A6.total"]


@given(ROWS)
def test_the_first_two_bands_are_the_share_near_the_office(rows: list) -> None:  # type: ignore[type-arg]  # see above
    bands = spread(counted(rows, on=ON), office=OFFICE_AT)
    placed = bands.total - bands.unplaced
    share = summarise(rows, on=ON, country="LT", office=OFFICE_AT).values.get("A7.within_150km")
    assert share is None or share == 100.0 * sum(bands.within[:2]) / placed


def test_the_office_is_found_by_its_row() -> None:
    rows = [participant(), participant(type=OFFICE, latitude=54.0, longitude=25.0)]
    assert office_in(rows) == (54.0, 25.0)


def test_without_a_row_of_the_office_it_is_nowhere() -> None:
    assert (office_in([]), office_in([participant(type=OFFICE)])) == (None, None)

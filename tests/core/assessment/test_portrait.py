from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.participants import participant
from touchstone.core.assessment.distance import Position
from touchstone.core.assessment.participants import OFFICE, Participant, counted
from touchstone.core.assessment.portrait import GRAIN, Portrait, Spot, portrait
from touchstone.core.assessment.spread import Spread

ON = date(2026, 10, 12)
VILNIUS, KAUNAS, BERLIN = (54.69, 25.28), (54.9, 23.9), (52.52, 13.4)


def office(position: Position | None = VILNIUS) -> Participant:
    latitude, longitude = position or (None, None)
    return participant("Office", type=OFFICE, latitude=latitude, longitude=longitude)


def at(position: Position, name: str = "Firm", **more: object) -> Participant:
    return participant(name, latitude=position[0], longitude=position[1], **more)


def drawn(*rows: Participant) -> Portrait:
    made = portrait(rows, on=ON)
    assert made is not None
    return made


def test_participants_of_one_town_are_one_spot_and_the_largest_is_first() -> None:
    made = drawn(office(), at(BERLIN, "A"), at(KAUNAS, "B"), at((54.901, 23.899), "C"), participant("D"))
    assert made == Portrait(
        office=VILNIUS,
        spots=(
            Spot(latitude=54.9, longitude=23.9, count=2),
            Spot(latitude=52.5, longitude=13.4, count=1),
        ),
        spread=Spread(within=(0, 2, 0), farther=1, unplaced=1),
    )


@pytest.mark.parametrize("rows", [(), (at(KAUNAS),), (office(None), at(KAUNAS))])
def test_without_the_position_of_the_office_there_is_no_portrait(rows: tuple[Participant, ...]) -> None:
    assert portrait(rows, on=ON) is None


def test_counted_are_the_committed_of_the_day_each_once() -> None:
    gone = at(KAUNAS, "Gone", left=date(2026, 10, 12))
    coming = at(KAUNAS, "Coming", joined=date(2026, 10, 13))
    idle = at(KAUNAS, "Idle", evidence="")
    made = drawn(office(), gone, coming, idle, at(KAUNAS, "Here"), at(KAUNAS, "HERE"))
    assert (made.spots, made.spread.total) == ((Spot(latitude=54.9, longitude=23.9, count=1),), 1)


def test_a_list_that_is_an_iterator_is_read_once() -> None:
    assert drawn(*iter([office(), at(KAUNAS)])) == drawn(office(), at(KAUNAS))


def test_both_sides_of_the_date_line_are_one_place() -> None:
    made = drawn(office(), at((-16.8, 179.99), "A"), at((-16.8, -179.99), "B"))
    assert made.spots == (Spot(latitude=-16.8, longitude=-180.0, count=2),)


def test_nought_has_no_sign() -> None:
    (spot,) = drawn(office(), at((-0.001, -0.001))).spots
    assert (str(spot.latitude), str(spot.longitude)) == ("0.0", "0.0")


positions = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(st.lists(st.one_of(st.none(), positions), max_size=30))
def test_every_participant_is_at_a_spot_near_its_place_or_unplaced(places: list[Position | None]) -> None:
    rows = [
        at(place, str(number)) if place else participant(str(number)) for number, place in enumerate(places)
    ]
    made = drawn(office(), *rows)
    placed = [place for place in places if place]
    assert sum(spot.count for spot in made.spots) == len(placed)
    assert made.spread.total == len(counted(rows, on=ON)) == len(places)
    assert [spot.count for spot in made.spots] == sorted((spot.count for spot in made.spots), reverse=True)
    for latitude, longitude in placed:
        turned = [abs((longitude - spot.longitude + 180) % 360 - 180) for spot in made.spots]
        risen = [abs(latitude - spot.latitude) for spot in made.spots]
        assert min(map(max, zip(turned, risen, strict=True))) <= GRAIN / 2 + 1e-6


@given(st.lists(positions, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_the_list_does_not_matter(places: list[Position], chance: object) -> None:
    rows = [at(place, str(number)) for number, place in enumerate(places)]
    turned = rows.copy()
    chance.shuffle(turned)  # type: ignore[attr-defined]  # hypothesis gives a Random
    assert drawn(office(), *turned) == drawn(office(), *rows)

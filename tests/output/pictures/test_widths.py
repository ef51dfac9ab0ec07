import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.drawn import NAMES
from touchstone.output.pictures.widths import fitted, fitted_number, printed, widest, width, wrapped

ROOMS = st.floats(0, 400)


@pytest.mark.parametrize(
    ("text", "bold", "units"),
    [
        ("", False, 0.0),
        ("0123456789", False, 5.72),
        ("1", True, 0.572),
        ("m", False, 0.935),
        ("…", False, 0.791),
        ("漢", False, 1.0),
    ],
)
def test_a_width_is_the_sum_of_the_advances_in_the_font(text: str, bold: bool, units: float) -> None:
    assert width(text, 1, bold=bold) == pytest.approx(units)
    assert width(text, 7, bold=bold) == pytest.approx(7 * units)


def test_bold_type_is_wider() -> None:
    assert width("own value", 8, bold=True) > width("own value", 8)


def test_the_widest_of_no_lines_takes_no_room() -> None:
    assert widest((), 7) == 0
    assert widest(("i", "mm"), 10) == pytest.approx(18.7)


@given(NAMES, ROOMS, st.booleans())
def test_what_is_fitted_has_room_and_is_the_text_or_its_beginning(text: str, room: float, bold: bool) -> None:
    made = fitted(text, room, 7, bold=bold)
    assert width(made, 7, bold=bold) <= room + 1e-6
    if width(text, 7, bold=bold) <= room:
        assert made == text
    elif made:
        assert made.endswith("…")
        assert text.startswith(made[:-1])


def test_a_cut_takes_no_more_than_it_must() -> None:
    text = "Wirtschaftsförderung"
    room = width("Wirtschaft…", 7)
    assert fitted(text, room, 7) == "Wirtschaft…"
    assert fitted(text, room - 0.01, 7) == "Wirtschaf…"
    assert fitted("ICT and more", width("ICT …", 7), 7) == "ICT…"


@pytest.mark.parametrize(("room", "made"), [(5.6, "…"), (5.5, "")])
def test_where_no_character_has_room_an_ellipsis_stands_if_it_can(room: float, made: str) -> None:
    assert fitted("Members", room, 7) == made


@pytest.mark.parametrize(("room", "made"), [(60.0, "123,456,789"), (30.0, "…"), (2.0, "")])
def test_a_number_is_whole_or_not_there(room: float, made: str) -> None:
    assert fitted_number("123,456,789", room, 7) == made


@pytest.mark.parametrize(
    ("most", "lines"),
    [
        (1, ("Performance m…",)),
        (2, ("Performance", "monitoring of t…")),
        (3, ("Performance", "monitoring of", "the management")),
        (4, ("Performance", "monitoring of", "the management")),
    ],
)
def test_a_long_name_is_wrapped_at_its_spaces_and_cut_in_its_last_line(
    most: int, lines: tuple[str, ...]
) -> None:
    assert wrapped("Performance monitoring of the management", 58, 7, most) == lines


def test_nothing_wraps_to_nothing_and_a_compound_is_cut_where_it_stands() -> None:
    assert wrapped("", 58, 7, 3) == ()
    assert wrapped("Wirtschaftsförderung in Europa", 40, 7, 2) == ("Wirtschaft…", "in Europa")


@given(NAMES, ROOMS, st.integers(1, 4), st.booleans())
def test_every_line_has_room(text: str, room: float, most: int, bold: bool) -> None:
    lines = wrapped(text, room, 7, most, bold=bold)
    assert len(lines) <= most
    assert all(width(line, 7, bold=bold) <= room + 1e-6 for line in lines)


def test_text_from_outside_becomes_one_line_that_prints() -> None:
    assert printed("Am\nber\u202e Co\x00ast") == "Am ber Co\N{REPLACEMENT CHARACTER}ast"

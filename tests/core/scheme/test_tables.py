from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from touchstone.core.faults import Fault
from touchstone.core.scheme.tables import Notes, Table

LEVELS = ("bronze", "silver", "gold")


def table(**values: object) -> tuple[Table, Notes]:
    notes = Notes()
    return Table(values, file="x.toml", notes=notes), notes


@pytest.mark.parametrize(
    ("value", "read", "found"),
    [
        ("Name", lambda t: t.text("key"), "Name"),
        (7, lambda t: t.number("key"), 7),
        (0.5, lambda t: t.number("key"), 0.5),
        (0.5, lambda t: t.number_if_any("key"), 0.5),
        (7, lambda t: t.whole("key"), 7),
        (True, lambda t: t.yes_no("key"), True),
        (False, lambda t: t.yes_no("key"), False),
        (date(2019, 11, 15), lambda t: t.day("key"), date(2019, 11, 15)),
        ("gold", lambda t: t.word("key", LEVELS), "gold"),
        (["a", "b"], lambda t: t.texts("key"), ("a", "b")),
        ({"a": "A", "b": "B"}, lambda t: t.labels("key"), {"a": "A", "b": "B"}),
        (True, lambda t: t.bare("key"), True),
    ],
)
def test_a_value_of_the_right_type_is_read(
    value: object, read: Callable[[Table], object], found: object
) -> None:
    read_table, notes = table(key=value)
    assert read(read_table) == found
    read_table.close()
    assert notes.faults == []


@pytest.mark.parametrize(
    ("read", "found"),
    [
        (lambda t: t.text("key", ""), ""),
        (lambda t: t.number_if_any("key"), None),
        (lambda t: t.yes_no("key", default=False), False),
        (lambda t: t.yes_no("key", default=True), True),
        (lambda t: t.word("key", LEVELS, "silver"), "silver"),
        (lambda t: t.texts("key", ()), ()),
        (lambda t: t.each("key", str, required=False), ()),
        (lambda t: t.bare("key"), None),
    ],
)
def test_a_key_with_a_default_may_be_left_out(read: Callable[[Table], object], found: object) -> None:
    read_table, notes = table()
    assert read(read_table) == found
    assert notes.faults == []


@pytest.mark.parametrize(
    ("read", "neutral", "wanted"),
    [
        (lambda t: t.text("key"), "", "a text in quotes"),
        (lambda t: t.number("key"), 0, "a number without quotes"),
        (lambda t: t.whole("key"), 0, "a whole number without quotes"),
        (lambda t: t.yes_no("key"), False, "true or false"),
        (lambda t: t.day("key"), date.min, "a date such as 2019-11-15, without quotes"),
        (lambda t: t.word("key", LEVELS), "bronze", "a text in quotes"),
        (lambda t: t.texts("key"), (), "a list of texts in quotes"),
        (lambda t: t.labels("key"), {}, "a table [key]"),
        (lambda t: t.each("key", str), (), "a list of tables [[key]]"),
    ],
)
def test_a_missing_key_is_noted_and_a_neutral_value_given(
    read: Callable[[Table], object], neutral: object, wanted: str
) -> None:
    read_table, notes = table()
    assert read(read_table) == neutral
    assert notes.faults == [Fault("x.toml: key", "This key is missing.", f"Add key = {wanted}.")]


@pytest.mark.parametrize(
    ("value", "read", "wanted"),
    [
        (7, lambda t: t.text("key"), "a text in quotes"),
        ("7", lambda t: t.number("key"), "a number without quotes"),
        (True, lambda t: t.number("key"), "a number without quotes"),
        (7.5, lambda t: t.whole("key"), "a whole number without quotes"),
        (True, lambda t: t.whole("key"), "a whole number without quotes"),
        (1, lambda t: t.yes_no("key"), "true or false"),
        ("2019-11-15", lambda t: t.day("key"), "a date such as 2019-11-15, without quotes"),
        (
            datetime(2019, 11, 15, tzinfo=UTC),
            lambda t: t.day("key"),
            "a date such as 2019-11-15, without quotes",
        ),
        ("a", lambda t: t.texts("key"), "a list of texts in quotes"),
        ("a", lambda t: t.labels("key"), "a table [key]"),
        ({}, lambda t: t.each("key", str), "a list of tables [[key]]"),
    ],
)
def test_a_value_of_another_type_is_noted(
    value: object, read: Callable[[Table], object], wanted: str
) -> None:
    read_table, notes = table(key=value)
    read(read_table)
    assert notes.faults == [Fault("x.toml: key", f"This is not {wanted}.", f"Write {wanted}.")]


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_an_empty_text_is_noted(text: str) -> None:
    read_table, notes = table(name=text)
    read_table.text("name")
    assert notes.faults == [Fault("x.toml: name", "The text is empty.", "Write it.")]


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf"), 1.1e12])
def test_a_number_that_nothing_can_be_reckoned_with_is_noted(number: float) -> None:
    read_table, notes = table(bound=number)
    read_table.number("bound")
    assert [(fault.place, fault.remedy) for fault in notes.faults] == [
        ("x.toml: bound", "Write a number of use.")
    ]


def test_a_whole_number_beyond_all_use_is_noted() -> None:
    read_table, notes = table(months=10**400)
    read_table.whole("months")
    assert notes.faults == [
        Fault("x.toml: months", "This number cannot be reckoned with.", "Write a number of use.")
    ]


def test_a_word_that_is_not_allowed_names_the_nearest() -> None:
    read_table, notes = table(level="sliver")
    assert read_table.word("level", LEVELS) == "bronze"
    assert notes.faults == [Fault("x.toml: level", '"sliver" is not allowed here.', 'Did you mean "silver"?')]


def test_an_entry_that_is_no_text_is_noted_and_left_out() -> None:
    read_table, notes = table(of=["a", 7, "b"])
    assert read_table.texts("of") == ("a", "b")
    assert notes.faults == [Fault("x.toml: of", "Not every entry is a text.", "Put each entry in quotes.")]


def test_an_entry_that_is_no_table_is_noted_and_left_out() -> None:
    read_table, notes = table(item=[{"name": "a"}, "b"])
    assert read_table.each("item", lambda item: item.text("name")) == ("a",)
    assert notes.faults == [Fault("x.toml: item", "Entry 2 is not a table.", "Write it as [[item]].")]


def test_a_key_that_nobody_asked_for_is_noted_with_the_nearest_known_one() -> None:
    read_table, notes = table(name="a", nmae="b")
    read_table.text("name")
    read_table.close()
    assert notes.faults == [Fault("x.toml: nmae", "This key is not known here.", 'Did you mean "name"?')]


def test_inner_tables_are_closed_too() -> None:
    read_table, notes = table(inner={"name": "a", "nmae": "b"}, item=[{"nmae": "c"}])
    read_table.inner("inner", lambda inner: inner.text("name"))
    read_table.each("item", lambda item: item.text("name", ""))
    assert [fault.place for fault in notes.faults] == ["x.toml: inner / nmae", "x.toml: item 1 / nmae"]


def test_an_entry_with_an_id_is_called_by_it_and_its_parts_by_their_number() -> None:
    read_table, notes = table(item=[{"id": "A1", "level": [{}]}])
    read_table.each(
        "item", lambda item: (item.text("id"), item.each("level", lambda level: level.whole("points")))
    )
    assert [fault.place for fault in notes.faults] == ["x.toml: A1 / level 1 / points"]
    assert notes.places == {("item", "A1"): "x.toml: A1"}


def test_an_id_stands_once_among_items_of_its_kind() -> None:
    read_table, notes = table(item=[{"id": "A1"}, {"id": "A1"}], other=[{"id": "A1"}])
    read_table.each("item", lambda item: item.text("id"))
    read_table.each("other", lambda item: item.text("id"))
    assert notes.faults == [
        Fault("x.toml: A1 / id", "The item A1 is there twice, first in x.toml: A1.", "Rename one.")
    ]


def test_faults_can_be_noted_elsewhere_while_the_keys_count_as_asked_for() -> None:
    read_table, notes = table(sizes={"least": "five"})
    elsewhere = Notes()
    read_table.diverted(elsewhere).inner("sizes", lambda sizes: sizes.whole("least"))
    read_table.close()
    assert [fault.place for fault in elsewhere.faults] == ["x.toml: sizes / least"]
    assert notes.faults == []


def test_the_place_of_a_table_is_its_file_and_its_path() -> None:
    read_table, _ = table(inner={})
    assert read_table.place == "x.toml"
    assert read_table.inner("inner", lambda inner: inner.place) == "x.toml: inner"

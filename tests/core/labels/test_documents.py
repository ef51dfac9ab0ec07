import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.labels import act, award, chained, moment
from touchstone.core.faults import Unusable
from touchstone.core.labels.documents import (
    act_as_document,
    act_from_document,
    act_from_text,
    canonical,
    entry_as_document,
    entry_from_document,
    fields_from_text,
    head_as_document,
    head_from_document,
    restored,
    stored,
)
from touchstone.core.labels.model import Act, EntryKind, Head, LabelLevel

TEXTS = st.text(max_size=20)
DAYS = st.none() | st.dates()
ACTS = st.builds(
    Act,
    kind=st.sampled_from(EntryKind),
    organisation=TEXTS,
    name=TEXTS,
    country=TEXTS,
    portfolio=TEXTS,
    effective=st.dates(),
    recorded=st.datetimes(timezones=st.just(UTC)),
    actor=TEXTS,
    rule_set=TEXTS,
    level=st.none() | st.sampled_from(LabelLevel),
    valid_from=DAYS,
    valid_until=DAYS,
    renewable_until=DAYS,
    website=TEXTS,
    reason=TEXTS,
    case=TEXTS,
    origin=TEXTS,
    derived=st.lists(TEXTS, max_size=3).map(tuple),
    corrects=st.none() | st.integers(0, 10**9),
    host=TEXTS,
    others=st.lists(TEXTS, max_size=3).map(tuple),
    meeting=TEXTS,
)


def test_the_canonical_form_of_an_act_is_pinned() -> None:
    """This text is what is signed. It must never change for an act that can be written today."""
    one = act(name="Klaster Obróbki “Ł”", derived=("valid_from",), recorded=moment("2026-11-21T14:32:00.5"))
    assert canonical(act_as_document(one)) == (
        '{"actor":"committee","country":"PL","derived":["valid_from"],"effective":"2024-01-10","kind":"award",'
        '"level":"bronze","name":"Klaster Obróbki “Ł”","organisation":"pl-aviation-valley",'
        '"portfolio":"aviation-space","recorded":"2026-11-21T14:32:00.500000Z",'
        '"renewable_until":"2027-01-31","rule_set":"2020","valid_from":"2024-01-10","valid_until":"2026-01-31"}'
    )


def test_what_is_empty_is_left_out() -> None:
    document = act_as_document(act(EntryKind.RENAME))
    assert sorted(document) == [
        "actor", "country", "effective", "kind", "name", "organisation", "portfolio", "recorded", "rule_set",
    ]  # fmt: skip


def test_a_moment_of_another_time_zone_is_written_in_utc() -> None:
    there = datetime(2026, 11, 21, 15, 0, tzinfo=timezone(timedelta(hours=1)))
    assert act_as_document(act(recorded=there))["recorded"] == "2026-11-21T14:00:00.000000Z"


@given(ACTS)
def test_an_act_comes_back_from_its_text(one: Act) -> None:
    text = canonical(act_as_document(one))
    assert act_from_text(text) == act_from_text(text.encode()) == one


@given(ACTS)
def test_writing_again_gives_the_same_text(one: Act) -> None:
    text = canonical(act_as_document(one))
    assert canonical(act_as_document(act_from_text(text))) == text


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"kind": "promotion"}, "kind"),
        ({"level": "platinum"}, "level"),
        ({"effective": "yesterday"}, "effective"),
        ({"effective": 20240110}, "effective"),
        ({"recorded": "2024-02-01T00:00:00"}, "recorded"),
        ({"derived": "valid_from"}, "derived"),
        ({"derived": [1]}, "derived"),
        ({"corrects": "1"}, "corrects"),
        ({"corrects": True}, "corrects"),
        ({"name": None}, "name"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_field_that_is_not_what_it_should_be_is_named(change: dict[str, Any], place: str) -> None:
    with pytest.raises(Unusable) as refused:
        act_from_document(act_as_document(act()) | change)
    assert refused.value.faults[0].place == place


@pytest.mark.parametrize("name", ["kind", "effective", "recorded"])
def test_an_act_without_kind_or_day_is_refused(name: str) -> None:
    document = act_as_document(act())
    del document[name]
    with pytest.raises(Unusable) as refused:
        act_from_document(document)
    assert str(refused.value) == f"{name}: is missing."


@pytest.mark.parametrize("text", ["", "{", "[]", '"act"', "[" * 100_000, b"\xff\xfe{"])
def test_a_text_that_is_no_act_is_refused(text: str | bytes) -> None:
    with pytest.raises(Unusable) as refused:
        act_from_text(text)
    assert refused.value.faults[0].place == "act"


def test_the_same_act_in_another_form_is_refused() -> None:
    spaced = json.dumps(act_as_document(act()))
    with pytest.raises(Unusable, match="canonical"):
        act_from_text(spaced)


@pytest.mark.parametrize(
    "change",
    [
        {"effective": "20240110"},
        {"valid_from": "2024-W02-3"},
        {"recorded": "2024-02-01T00:00:00Z"},
        {"recorded": "2024-02-01T00:00:00.000000+00:00"},
        {"recorded": "0001-01-01T00:00:00.000000+23:00"},
        {"name": ""},
        {"derived": []},
        {"others": []},
        {"reason": "\ud800"},
    ],
)
def test_a_value_that_is_written_in_another_way_is_refused(change: dict[str, Any]) -> None:
    document = act_as_document(act()) | change
    with pytest.raises(Unusable, match="canonical"):
        act_from_text(json.dumps(document, sort_keys=True, separators=(",", ":")))


GRANTED = act_as_document(award(date(2024, 1, 10), date(2026, 1, 31)))
VALUES = st.sampled_from(
    ["", "x", "\u017b", "2024-01-10", "20240110", "2024-02-01T00:00:00.000000Z", "2024-02-01T01:00:00+01:00"]
) | st.sampled_from([[], [""], ["x"], 0, 3, True, None, "award", "gold"])


@given(st.dictionaries(st.sampled_from([*GRANTED, "corrects", "others", "host"]), VALUES))
def test_a_text_is_accepted_where_it_is_the_one_that_its_act_gives(changes: dict[str, Any]) -> None:
    document = {**GRANTED, **changes}
    try:
        said = act_from_document(document)
    except Unusable:
        said = None
    text = canonical(document)
    if said is not None and canonical(act_as_document(said)) == text:
        assert Act(**fields_from_text(text.encode())) == said
    else:
        with pytest.raises(Unusable):
            fields_from_text(text.encode())


def test_a_key_that_stands_twice_is_refused() -> None:
    text = canonical(act_as_document(act())).replace('"kind":"award"', '"kind":"withdrawal","kind":"award"')
    with pytest.raises(Unusable, match="canonical"):
        act_from_text(text)


def test_an_entry_comes_back_from_its_document_and_from_what_is_stored() -> None:
    (entry,) = chained(award(date(2024, 1, 10), date(2026, 1, 31)))
    assert entry_from_document(json.loads(json.dumps(entry_as_document(entry)))) == entry
    assert restored(stored(entry)) == entry


def test_an_entry_document_names_what_is_wrong_in_it() -> None:
    (entry,) = chained(act())
    document = entry_as_document(entry)
    for wrong, message in (
        (document | {"number": "1"}, "number: cannot be read: '1'."),
        (document | {"act": 5}, "act: is not a JSON object."),
        ([document], "entry: is not a JSON object."),
        ({key: value for key, value in document.items() if key != "hash"}, "hash: is missing."),
    ):
        with pytest.raises(Unusable) as refused:
            entry_from_document(wrong)
        assert str(refused.value) == message


HEAD = Head(
    day=date(2026, 11, 21), number=7, entry="ab" * 32, previous="0" * 64, hash="cd" * 32, key="key-1",
    signature="ef" * 64,
)  # fmt: skip


def test_a_head_comes_back_from_its_document() -> None:
    assert head_from_document(json.loads(json.dumps(head_as_document(HEAD)))) == HEAD


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"day": "2026-02-30"}, "day: cannot be read: '2026-02-30'."),
        ({"number": 7.0}, "number: cannot be read: 7.0."),
        ({"entry": None}, "entry: cannot be read: None."),
        ({"act": {}}, "act: is not a field of a head."),
    ],
)
def test_a_head_document_names_what_is_wrong_in_it(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(Unusable) as refused:
        head_from_document(head_as_document(HEAD) | changes)
    assert str(refused.value) == message

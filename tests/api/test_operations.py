"""What the interface answers, question by question."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from factories.apps import entry
from factories.opened import register
from touchstone.apps.register.models import LedgerEntry
from touchstone.core.labels.documents import canonical
from touchstone.core.labels.model import EntryKind

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"


@pytest.fixture
def everything() -> None:
    register()


def asked(path: str, **query: object) -> Any:
    response = Client().get(f"{ROOT}{path}", query)
    assert response.status_code == 200, response.content
    return response.json()


def refused(path: str, **query: object) -> tuple[int, list[tuple[str, str]]]:
    response = Client().get(f"{ROOT}{path}", query)
    assert response["Content-Type"] == "application/problem+json"
    return response.status_code, [(e["parameter"], e["remedy"]) for e in response.json().get("errors", [])]


def keys(path: str = "/organisations", **query: object) -> list[str]:
    return [one["key"] for one in asked(path, **query)["items"]]


@pytest.mark.usefixtures("everything")
def test_an_organisation_in_a_list_is_told_in_full() -> None:
    document = asked("/organisations", q="lodz")
    assert document == {
        "on": "2026-11-21",
        "known": "2026-11-21T12:00:00Z",
        "items": [
            {
                "key": "pl-lodz", "name": "=Klaster „Łódź”, ICT", "former_names": [], "country": "PL",
                "portfolio": "ict", "website": "", "host": "", "level": "bronze", "status": "lapsed",
                "valid_from": "2011-02-23", "valid_until": "2013-02-23", "renewable_until": "2014-02-23",
                "first_labelled_on": "2011-02-23", "page": "http://localhost:8000/register/pl-lodz/",
            }
        ],
        "next": None,
    }  # fmt: skip


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize("known", [{}, {"known": "2026-11-21T11:59:59.999999Z"}])
def test_pages_are_followed_to_the_end(known: dict[str, str]) -> None:
    client, found = Client(), []
    address: str | None = f"{ROOT}/organisations?limit=4" + "".join(f"&{k}={v}" for k, v in known.items())
    while address:
        response = client.get(address)
        document = response.json()
        found.append([one["key"] for one in document["items"]])
        following = document["next"]
        assert response.get("Link") == (f'<{following}>; rel="next"' if following else None)
        address = following and f"{urlsplit(following).path}?{urlsplit(following).query}"
    # What happened at noon was not known a moment before: nothing had become of lt-stopped.
    assert found == [["de-new", "ee-one", "lt-amber", "lt-stopped"], ["lv-taken", "pl-lodz"]]


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"level": "gold"}, ["lt-amber"]),
        ({"state": "withdrawn"}, ["lv-taken"]),
        ({"country": "EE"}, ["ee-one"]),
        ({"portfolio": "food"}, ["lv-taken"]),
        ({"expiring_within": 14}, ["lt-amber"]),
        ({"q": "strase"}, ["de-new"]),
        ({"on": "2012-01-01"}, ["pl-lodz"]),
        ({"as_of": "2012-01-01"}, ["pl-lodz"]),
        ({"on": "2012-01-01", "as_of": "2012-01-01"}, ["pl-lodz"]),
        ({"on": "0001-01-01"}, []),
        ({"on": "9999-12-31", "state": "lapsed", "country": "FI"}, ["fi-later"]),
        ({"known": "2026-11-19"}, []),
        ({"known": "2999-12-31", "country": "EE"}, ["ee-one"]),
    ],
)
def test_filters_are_those_of_the_register(query: dict[str, object], found: list[str]) -> None:
    assert keys(**query) == found


@pytest.mark.usefixtures("everything")
def test_an_organisation_tells_levels_names_and_relatives() -> None:
    document = asked("/organisations/lt-amber")
    assert [(one["level"], one["status"]) for one in document["levels"]] == [
        ("gold", "valid"),
        ("bronze", "valid"),
    ]
    assert document["predecessors"] == [
        {"key": "ee-one", "name": "One", "kind": "merger", "effective": "2026-11-15"}
    ]
    assert asked("/organisations/de-new")["former_names"] == ["Neue Straße"]
    assert document["history"] == "http://localhost:8000/api/v1/organisations/lt-amber/history"


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize(
    ("key", "query", "wanted"),
    [
        ("lt-amber", {}, "valid"),
        ("pl-lodz", {"on": "2013-02-23"}, "valid"),
        ("pl-lodz", {"on": "2013-02-24"}, "expired_renewable"),
        ("pl-lodz", {"on": "2009-12-31"}, "never"),
        ("pl-lodz", {"on": "2999-01-01"}, "lapsed"),
        ("lt-stopped", {}, "suspended"),
        ("lt-stopped", {"known": "2026-11-20"}, "valid"),
        ("lt-stopped", {"known": "2026-11-19"}, "never"),
        ("fi-later", {}, "never"),
    ],
)
def test_status_on_a_day_as_known_at_a_moment(key: str, query: dict[str, str], wanted: str) -> None:
    assert asked(f"/organisations/{key}/status", **query)["status"] == wanted


@pytest.mark.usefixtures("everything")
def test_status_is_the_document_of_the_command_line() -> None:
    assert asked("/organisations/ee-one/status", on="2026-11-20") == {
        "organisation": "ee-one", "level": "bronze", "status": "lapsed", "valid_from": "2026-10-12",
        "valid_until": "2026-11-14", "renewable_until": "2026-11-14", "on": "2026-11-20",
        "known": "2026-11-21T12:00:00.000000Z", "successors": ["lt-amber"],
        "levels": [
            {
                "level": "bronze", "status": "lapsed", "valid_from": "2026-10-12",
                "valid_until": "2026-11-14", "renewable_until": "2026-11-14",
            }
        ],
    }  # fmt: skip


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize("path", ["/organisations/ee-one/status", "/organisations", "/scheme"])
def test_an_answer_that_is_opened_in_a_browser_loads_nothing(path: str) -> None:
    policy = "default-src 'none'; frame-ancestors 'none'"
    assert Client().get(f"/api/v1{path}")["Content-Security-Policy"] == policy


def test_a_kept_status_is_forgotten_when_the_ledger_grows() -> None:
    entry()
    before = asked("/organisations/lt-amber/status")["status"]
    entry(kind=EntryKind.WITHDRAWAL, level=None, valid_from=None, valid_until=None, renewable_until=None)
    assert (before, asked("/organisations/lt-amber/status")["status"]) == ("valid", "withdrawn")


@pytest.mark.usefixtures("everything")
def test_history_tells_what_happened_by_day_of_effect() -> None:
    document = asked("/organisations/lt-stopped/history")
    assert [(one["number"], one["kind"], one["reason"]) for one in document["items"]] == [
        (4, "award", ""),
        (9, "suspension", "An example."),
    ]
    assert [
        one["number"] for one in asked("/organisations/lt-stopped/history", known="2026-11-20")["items"]
    ] == [4]


@pytest.mark.usefixtures("everything")
def test_figures_never_mix_valid_with_ever() -> None:
    assert asked("/figures") == {
        "on": "2026-11-21", "valid": 2, "ever": 6,
        "levels": [
            {"level": "bronze", "valid": 2, "ever": 6},
            {"level": "silver", "valid": 0, "ever": 0},
            {"level": "gold", "valid": 1, "ever": 1},
        ],
    }  # fmt: skip


@pytest.mark.usefixtures("everything")
def test_the_ledger_is_given_entry_by_entry_as_it_was_signed() -> None:
    first = asked("/ledger/entries", limit=7)
    rest = asked("/ledger/entries", limit=7, after=7)
    given = first["items"] + rest["items"]
    assert [one["number"] for one in given] == list(range(1, 13))
    signed = [canonical(one["act"]) for one in given]
    assert signed == [entry.document for entry in LedgerEntry.objects.order_by("number")]
    following = "http://localhost:8000/api/v1/ledger/entries?limit=7&after=7"
    assert (first["next"], rest["next"]) == (following, None)


@pytest.mark.usefixtures("everything")
def test_the_heads_of_closed_days_are_given() -> None:
    heads = asked("/ledger/heads")["items"]
    assert [(head["day"], head["number"]) for head in heads] == [("2026-11-20", 8)]


def test_the_scheme_tells_the_ids_that_other_answers_use() -> None:
    document = asked("/scheme")
    assert [one["id"] for one in document["levels"]] == ["bronze", "silver", "gold"]
    assert {"id": "ict", "name": "ICT"} in document["portfolios"]
    assert [one["id"] for one in document["rule_sets"]][:3] == ["2010", "2012", "2014"]


UNUSABLE = [
    ("/organisations", {"lvel": "gold"}, [("lvel", 'Did you mean "level"?')]),
    ("/organisations", {"level": "platinum"}, [("level", "It is one of bronze, silver, gold.")]),
    ("/organisations", {"state": "never"}, [
        ("state", "It is one of valid, expired_renewable, lapsed, suspended, withdrawn.")
    ]),
    ("/organisations", {"country": "pl"}, [("country", "Write two capital letters, such as PL.")]),
    ("/organisations", {"portfolio": "itc"}, [("portfolio", 'Did you mean "ict"?')]),
    ("/organisations", {"limit": "0"}, [
        ("limit", "Write a whole number; its greatest value is in /api/v1/openapi.json.")
    ]),
    ("/organisations", {"on": "2013-2-3"}, [("on", "Write it as 2013-02-23.")]),
    ("/organisations", {"on": "2013-02-30"}, [("on", "Write it as 2013-02-23.")]),
    ("/organisations", {"on": "٢٠١٣-٠٢-٢٣"}, [("on", "Write it as 2013-02-23.")]),
    ("/organisations", {"on": "2013-02-23", "as_of": "2013-02-24"}, [("as_of", "Give one of the two.")]),
    ("/organisations", {"on": ["2013-02-23", "2013-02-23"]}, [("on", "Give it once.")]),
    ("/organisations", {"known": "yesterday"}, [
        ("known", "Write it as 2026-11-21 or 2026-11-21T14:30:00Z; a + is written %2B in an address.")
    ]),
    ("/organisations", {"known": "9999-12-31T23:59:59-14:00"}, [
        ("known", "Write it as 2026-11-21 or 2026-11-21T14:30:00Z; a + is written %2B in an address.")
    ]),
    ("/organisations", {"q": "x" * 201}, [
        ("q", "Ask for 200 characters at most: part of a name is enough.")
    ]),
    ("/organisations", {"cursor": "x"}, [
        ("cursor", "Take it as “next” gave it, all else unchanged, or leave it out to begin anew.")
    ]),
    ("/ledger/entries", {"after": "-1"}, [("after", "Write the number of a ledger entry, or 0.")]),
    ("/scheme", {"on": "2013-02-23"}, [("on", "This address takes no parameters.")]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "query", "errors"), UNUSABLE)
def test_a_parameter_that_cannot_be_used_is_named_with_its_remedy(
    path: str, query: dict[str, object], errors: list[tuple[str, str]]
) -> None:
    assert refused(path, **query) == (400, errors)


@pytest.mark.parametrize(
    "text", ["'; DROP TABLE register_registerspan; --", "<script>", "%", "\0", "\ud7ff", "🙂" * 200]
)
def test_any_text_may_be_searched_for(text: str) -> None:
    entry()
    assert keys(q=text) in ([], ["lt-amber"])


@pytest.mark.parametrize("tail", ["", "/status", "/history"])
@pytest.mark.parametrize("key", ["nobody", "LT-AMBER", "lt-amber%00", "%F0%9F%99%82", "x" * 300, "-"])
def test_not_found_says_what_it_means(key: str, tail: str) -> None:
    entry()
    response = Client().get(f"{ROOT}/organisations/{key}{tail}")
    document = response.json()
    assert (response.status_code, document["type"], "no organisation" in document["title"].lower()) == (
        404,
        "http://localhost:8000/api/#no-organisation",
        True,
    )


@pytest.mark.usefixtures("everything")
def test_an_organisation_that_held_nothing_yet_is_told_apart() -> None:
    response = Client().get(f"{ROOT}/organisations/fi-later")
    assert (response.status_code, response.json()["detail"]) == (
        404,
        "As known at that moment, the organisation held no label on 2026-11-21 or before.",
    )

"""What the status lists say that somebody saved with the keys, away from the register."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from factories import issued
from factories.apps import NOW
from touchstone.apps.verification.answers import answer
from touchstone.apps.verification.asking import Asked
from touchstone.apps.verification.examining import examined
from touchstone.apps.verification.saved import places as places_of
from touchstone.core.labels.checks import Check, CheckName, Verification
from touchstone.output.credentials.proofs import JsonObject, signed

PLACE = 42  # of the credential of `issued`, in both lists
THINGS: dict[str, Callable[[], bytes | str]] = {
    "certificate": issued.certificate,
    "credential": issued.credential,
    "token": issued.jwt,
    "svg": issued.svg,
    "png": issued.png,
}


def offline(
    content: bytes | str, lists: list[JsonObject], *, days: int = 0, at: datetime = NOW
) -> Verification:
    """Checked with lists that were saved so many days before."""
    known = {str(one["id"]): one for one in lists}
    trust = replace(issued.keys().trust, lists=known, published=at - timedelta(days=days))
    return examined(content, Asked(at=at, trust=trust))


def saved(found: Verification) -> Check:
    check = found.check(CheckName.SAVED)
    assert check is not None
    return check


@pytest.mark.parametrize("thing", THINGS)
def test_a_credential_that_was_not_stopped_is_told_with_the_day_of_the_list(thing: str) -> None:
    found = offline(THINGS[thing](), issued.status_lists(), days=2)
    assert (found.outcome.value, found.genuine) == ("unknown", True)
    assert answer(found) == (
        "Genuine: issued for the Bronze label of Amber Cluster, until 31 October 2028. Not revoked or "
        "suspended as of 19 November 2026, by the list that you saved 2 days ago. "
        "What happened since was not looked up."
    )


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "saved today."),
        (1, "saved yesterday."),
        (30, "saved 30 days ago."),
        (31, "saved 31 days ago. It is old: save it anew."),
    ],
)
def test_the_age_of_the_list_is_named(days: int, said: str) -> None:
    made = issued.status_lists(since=NOW - timedelta(days=90))
    check = saved(offline(issued.credential(), made, days=days))
    assert (check.passed, check.detail.partition("you ")[2]) == (True, said)


@pytest.mark.parametrize(
    ("stopped", "said"),
    [
        (
            {"revocation": (PLACE,)},
            (
                "Revoked as of 20 November 2026, by the list that you saved yesterday: "
                "the label was withdrawn, ended early or corrected."
            ),
        ),
        (
            {"suspension": (PLACE,)},
            (
                "Suspended as of 20 November 2026, by the list that you saved yesterday. "
                "Ask the register whether it still is."
            ),
        ),
    ],
)
@pytest.mark.parametrize("thing", THINGS)
def test_a_stopped_credential_is_genuine_and_invalid(
    thing: str, stopped: dict[str, tuple[int, ...]], said: str
) -> None:
    found = offline(THINGS[thing](), issued.status_lists(**stopped), days=1)
    assert (found.outcome.value, found.genuine, saved(found).passed) == ("invalid", True, False)
    assert answer(found) == f"Genuine, but not valid. {said}"


def test_the_bit_of_a_neighbour_says_nothing() -> None:
    made = issued.status_lists(revocation=(PLACE - 1, PLACE + 1), suspension=(PLACE + 8,))
    assert saved(offline(issued.credential(), made)).passed is True


def bent(change: dict[str, Any], subject: dict[str, Any] | None = None) -> list[JsonObject]:
    """The lists with something in them changed, and signed as they are then."""
    made = issued.status_lists()
    pair = issued.keys().pair
    method = next(iter(issued.keys().trust.methods))
    again = []
    for one in made:
        document = {name: value for name, value in one.items() if name != "proof"} | change
        document["credentialSubject"] = {**one["credentialSubject"], **(subject or {})}  # type: ignore[dict-item]  # an object
        again.append(signed(document, pair, method=method, created=issued.AT))
    return again


@pytest.mark.parametrize(
    "lists",
    [
        issued.status_lists("forger"),
        [{**one, "validFrom": "2026-01-01T00:00:00Z"} for one in issued.status_lists()],
        [{"id": one["id"]} for one in issued.status_lists()],
        bent({"validFrom": "2026-11-29T00:00:00Z"}),
        bent({"type": ["VerifiableCredential"]}),
        bent({}, {"statusPurpose": "suspension"}),
        bent({}, {"encodedList": "u"}),
        bent({}, {"encodedList": "uH4sIAAAAAAAA_2NgGAWjYBSMglEwCkbBcAQABSYIWAACAAA"}),
    ],
    ids=[
        "forged",
        "changed",
        "empty",
        "of a later day",
        "another kind",
        "another purpose",
        "no list",
        "short",
    ],
)
def test_a_list_that_the_issuer_did_not_sign_so_is_not_looked_at(lists: list[JsonObject]) -> None:
    found = offline(issued.credential(), lists)
    assert saved(found) == Check(
        CheckName.SAVED,
        None,
        "Not looked at: the list that you saved on 21 November 2026 is none that labels.example.org signed "
        "by that day.",
    )
    assert found.outcome.value == "unknown"
    assert answer(found).endswith("Whether the label was suspended or withdrawn since was not looked up.")


def test_a_list_without_the_credentials_place_is_older_than_it() -> None:
    said = "The lists that you saved on 19 November 2026 do not have it: it was issued later. Save them anew."
    for lists in ([], issued.status_lists()[:1]):
        check = saved(offline(issued.credential(), lists, days=2))
        assert (check.passed, check.detail) == (None, said)


def test_a_list_of_a_day_to_come_is_not_believed() -> None:
    check = saved(offline(issued.credential(), issued.status_lists(), days=-2))
    assert (check.passed, check.detail) == (
        None,
        "Not looked at: the list says that it was saved on 23 November 2026, which is still to come.",
    )
    assert saved(offline(issued.credential(), issued.status_lists(), days=-1)).passed is True


def test_nothing_is_said_of_a_credential_that_is_not_genuine() -> None:
    for content in (issued.credential("forger"), issued.credential().replace("Amber", "Ember"), "57"):
        assert offline(content, issued.status_lists()).check(CheckName.SAVED) is None


def test_without_saved_lists_nothing_is_said_of_them() -> None:
    asked = Asked(at=NOW, trust=issued.keys().trust)
    assert examined(issued.credential(), asked).check(CheckName.SAVED) is None


@pytest.mark.parametrize(
    "places",
    [
        None,
        [],
        "x",
        ["x"],
        [{"statusPurpose": "revocation", "statusListIndex": "1", "statusListCredential": "x"}],
        [{"statusPurpose": "message", "statusListIndex": "1", "statusListCredential": "x"}] * 2,
        [{"statusPurpose": one, "statusListIndex": "-1"} for one in ("revocation", "suspension")],
        [{"statusPurpose": one, "statusListIndex": "9" * 5000} for one in ("revocation", "suspension")],
    ],
)
def test_places_that_are_not_as_ours_are_none(places: object) -> None:
    assert places_of({"credentialStatus": places}) == ()

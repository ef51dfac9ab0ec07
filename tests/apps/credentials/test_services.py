import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

from factories.apps import NOW, CaseFactory, OrganisationFactory, ReportRunFactory, entry
from factories.credentials import ADDRESS, DID, status_bits
from touchstone.apps.credentials import issuing, services
from touchstone.apps.credentials.models import IssuedCredential, StatusList
from touchstone.apps.refusal import Refused
from touchstone.core.labels.model import EntryKind, LabelLevel
from touchstone.output.credentials import bits, check, check_token
from touchstone.output.keys import load, public_keys, publish

pytestmark = pytest.mark.django_db
NOTHING = {"level": None, "valid_from": None, "valid_until": None, "renewable_until": None}
UNTIL = date(2028, 10, 31)


@pytest.fixture(autouse=True)
def address(settings: Settings) -> Iterator[None]:
    settings.TOUCHSTONE_ADDRESS = ADDRESS
    settings.TOUCHSTONE_NAME = "The label office"
    return


def later(seconds: int = 1) -> datetime:
    return NOW + timedelta(seconds=seconds)


def then(kind: EntryKind, seconds: int = 1, **fields: Any) -> int:
    """Something that happened to the label of the Amber cluster some seconds later, in effect that day."""
    given = {**NOTHING, "effective": NOW.date(), "recorded": later(seconds), **fields}
    return entry(kind=kind, **given).number


def read(number: int, at: datetime = NOW, **asked: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(services.credential(number, at=at, **asked))
    return found


def bits_now(number: int, at: datetime = NOW) -> tuple[bool, bool]:
    return status_bits(services.credential(number, at=at), at=at)


# --- what one says


def test_a_credential_is_signed_by_the_installation_and_says_what_was_granted() -> None:
    number = entry().number
    found = read(number)
    checked = check(found, issuer=DID, methods=services.issuer_methods())
    assert checked.intact
    assert found["id"] == f"{ADDRESS}/credentials/{number}.json"
    assert found["issuer"]["id"] == services.issuer() == DID
    assert found["issuer"]["name"] == "The label office"
    assert (found["validFrom"], found["validUntil"]) == ("2026-10-12T00:00:00Z", "2028-10-31T23:59:59Z")
    assert found["credentialSubject"]["id"] == f"{ADDRESS}/register/lt-amber/"
    assert found["name"] == "Bronze label of Amber Cluster"
    assert found["proof"]["created"] == "2026-11-21T12:00:00Z"


def test_the_token_says_the_same() -> None:
    number = entry().number
    found = read(number)
    checked = check_token(
        services.credential_jwt(number, at=NOW), issuer=DID, methods=services.issuer_methods()
    )
    assert checked.intact
    assert {**checked.document, "proof": found["proof"]} == found


def test_it_says_what_the_scheme_is_not() -> None:
    assert "This is not the official scheme" in read(entry().number)["description"]


@pytest.mark.parametrize("synthetic", [True, False])
def test_a_label_of_an_invented_organisation_is_marked(synthetic: bool) -> None:
    OrganisationFactory(key="lt-amber", synthetic=synthetic)
    assert read(entry().number)["name"].startswith("Demonstration: ") is synthetic


@pytest.mark.parametrize("synthetic", [True, False])
def test_a_label_that_rests_on_made_up_peers_is_marked(synthetic: bool) -> None:
    case = CaseFactory(reference="2026-0001")
    ReportRunFactory(case=case, state="done", synthetic=synthetic)
    assert read(entry(case="2026-0001").number)["name"].startswith("Demonstration: ") is synthetic


def test_a_label_of_an_older_register_and_of_unknown_rules_is_told_as_the_entry_has_it() -> None:
    found = read(entry(origin="page of the old public register, line 5", rule_set="1999").number)
    achievement = found["credentialSubject"]["achievement"]
    assert "Read in an older register" in achievement["criteria"]["narrative"]
    assert "under the 1999." in achievement["criteria"]["narrative"]


def test_it_is_issued_once_and_kept() -> None:
    number = entry().number
    first = services.credential(number, at=NOW), services.credential_jwt(number, at=NOW)
    again = services.credential(number, at=later(9)), services.credential_jwt(number, at=later(9))
    assert again == first
    assert str(IssuedCredential.objects.get()) == f"{number} (1)"
    assert str(StatusList.objects.get()) == "1"


def test_without_a_moment_it_is_issued_now() -> None:
    number = entry().number
    assert services.credential(number) == services.credential(number)
    assert services.credential_jwt(number).count(".") == 2


@pytest.mark.parametrize("number", [0, 2, 99])
def test_an_entry_that_grants_no_label_has_no_credential(number: int) -> None:
    entry()
    then(EntryKind.SUSPENSION)
    with pytest.raises(Refused, match=f"Entry {number} of the ledger grants no label"):
        services.credential(number, at=later(5))


# --- the lists


def test_a_valid_label_is_neither_revoked_nor_suspended() -> None:
    number = entry().number
    assert bits_now(number) == (False, False)


@pytest.mark.parametrize("issued_before", [True, False])
@pytest.mark.parametrize(
    ("kind", "wanted"),
    [(EntryKind.SUSPENSION, (False, True)), (EntryKind.WITHDRAWAL, (True, False))],
)
def test_a_stopped_label_shows_in_its_list(
    kind: EntryKind, wanted: tuple[bool, bool], issued_before: bool
) -> None:
    number = entry().number
    if issued_before:
        assert bits_now(number) == (False, False)
    then(kind)
    assert bits_now(number, later(5)) == wanted


def test_a_reinstated_label_shows_again_as_it_was() -> None:
    number = entry().number
    then(EntryKind.SUSPENSION)
    assert bits_now(number, later(5)) == (False, True)
    then(EntryKind.REINSTATEMENT, 10)
    assert bits_now(number, later(15)) == (False, False)


def test_a_suspension_that_begins_later_shows_from_its_day_on() -> None:
    number = entry().number
    then(EntryKind.SUSPENSION, effective=NOW.date() + timedelta(days=10))
    assert bits_now(number, later(5)) == (False, False)
    assert bits_now(number, NOW + timedelta(days=9)) == (False, False)
    assert bits_now(number, NOW + timedelta(days=10)) == (False, True)


def test_another_organisation_and_another_level_are_left_alone() -> None:
    bronze = entry().number
    other = entry(organisation="lt-other").number
    silver = entry(kind=EntryKind.UPGRADE, level=LabelLevel.SILVER).number
    assert [bits_now(number) for number in (bronze, other, silver)] == [(False, False)] * 3
    then(EntryKind.WITHDRAWAL, level=LabelLevel.SILVER)
    assert [bits_now(number, later(5)) for number in (bronze, other)] == [(False, False)] * 2
    assert bits_now(silver, later(5)) == (True, False)


def test_an_entry_that_is_recorded_some_seconds_ahead_counts_already() -> None:
    number = entry().number
    services.credential(number, at=NOW)
    then(EntryKind.WITHDRAWAL, 30)
    assert bits_now(number, later(5)) == (True, False)


def test_a_list_is_the_same_file_until_a_bit_changes() -> None:
    number = entry().number
    services.credential(number, at=NOW)
    first = [services.status_list(purpose, 1, at=NOW) for purpose in ("revocation", "suspension")]
    entry(organisation="lt-other")
    services.credential(2, at=later(60))
    assert [services.status_list(p, 1, at=later(90)) for p in ("revocation", "suspension")] == first
    then(EntryKind.SUSPENSION, 100)
    assert services.status_list("revocation", 1, at=later(120)) == first[0]
    changed = json.loads(services.status_list("suspension", 1, at=later(120)))
    assert changed["validFrom"] == changed["proof"]["created"] == "2026-11-21T12:02:00Z"


def test_lists_are_signed_in_both_forms() -> None:
    services.credential(entry().number, at=NOW)
    methods = services.issuer_methods()
    as_json = check(services.status_list("revocation", 1, at=NOW), issuer=DID, methods=methods)
    as_token = check_token(services.status_list_jwt("revocation", 1, at=NOW), issuer=DID, methods=methods)
    assert as_json.intact
    assert as_token.intact
    assert as_token.document == as_json.document


@pytest.mark.parametrize(("purpose", "number"), [("revocation", 2), ("suspension", 0), ("refresh", 1)])
def test_a_list_that_there_is_not_is_refused(purpose: str, number: int) -> None:
    services.credential(entry().number, at=NOW)
    with pytest.raises(Refused, match="There is no such status list"):
        services.status_list(purpose, number, at=NOW)


def test_before_the_first_credential_there_is_no_list() -> None:
    entry()
    with pytest.raises(Refused):
        services.status_list("revocation", 1, at=NOW)


def test_places_are_taken_at_random_and_a_full_list_is_followed_by_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn = iter([5, 5, 5, 9, 5])
    monkeypatch.setattr(issuing.secrets, "randbelow", lambda _: next(drawn))
    monkeypatch.setattr(issuing, "FULL", 2)
    for number in range(1, 4):
        entry(organisation=f"lt-other-{number}")
        services.credential(number, at=NOW)
    places = IssuedCredential.objects.values_list("number", "list", "place")
    assert list(places) == [(1, 1, 5), (2, 1, 9), (3, 2, 5)]
    assert len(bits(json.loads(services.status_list("revocation", 2, at=NOW))
                    ["credentialSubject"]["encodedList"])) * 8 == 131_072  # fmt: skip


# --- corrections


def corrected(number: int, seconds: int = 1, **fields: Any) -> int:
    return then(EntryKind.CORRECTION, seconds, corrects=number, **fields)


def test_a_corrected_grant_is_revoked_and_issued_anew_under_its_number() -> None:
    number = entry().number
    before = services.credential(number, at=NOW)
    corrected(number, valid_until=date(2027, 10, 31))
    newest = read(number, later(5))
    assert newest["validUntil"] == "2027-10-31T23:59:59Z"
    assert newest["id"] == f"{ADDRESS}/credentials/{number}.json?version=2"
    assert status_bits(before, at=later(5)) == (True, False)
    assert bits_now(number, later(5)) == (False, False)
    assert services.credential(number, version=1, at=later(5)) == before
    assert read(number, later(5), version=2) == newest


def test_what_was_corrected_back_is_a_third_version_and_the_first_stays_revoked() -> None:
    number = entry().number
    first = services.credential(number, at=NOW)
    corrected(number, valid_until=date(2027, 10, 31))
    second = services.credential(number, at=later(5))
    corrected(number, 10, valid_until=UNTIL)
    assert read(number, later(15))["id"].endswith("?version=3")
    assert [status_bits(one, at=later(15)) for one in (first, second)] == [(True, False)] * 2
    then(EntryKind.RENAME, 20, name="Amber Coast")
    assert status_bits(first, at=later(25)) == (True, False)


def test_a_credential_that_nobody_had_before_the_correction_is_the_first_version() -> None:
    number = entry().number
    corrected(number, valid_until=date(2027, 10, 31))
    assert read(number, later(5))["validUntil"] == "2027-10-31T23:59:59Z"
    assert IssuedCredential.objects.get().version == 1


def test_the_first_version_can_be_asked_for_before_anybody_had_it() -> None:
    number = entry().number
    assert read(number, version=1)["id"] == f"{ADDRESS}/credentials/{number}.json"


@pytest.mark.parametrize("version", [0, 2])
def test_a_version_that_there_is_not_is_refused(version: int) -> None:
    number = entry().number
    with pytest.raises(Refused, match=f"There is no version {version} of the credential {number}"):
        services.credential(number, version=version, at=NOW)


def test_a_corrected_withdrawal_that_counts_later_gives_the_label_back_until_then() -> None:
    number = entry().number
    withdrawal = then(EntryKind.WITHDRAWAL)
    assert bits_now(number, later(5)) == (True, False)
    corrected(withdrawal, 10, effective=NOW.date() + timedelta(days=30))
    assert bits_now(number, later(15)) == (False, False)
    assert bits_now(number, NOW + timedelta(days=30)) == (True, False)


# --- keys


def test_the_document_of_keys_has_those_of_the_past_too() -> None:
    entry()
    folder = Path(django_settings.TOUCHSTONE_HOME) / "keys"
    publish(folder, bytes(range(32)))
    document = services.did_document()
    assert document["id"] == DID
    assert document["assertionMethod"] == [
        f"{DID}#{id}{copy}" for id in sorted(public_keys(folder)) for copy in ("", "-jwk")
    ]
    assert f"{DID}#{load(folder).id}" in services.issuer_methods()

import hashlib
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

from factories.apps import INTERVIEW, NOW, CaseFactory, OrganisationFactory, ReportRunFactory, entry
from touchstone.apps.certificates import services
from touchstone.apps.certificates.models import Certificate
from touchstone.apps.credentials.services import credential
from touchstone.apps.refusal import Refused
from touchstone.core.faults import Unusable
from touchstone.core.labels.model import EntryKind, LabelLevel
from touchstone.core.language.language import languages
from touchstone.output.certificate import Grant
from touchstone.output.keys import seals
from touchstone.output.seal import SealState, check_seal

pytestmark = pytest.mark.django_db
OWN = "lt-amber"
LATER = NOW + timedelta(days=400)


@pytest.fixture(autouse=True)
def address(settings: Settings) -> Iterator[None]:
    settings.TOUCHSTONE_ADDRESS = "https://labels.example.org"
    return


def granted(language: str = "en", at: datetime = NOW, level: LabelLevel | None = None) -> Grant:
    return services.grant_of(OWN, at=at, language=language, level=level)


def stopped(kind: EntryKind) -> None:
    gone = {"level": None, "valid_from": None, "valid_until": None, "renewable_until": None}
    entry(kind=kind, effective=NOW.date(), recorded=NOW + timedelta(seconds=1), **gone)


def renewed(**fields: object) -> int:
    made = entry(
        **{
            "kind": EntryKind.RENEWAL,
            "recorded": NOW + timedelta(days=1),
            "valid_from": date(2028, 11, 1),
            "valid_until": date(2031, 10, 31),
            "renewable_until": date(2032, 10, 31),
            **fields,
        }
    )
    return made.number


# --- what one says


def test_a_certificate_says_what_the_register_says() -> None:
    number = entry().number
    assert granted() == Grant(
        organisation="Amber Cluster",
        level=LabelLevel.BRONZE,
        scheme="Cluster management excellence, modelled on ECEI",
        notice=granted().notice,
        decided_by="EUCLES",
        rule_set="Rules of 2022",
        valid_from=INTERVIEW,
        valid_until=date(2028, 10, 31),
        number=number,
    )
    assert "This is not the official scheme" in granted().notice


@pytest.mark.parametrize(
    ("language", "rules"),
    [
        ("en", "Rules of 2022"), ("lt", "2022 m. taisyklės"), ("pl", "Zasady z 2022 r."),
        ("de", "Regeln von 2022"),
    ],
)  # fmt: skip
def test_it_says_so_in_the_language_asked_for(language: str, rules: str) -> None:
    entry()
    assert granted(language).rule_set == rules


def test_a_renewed_label_is_that_of_the_renewal_over_the_whole_time() -> None:
    entry()
    number = renewed()
    told = granted(at=NOW + timedelta(days=2))
    assert (told.number, told.valid_from, told.valid_until) == (number, INTERVIEW, date(2031, 10, 31))


def test_a_period_that_begins_after_a_gap_has_a_number_of_its_own() -> None:
    first = entry().number
    renewed(kind=EntryKind.AWARD, valid_from=date(2029, 3, 1))
    assert (granted(at=LATER).number, granted(at=LATER).valid_until) == (first, date(2028, 10, 31))


def test_the_best_level_that_holds_is_certified_and_another_where_it_is_asked_for() -> None:
    bronze = entry().number
    silver = entry(
        kind=EntryKind.UPGRADE, level=LabelLevel.SILVER, recorded=NOW + timedelta(seconds=1)
    ).number
    assert (granted(at=LATER).level, granted(at=LATER).number) == (LabelLevel.SILVER, silver)
    told = granted(at=LATER, level=LabelLevel.BRONZE)
    assert (told.level, told.number) == (LabelLevel.BRONZE, bronze)


def test_a_label_of_an_older_register_is_marked_as_not_decided_here() -> None:
    entry(origin="page of the old public register, line 5")
    assert granted().imported


def test_rules_that_the_pack_does_not_know_are_told_as_the_entry_has_them() -> None:
    entry(rule_set="1999", actor="The old committee")
    assert (granted().rule_set, granted().decided_by) == ("1999", "The old committee")


@pytest.mark.parametrize("synthetic", [True, False])
def test_a_label_that_rests_on_made_up_peers_is_marked(synthetic: bool) -> None:
    case = CaseFactory(reference="2026-0001")
    ReportRunFactory(case=case, state="done", synthetic=synthetic)
    entry(case="2026-0001")
    assert granted().synthetic is synthetic


def test_a_label_of_an_invented_organisation_is_marked() -> None:
    OrganisationFactory(key=OWN, synthetic=True)
    entry()
    assert granted().synthetic


# --- why there is none


def test_where_a_label_is_valid_nothing_stands_against_a_certificate() -> None:
    entry()
    assert services.why_none(OWN, at=NOW) == ""


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        (
            EntryKind.SUSPENSION,
            "The Bronze label of Amber Cluster is suspended. As long as it is, there is no certificate.",
        ),
        (
            EntryKind.WITHDRAWAL,
            "The Bronze label of Amber Cluster was withdrawn, so there is no certificate.",
        ),
    ],
)
def test_a_label_that_was_stopped_has_no_certificate(kind: EntryKind, why: str) -> None:
    entry()
    stopped(kind)
    assert services.why_none(OWN, at=NOW + timedelta(minutes=1)) == why
    with pytest.raises(Refused, match="no certificate"):
        services.sealed(OWN, language="en", at=NOW + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("on", "why"),
    [
        (
            datetime(2028, 11, 1, tzinfo=NOW.tzinfo),
            ("The Bronze label of Amber Cluster ended on 31 October 2028. "
            "Once it is renewed, there is a certificate."),
        ),
        (
            datetime(2029, 11, 1, tzinfo=NOW.tzinfo),
            "The Bronze label of Amber Cluster ended on 31 October 2028, so there is no certificate.",
        ),
    ],
)  # fmt: skip
def test_a_label_that_has_ended_has_no_certificate(on: datetime, why: str) -> None:
    entry()
    assert services.why_none(OWN, at=on) == why


def test_a_level_that_was_never_held_has_no_certificate() -> None:
    entry()
    why = "Amber Cluster holds no such label, so there is no certificate."
    assert services.why_none(OWN, at=NOW, level=LabelLevel.GOLD) == why
    with pytest.raises(Refused) as refused:
        granted(level=LabelLevel.GOLD)
    assert str(refused.value) == why


def test_a_label_that_is_yet_to_begin_says_from_when_on_there_is_a_certificate() -> None:
    entry(valid_from=date(2027, 3, 1))
    why = "The label of Amber Cluster begins on 1 March 2027. From that day on there is a certificate."
    assert services.why_none(OWN, at=NOW) == why
    with pytest.raises(Refused) as refused:
        granted()
    assert str(refused.value) == why
    assert services.why_none(OWN, at=datetime(2027, 3, 1, tzinfo=UTC)) == ""


def test_an_organisation_that_nobody_knows_has_no_certificate() -> None:
    why = "lt-nobody holds no such label, so there is no certificate."
    assert services.why_none("lt-nobody", at=NOW) == why
    with pytest.raises(Refused):
        services.grant_of("lt-nobody", at=NOW, language="en")


# --- the sealed file


def test_the_file_is_sealed_and_kept_with_its_digest() -> None:
    number = entry().number
    made = services.sealed(OWN, language="lt", at=NOW)
    content = made.file.read_bytes()
    assert made.sha256 == hashlib.sha256(content).hexdigest()
    assert made.path == f"certificates/{number:05d}/lt-{made.sha256[:16]}.pdf"
    assert (made.organisation, made.level, made.entry, made.language) == (OWN, "bronze", number, "lt")
    assert (made.size, made.sealed_at) == (len(content), NOW)
    check = check_seal(content, seals(Path(django_settings.TOUCHSTONE_HOME) / "keys"))
    assert (check.state, check.sealed_at) == (SealState.INTACT, NOW)


def test_readers_of_pdf_find_the_seal_valid_and_the_credential_inside(tmp_path: Path) -> None:
    number = entry().number
    file = services.sealed(OWN, language="pl", at=NOW).file
    said = subprocess.run(["pdfsig", file], capture_output=True, text=True, check=False).stdout
    assert [line for line in ("Signature is Valid.", "Total document signed") if line not in said] == []
    listed = subprocess.run(["pdfdetach", "-list", file], capture_output=True, text=True, check=True).stdout
    assert listed.splitlines() == ["1 embedded files", "1: credential.json"]
    subprocess.run(["pdfdetach", "-save", "1", "-o", tmp_path / "inside.json", file], check=True)
    assert (tmp_path / "inside.json").read_text() == credential(number, at=NOW)


def test_a_corrected_label_has_another_certificate_with_another_credential() -> None:
    number = entry().number
    first = services.sealed(OWN, language="en", at=NOW)
    entry(
        kind=EntryKind.CORRECTION, corrects=number, level=None, valid_from=None, renewable_until=None,
        valid_until=date(2027, 10, 31), recorded=NOW + timedelta(seconds=1),
    )  # fmt: skip
    second = services.sealed(OWN, language="en", at=NOW + timedelta(minutes=1))
    assert (second.entry, second.sha256 == first.sha256) == (first.entry, False)


def test_it_is_made_once_for_a_label_and_a_language() -> None:
    entry()
    first = {code: services.sealed(OWN, language=code, at=NOW).sha256 for code in languages()}
    again = {code: services.sealed(OWN, language=code, at=LATER).sha256 for code in languages()}
    assert again == first
    assert Certificate.objects.count() == len(set(first.values())) == 4


def test_another_name_gives_another_certificate() -> None:
    entry()
    first = services.sealed(OWN, language="en", at=NOW)
    entry(
        kind=EntryKind.RENAME, name="Amber Coast Cluster", level=None, valid_from=None, valid_until=None,
        renewable_until=None, effective=NOW.date(), recorded=NOW + timedelta(seconds=1),
    )  # fmt: skip
    second = services.sealed(OWN, language="en", at=NOW + timedelta(minutes=1))
    assert second.entry == first.entry
    assert second.sha256 != first.sha256
    assert first.file.is_file()


def test_a_file_that_was_lost_is_made_and_sealed_anew() -> None:
    entry()
    first = services.sealed(OWN, language="en", at=NOW)
    first.file.unlink()
    second = services.sealed(OWN, language="en", at=LATER)
    assert (second.pk, second.sealed_at, second.file.is_file()) == (first.pk, LATER, True)


def test_a_language_that_there_is_not_is_refused() -> None:
    entry()
    with pytest.raises(Unusable, match='there is none called "fr"'):
        services.sealed(OWN, language="fr", at=NOW)
    assert Certificate.objects.count() == 0


def test_the_seal_bears_the_name_of_the_installation() -> None:
    assert b"Seal of labels.example.org" in services.the_seal(at=NOW).certificate


def test_an_address_without_a_host_gives_the_seal_the_name_of_the_program(settings: Settings) -> None:
    settings.TOUCHSTONE_ADDRESS = ""
    assert b"Seal of Touchstone" in services.the_seal(at=NOW).certificate


def test_a_certificate_is_listed_by_number_and_language() -> None:
    number = entry().number
    assert str(services.sealed(OWN, language="de", at=NOW)) == f"{number:05d} de"

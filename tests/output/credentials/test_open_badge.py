"""What the credential of a label says."""

import json
from typing import Any

import pytest

from factories.credentials import ADDRESS, DID, unsigned
from touchstone.core.labels.model import LabelLevel
from touchstone.output.credentials.canonical import canonical

# The members that Open Badges 3.0 requires of each part.
REQUIRED = {
    "credential": {"@context", "id", "type", "name", "credentialSubject", "issuer", "validFrom"},
    "issuer": {"id", "type"},
    "subject": {"type", "achievement"},
    "achievement": {"id", "type", "criteria", "description", "name"},
    "evidence": {"type"},
    "image": {"id", "type"},
    "identifier": {"type", "hashed", "identityHash", "identityType"},
}


def achievement(**changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = unsigned(**changes)["credentialSubject"]["achievement"]
    return found


def test_each_part_has_what_open_badges_requires() -> None:
    credential = unsigned()
    subject = credential["credentialSubject"]
    parts = {
        "credential": credential,
        "issuer": credential["issuer"],
        "subject": subject,
        "achievement": subject["achievement"],
        "evidence": credential["evidence"][0],
        "image": subject["achievement"]["image"],
        "identifier": subject["identifier"][0],
    }
    assert {
        name: REQUIRED[name] - set(part) for name, part in parts.items() if REQUIRED[name] - set(part)
    } == {}


@pytest.mark.parametrize("level", LabelLevel)
def test_it_names_level_organisation_and_period(level: LabelLevel) -> None:
    made, word = unsigned(level=level), level.value.capitalize()
    assert made["name"] == f"{word} label of Amber Cluster"
    assert made["description"] == (
        f"Amber Cluster was granted the {word} label (Cluster management excellence) "
        "from 12 October 2026 to 31 October 2028. This is not the official scheme."
    )
    assert (made["validFrom"], made["validUntil"]) == ("2026-10-12T00:00:00Z", "2028-10-31T23:59:59Z")


def test_it_is_of_the_organisation_and_of_no_person() -> None:
    subject = unsigned()["credentialSubject"]
    assert subject["id"] == f"{ADDRESS}/register/lt-amber/"
    assert subject["identifier"][0]["identityHash"] == "Amber Cluster"
    assert subject["identifier"][0]["hashed"] is False


def test_the_achievement_is_the_label_under_its_rules() -> None:
    made = achievement()
    assert made["id"] == f"{ADDRESS}/scheme/rules/#2022-bronze"
    assert made["name"] == "Bronze label: Cluster management excellence"
    assert made["description"].endswith("This is not the official scheme.")
    assert made["criteria"] == {
        "id": f"{ADDRESS}/scheme/rules/#2022",
        "narrative": "Decided by EUCLES under the Rules of 2022. "
        f"What is asked and how it is judged: {ADDRESS}/scheme/",
    }
    assert made["image"]["id"] == f"{ADDRESS}/badge/lt-amber/49.svg"


def test_the_issuer_is_named_by_its_address() -> None:
    assert unsigned()["issuer"] == {
        "id": DID, "type": ["Profile"], "name": "The label office", "url": ADDRESS,
    }  # fmt: skip


def test_the_entry_of_the_ledger_is_the_evidence() -> None:
    assert unsigned()["evidence"][0]["id"] == f"{ADDRESS}/ledger/entries.jsonl?after=48"


def test_a_later_version_has_an_id_of_its_own() -> None:
    assert unsigned()["id"] == f"{ADDRESS}/credentials/49.json"
    assert unsigned(version=2)["id"] == f"{ADDRESS}/credentials/49.json?version=2"


def test_what_is_not_real_says_so_wherever_a_wallet_looks() -> None:
    made = unsigned(synthetic=True)
    assert made["name"] == "Demonstration: Bronze label of Amber Cluster"
    assert achievement(synthetic=True)["name"].startswith("Demonstration: ")
    assert "For demonstration: the label is not real." in made["description"]


def test_what_was_read_in_an_older_register_says_so() -> None:
    assert "and not decided here." in unsigned(imported=True)["description"]
    narrative = achievement(imported=True)["criteria"]["narrative"]
    assert narrative.startswith("Read in an older register, and not decided here.")


@pytest.mark.parametrize(
    "name", ['<b>"Ąžuolas" & co</b>', "]]>\u202e\x00\x1f", "Κ" * 250, "a\nb", "_:b0", "https://x.example/"]
)
def test_any_name_can_be_signed(name: str) -> None:
    made = unsigned(name=name)
    assert canonical(json.loads(json.dumps(made))) == canonical(made)

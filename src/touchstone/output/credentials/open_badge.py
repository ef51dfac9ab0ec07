"""The credential of a label: an OpenBadgeCredential (Open Badges 3.0) for the organisation that holds it.

It names the organisation and no person. All words are English and plain; the notice of what the scheme is not
stands in the credential and in the achievement, for wallets show the one or the other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from touchstone.core.labels.model import LabelLevel
from touchstone.output.content.words import words
from touchstone.output.credentials.canonical import CREDENTIALS, OPEN_BADGES
from touchstone.output.credentials.proofs import JsonObject
from touchstone.output.printable import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A granted label as its credential tells it.

    `number` is that of the ledger entry; `version` counts from 1 and grows when a correction changes what
    was granted; `valid_until` is the last valid day. `notice` says what the scheme is not; an `imported`
    label was read in an older register and not decided here; a `synthetic` one is not real.
    """

    number: int
    version: int
    organisation: str  # its key
    name: str
    level: LabelLevel
    scheme: str
    notice: str
    rule_set: str  # its id
    rules: str  # its name
    decided_by: str
    valid_from: date
    valid_until: date
    synthetic: bool = False
    imported: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Who issues: `did` is its did:web, `address` where its pages are, without a slash at the end."""

    did: str
    name: str
    address: str


def credential(label: Label, *, issuer: Issuer, statuses: Iterable[Mapping[str, object]]) -> JsonObject:
    """The credential, not yet signed. `statuses` are its places in the status lists."""
    return {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": credential_address(issuer.address, label.number, label.version),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"{_mark(label)}{_level(label)} label of {plain(label.name)}",
        "description": _description(label),
        "issuer": {"id": issuer.did, "type": ["Profile"], "name": issuer.name, "url": issuer.address},
        "validFrom": f"{label.valid_from}T00:00:00Z",
        "validUntil": f"{label.valid_until}T23:59:59Z",
        "credentialSubject": _subject(label, issuer.address),
        "evidence": [_evidence(label, issuer.address)],
        "credentialStatus": list(statuses),
    }


def credential_address(address: str, number: int, version: int = 1) -> str:
    """Where a credential is had for good. The plain address always answers the newest version."""
    again = f"?version={version}" if version > 1 else ""
    return f"{address}/credentials/{number}.json{again}"


def _subject(label: Label, address: str) -> JsonObject:
    return {
        "id": f"{address}/register/{label.organisation}/",
        "type": ["AchievementSubject"],
        # What Open Badges has for the name of a subject that is no person with given and family names.
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": False,
                "identityHash": plain(label.name),
                "identityType": "ext:organisationName",
            }
        ],
        "achievement": _achievement(label, address),
    }


def _achievement(label: Label, address: str) -> JsonObject:
    rules = f"{address}/scheme/rules/#{label.rule_set}"
    name = f"{_mark(label)}{_level(label)} label: {plain(label.scheme)}"
    return {
        "id": f"{rules}-{label.level.value}",
        "type": ["Achievement"],
        "achievementType": "Award",
        "name": name,
        "description": f"A quality label for the management of cluster organisations. {plain(label.notice)}",
        "inLanguage": "en",
        "criteria": {"id": rules, "narrative": _narrative(label, f"{address}/scheme/")},
        "image": {
            "id": f"{address}/badge/{label.organisation}/{label.number}.svg",
            "type": "Image",
            "caption": f"{name}. The image shows how the label stands when it is looked at.",
        },
    }


def _evidence(label: Label, address: str) -> JsonObject:
    return {
        "id": f"{address}/ledger/entries.jsonl?after={label.number - 1}",
        "type": ["Evidence"],
        "name": f"Entry {label.number} of the ledger",
        "description": "The first line is the signed entry by which the label was granted.",
    }


def _narrative(label: Label, address: str) -> str:
    decided = (
        "Read in an older register, and not decided here. Given at its time"
        if label.imported
        else f"Decided by {plain(label.decided_by)}"
    )
    return f"{decided} under the {plain(label.rules)}. What is asked and how it is judged: {address}"


def _description(label: Label) -> str:
    day = words("en").day
    held = (
        f"{plain(label.name)} was granted the {_level(label)} label ({plain(label.scheme)}) "
        f"from {day(label.valid_from)} to {day(label.valid_until)}."
    )
    invented = "For demonstration: the label is not real." if label.synthetic else ""
    taken_over = "It was read in an older register, and not decided here." if label.imported else ""
    return " ".join(filter(None, [held, invented, taken_over, plain(label.notice)]))


def _mark(label: Label) -> str:
    return "Demonstration: " if label.synthetic else ""


def _level(label: Label) -> str:
    return label.level.value.capitalize()

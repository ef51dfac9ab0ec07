"""The checks of a credential: JSON with a proof inside, or the same as a token (VC-JWT)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from touchstone.apps.verification.asking import Asked
from touchstone.apps.verification.labels import (
    Looked,
    dates_check,
    ledger_check,
    looked_up,
    register_check,
    status_check,
)
from touchstone.apps.verification.links import Leads, link
from touchstone.apps.verification.saved import Place, places, saved_check
from touchstone.apps.verification.saying import shortened
from touchstone.core.faults import Fault, Unusable
from touchstone.core.labels.checks import Check, CheckName, Kind, Told, Verification
from touchstone.core.labels.model import LabelLevel
from touchstone.output.credentials.proofs import ProofCheck, ProofState, check, check_token

TYPE: Final = "OpenBadgeCredential"
DEMONSTRATION: Final = "Demonstration: "
INVENTED: Final = "It says of itself that it is for demonstration: the label is not real."
WITHOUT_KEYS: Final = (
    "Not checked: there are no keys at hand here to know an issuer by. Save /verify/trust.json of the "
    "installation that you trust, and name that file."
)
_TOKEN = re.compile(r"eyJ[A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+){2}")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)T(?:00:00:00|23:59:59)Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """A credential as it was read: its own checks, what it tells, and what the register says of that."""

    told: Told
    checks: tuple[Check, ...]
    looked: Looked = field(default_factory=Looked)
    known: bool = False  # whether it names an issuer whose keys are at hand
    invented: bool = False  # whether it says that the label is for demonstration
    scheme: str = ""  # as it names it
    places: tuple[Place, ...] = ()  # in the status lists; only of a credential that is signed as it stands

    @property
    def sound(self) -> bool | None:
        """Whether it is signed by the issuer that it names; None where that cannot be said here."""
        if any(check.passed is False for check in self.checks):
            return False
        return True if all(check.passed for check in self.checks) else None


def is_token(text: str) -> bool:
    """Whether a text looks like a token: three parts between points, the first an object of JSON."""
    return _TOKEN.fullmatch(text.strip()) is not None


def credential(text: str, asked: Asked) -> Verification:
    """All checks of a credential. Raises Unusable where the text is none."""
    read = read_credential(text, asked)
    return verification(Kind.CREDENTIAL, read, read.checks, asked)


def verification(
    kind: Kind, read: Credential, own: tuple[Check, ...], asked: Asked, *more: Check
) -> Verification:
    """The checks of something that rests on a credential: those of its own, and those of the label."""
    order = list(CheckName)
    checks = (*own, *more, *_label_checks(read, asked))
    found = read.looked.registered
    return Verification(
        kind=kind,
        checks=tuple(sorted(checks, key=lambda one: order.index(one.name))),
        told=read.told,
        standing=found.standing if found else None,
        valid_until=found.until if found else None,
        synthetic=read.invented or (found is not None and found.synthetic),
    )


def read_credential(text: str, asked: Asked) -> Credential:
    """A credential, and whether it is signed by whom it names. Raises Unusable where the text is none."""
    trust = asked.trust
    issuer, methods = (trust.issuer, trust.methods) if trust else ("", {})
    found = (check_token if is_token(text) else check)(text, issuer=issuer, methods=methods)
    if found.state is ProofState.UNREADABLE or not _is_credential(found.document):
        unreadable = found.state is ProofState.UNREADABLE
        problem = found.problem if unreadable else "This is no credential of a label."
        remedy = "Hand in the credential as it was fetched, whole and unchanged."
        raise Unusable(asked.name, Fault("", problem, remedy))
    told = _told(found.document, asked)
    known = trust is not None and found.state is not ProofState.FOREIGN
    return Credential(
        told=told,
        checks=(_what_check(found.document), *_proof_checks(found, asked)),
        looked=looked_up(told, asked)
        if known
        else Looked(why="Not looked up: its issuer is not known here."),
        known=known,
        invented=str(found.document.get("name", "")).startswith(DEMONSTRATION),
        scheme=_scheme(found.document),
        places=places(found.document) if found.intact else (),
    )


def _label_checks(read: Credential, asked: Asked) -> Iterator[Check]:
    yield ledger_check(read.looked)
    yield register_check(read.told, read.looked)
    if read.known:
        yield dates_check(read.told, read.looked, asked)
    else:
        yield Check(CheckName.DATES, None, "Not checked: anybody may write any dates.")
    saved = saved_check(read.places, asked) if read.checks and read.sound else None
    if saved:
        yield saved
    yield status_check(read.looked, asked)


def _is_credential(document: Mapping[str, object]) -> bool:
    return "credentialSubject" in document or "VerifiableCredential" in _types(document)


def _types(document: Mapping[str, object]) -> list[object]:
    given = document.get("type")
    return given if isinstance(given, list) else [given]


def _what_check(document: Mapping[str, object]) -> Check:
    if TYPE not in _types(document):
        return Check(
            CheckName.WHAT, False, "A signed document of another kind: it is no credential of a label."
        )
    name = shortened(str(document.get("name", "")))
    detail = f"A credential (Open Badges 3.0): “{name}”." if name else "A credential (Open Badges 3.0)."
    return Check(CheckName.WHAT, True, f"{detail} {INVENTED}" if name.startswith(DEMONSTRATION) else detail)


def _proof_checks(found: ProofCheck, asked: Asked) -> tuple[Check, Check, Check]:
    """Issuer, signature and whether it is unchanged."""
    if asked.trust is None:
        return _three((None, WITHOUT_KEYS), (None, WITHOUT_KEYS), (None, WITHOUT_KEYS))
    host = asked.trust.host
    if found.state is ProofState.FOREIGN:
        return _foreign(found.issuer, asked.trust.address)
    names = f"It names {host} as its issuer, as anybody can: only a right signature would show it."
    if found.state is ProofState.INTACT:
        return _three(
            (True, f"Issued by {host}."),
            (True, f"Signed with a key of {host}."),
            (True, "The signature covers every word of it; nothing was changed since."),
        )
    if found.state is ProofState.UNKNOWN_KEY and asked.register is None:
        why = f"Signed with a key of {host} that you do not have. It may be newer: fetch its keys anew."
        return _three((None, names), (None, why), (None, "Not checked without that key."))
    if found.state is ProofState.CHANGED:
        why = f"The signature is wrong. {found.problem}".strip()
        return _three((None, names), (False, why), (False, "It is not what was signed."))
    return _three((None, names), (False, found.problem), (None, "Without a signature, nobody can tell."))


def _foreign(issuer: str, address: str) -> tuple[Check, Check, Check]:
    """Of another issuer: not known here, or one that only looks like ours."""
    named = shortened(issuer) or "nobody"
    host = issuer.removeprefix("did:web:").split(":", 1)[0].replace("%3A", ":")
    unchecked = "Not checked: the issuer's keys are not at hand here."
    seen = link(f"https://{host}/", address=address)
    if issuer.startswith("did:web:") and seen.leads is Leads.LOOK_ALIKE:
        detail = f"It names {named} as its issuer, which only looks like {address}: {seen.trick}."
        return _three((False, detail), (None, unchecked), (None, unchecked))
    detail = f"It names {named} as its issuer, who is not known here. Ask there."
    return _three((None, detail), (None, unchecked), (None, unchecked))


Found = tuple[bool | None, str]


def _three(issuer: Found, signature: Found, unchanged: Found) -> tuple[Check, Check, Check]:
    return (
        Check(CheckName.ISSUER, *issuer),
        Check(CheckName.SIGNATURE, *signature),
        Check(CheckName.UNCHANGED, *unchanged),
    )


def _told(document: Mapping[str, object], asked: Asked) -> Told:
    """What a credential says of its label, where it is written as ours are. Anything may be missing."""
    address = asked.trust.address if asked.trust else ""
    subject = _part(document, "credentialSubject")
    named = subject.get("identifier")
    first = named[0] if isinstance(named, list) and named and isinstance(named[0], dict) else {}
    return Told(
        organisation=str(first.get("identityHash", "")),
        key=link(str(subject.get("id", "")), address=address).key,
        number=link(str(document.get("id", "")), address=address).number,
        level=_level(str(_part(subject, "achievement").get("id", ""))),
        valid_from=_day(document.get("validFrom")),
        valid_until=_day(document.get("validUntil")),
    )


def _part(document: Mapping[str, object], name: str) -> Mapping[str, object]:
    part = document.get(name)
    return part if isinstance(part, dict) else {}


def _scheme(document: Mapping[str, object]) -> str:
    """The scheme, of an achievement called "Silver label: Cluster management excellence"."""
    achievement = _part(_part(document, "credentialSubject"), "achievement")
    return str(achievement.get("name", "")).removeprefix(DEMONSTRATION).partition(": ")[2]


def _level(achievement: str) -> LabelLevel | None:
    last = achievement.rpartition("-")[2]
    return LabelLevel(last) if last in set(LabelLevel) else None


def _day(moment: object) -> date | None:
    found = _DAY.fullmatch(str(moment))
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None

"""What the status lists say that somebody saved with an issuer's keys: how a credential stood on that day.

A list holds one bit for each credential, and is signed by the issuer. It is looked at only where there is no
register to ask: it knows nothing of what happened after it was saved.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from touchstone.apps.verification.asking import Asked
from touchstone.apps.verification.saying import day
from touchstone.apps.verification.trust import Trust
from touchstone.core.faults import Unusable
from touchstone.core.labels.checks import Check, CheckName
from touchstone.output.credentials.canonical import Document
from touchstone.output.credentials.proofs import check
from touchstone.output.credentials.status_lists import Purpose, bits, is_set

OLD: Final = 30  # days after which a list is better saved anew
_DAY: Final = timedelta(days=1)  # by which clocks may be apart
_TYPE: Final = "BitstringStatusListCredential"
_MOST_DIGITS: Final = 9  # of a place


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a credential has its bit: the address of a list, and the index in it."""

    purpose: Purpose
    address: str
    index: int


def places(document: Document) -> tuple[Place, ...]:
    """The places that a credential names, one for each purpose; none where it names others or none."""
    given = document.get("credentialStatus")
    found = [_place(one) for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    known = tuple(one for one in found if one)
    return known if sorted(one.purpose for one in known) == sorted(Purpose) else ()


def _place(entry: Mapping[str, object]) -> Place | None:
    purpose, index = str(entry.get("statusPurpose")), str(entry.get("statusListIndex"))
    counted = index.isascii() and index.isdecimal() and len(index) <= _MOST_DIGITS
    if purpose not in set(Purpose) or not counted:
        return None
    address = str(entry.get("statusListCredential"))
    return Place(purpose=Purpose(purpose), address=address, index=int(index))


def saved_check(own: tuple[Place, ...], asked: Asked) -> Check | None:
    """How a genuine credential stood when the lists were saved.

    None where none were saved, or there is a register to ask.
    """
    trust = asked.trust
    if asked.register is not None or trust is None or trust.published is None:
        return None
    on = day(trust.published.date())
    if trust.published > asked.at + _DAY:
        why = f"Not looked at: the list says that it was saved on {on}, which is still to come."
        return Check(CheckName.SAVED, None, why)
    try:
        return Check(CheckName.SAVED, *_stood(_stopped(own, trust, trust.published), trust.published, asked))
    except LookupError:
        why = f"The lists that you saved on {on} do not have it: it was issued later. Save them anew."
        return Check(CheckName.SAVED, None, why)
    except (Unusable, ValueError, TypeError):
        why = f"Not looked at: the list that you saved on {on} is none that {trust.host} signed by that day."
        return Check(CheckName.SAVED, None, why)


def _stood(stopped: set[Purpose], published: datetime, asked: Asked) -> tuple[bool, str]:
    on = day(published.date())
    by = f"by the list that you saved {_ago(published.date(), asked.today)}"
    if Purpose.REVOCATION in stopped:
        return False, f"Revoked as of {on}, {by}: the label was withdrawn, ended early or corrected."
    if stopped:
        return False, f"Suspended as of {on}, {by}. Ask the register whether it still is."
    old = " It is old: save it anew." if (asked.today - published.date()).days > OLD else ""
    return True, f"Not revoked or suspended as of {on}, {by}.{old}"


def _stopped(own: tuple[Place, ...], trust: Trust, published: datetime) -> set[Purpose]:
    """The bits that are set. Raises as `_is_set`, and LookupError where a credential has no places."""
    if not own:
        raise LookupError("no place in a status list")
    return {one.purpose for one in own if _is_set(one, trust, published)}


def _is_set(place: Place, trust: Trust, published: datetime) -> bool:
    """Whether a bit is set.

    Raises LookupError without its list; Unusable, ValueError or TypeError for a list that is not right.
    """
    found = check(trust.lists[place.address], issuer=trust.issuer, methods=trust.methods)
    subject = found.document.get("credentialSubject")
    if not found.intact or not isinstance(subject, dict) or _TYPE not in _types(found.document):
        raise ValueError("no status list of the issuer")
    since = datetime.fromisoformat(str(found.document.get("validFrom")))
    if subject.get("statusPurpose") != place.purpose or since > published + _DAY:
        raise ValueError("another list, or one of another time")
    return is_set(bits(str(subject.get("encodedList"))), place.index)


def _types(document: Document) -> list[object]:
    given = document.get("type")
    return given if isinstance(given, list) else []


def _ago(then: date, today: date) -> str:
    days = (today - then).days
    return {0: "today", 1: "yesterday"}.get(max(days, 0), f"{days:,} days ago")

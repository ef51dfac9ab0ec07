"""Issuing: the credential of a granted label, once, and anew where a correction changes what was granted."""

import json
import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from touchstone.apps.credentials.judging import (
    EVERYTHING,
    bring_up_to_date,
    count_change,
    judged,
    last_entry,
)
from touchstone.apps.credentials.models import IssuedCredential, StatusList
from touchstone.apps.credentials.rules import Granted, act_of, granted_by
from touchstone.apps.credentials.telling import told
from touchstone.apps.refusal import Refused
from touchstone.apps.register.models import LedgerEntry
from touchstone.apps.register.services import history, lock
from touchstone.core.labels.model import Act, Entry
from touchstone.output.credentials import did
from touchstone.output.credentials.open_badge import Issuer, Label
from touchstone.output.credentials.open_badge import credential as open_badge
from touchstone.output.credentials.proofs import JsonObject, signed, token
from touchstone.output.credentials.status_lists import ENTRIES, Purpose, entry
from touchstone.output.keys import believed, load

# A list is not filled to the brim: places are taken at random, and the last free ones would be hard to find.
FULL = 100_000
STATUS_LIST = "/credentials/status/{}/{}"  # below TOUCHSTONE_ADDRESS


def credential(number: int, *, version: int | None = None, at: datetime | None = None) -> str:
    """The credential (JSON) of the label that the ledger entry of that number granted; the newest version.

    It is issued on first demand and kept. Refused where that entry grants no label, or there is no such
    version.
    """
    return _issued(number, version, at or timezone.now()).document


def credential_jwt(number: int, *, version: int | None = None, at: datetime | None = None) -> str:
    """The same credential as a token (VC-JWT)."""
    return _issued(number, version, at or timezone.now()).token


def did_document() -> JsonObject:
    """The document of the issuer's keys, those of the past with them, save what was stolen."""
    return did.did_document(issuer(), believed(keys_folder()))


def did_document_text() -> str:
    """The same as it is published."""
    return json.dumps(did_document(), indent=2)


def issuer() -> str:
    """The did:web of this installation."""
    return did.did_web(settings.TOUCHSTONE_ADDRESS)


def issuer_methods() -> dict[str, bytes]:
    """The same keys by their whole ids: what a check of credentials asks for."""
    return did.methods(issuer(), believed(keys_folder()))


def the_issuer() -> Issuer:
    """This installation, as its credentials name it."""
    return Issuer(did=issuer(), name=settings.TOUCHSTONE_NAME, address=settings.TOUCHSTONE_ADDRESS)


def keys_folder() -> Path:
    """Where the installation's keys lie."""
    return Path(settings.TOUCHSTONE_HOME) / "keys"


def _issued(number: int, version: int | None, at: datetime) -> IssuedCredential:
    bring_up_to_date(at=at)
    kept = IssuedCredential.objects.filter(number=number)
    found = kept.filter(version=version).first() if version else kept.order_by("-version").first()
    if found and (version or not found.outdated):
        return found
    if version is not None and version != 1:
        message = _("There is no version %(version)s of the credential %(number)s.")
        raise Refused(message % {"version": version, "number": number})
    return _issue(number, at)


@transaction.atomic
def _issue(number: int, at: datetime) -> IssuedCredential:
    lock()
    newest = IssuedCredential.objects.filter(number=number).order_by("-version").first()
    if newest and not newest.outdated:
        return newest  # somebody else has just issued it
    entries = _history_around(number)
    act = act_of(entries, number, known=EVERYTHING)
    granted = granted_by(act, number) if act else None
    if act is None or granted is None:
        raise Refused(_("Entry %(number)s of the ledger grants no label.") % {"number": number})
    made = _signed(act, granted, newest.version + 1 if newest else 1, at)
    now = judged(made, entries, on=at.date())
    made.revoked, made.suspended, made.again_on = now.revoked, now.suspended, now.again_on
    made.save(force_insert=True)
    # A label that was stopped before anybody asked for its credential changes the lists at once.
    count_change(made.list_id, revoked=made.revoked, suspended=made.suspended, at=at)
    return made


def _history_around(number: int) -> tuple[Entry, ...]:
    """The history of the organisation that an entry is of; empty where there is no such entry."""
    found = LedgerEntry.objects.filter(number=number).values_list("organisation", flat=True).first()
    return history(found) if found is not None else ()


def _signed(act: Act, granted: Granted, version: int, at: datetime) -> IssuedCredential:
    """The credential at a free place of the newest list, signed and not yet saved."""
    status, key, who = _open_list(at), load(keys_folder()), the_issuer()
    place = _free_place(status)
    statuses = [entry(list_address(purpose, status.number), purpose, place) for purpose in Purpose]
    document = open_badge(_label(act, granted, version), issuer=who, statuses=statuses)
    proven = signed(document, key, method=did.method_id(who.did, key.id), created=at)
    return IssuedCredential(
        number=granted.number,
        version=version,
        organisation=act.organisation,
        level=granted.level.value,
        valid_from=granted.valid_from,
        valid_until=granted.valid_until,
        list=status,
        place=place,
        document=json.dumps(proven, ensure_ascii=False, indent=2),
        token=token(document, key, method=did.token_method_id(who.did, key.id)),
        issued_at=at,
    )


def list_address(purpose: Purpose, number: int) -> str:
    """Where a status list is had."""
    return f"{settings.TOUCHSTONE_ADDRESS}{STATUS_LIST.format(purpose.value, number)}"


def _label(act: Act, granted: Granted, version: int) -> Label:
    words = told(act)
    return Label(
        number=granted.number,
        version=version,
        organisation=act.organisation,
        name=act.name,
        level=granted.level,
        scheme=words.scheme,
        notice=words.notice,
        rule_set=act.rule_set,
        rules=words.rules,
        decided_by=words.decided_by,
        valid_from=granted.valid_from,
        valid_until=granted.valid_until,
        synthetic=words.synthetic,
        imported=words.imported,
    )


def _open_list(at: datetime) -> StatusList:
    newest = StatusList.objects.order_by("-number").first()
    if newest and IssuedCredential.objects.filter(list=newest).count() < FULL:
        return newest
    return StatusList.objects.create(
        number=newest.number + 1 if newest else 1,
        judged=last_entry(),
        revocation_changed_at=at,
        suspension_changed_at=at,
    )


def _free_place(status: StatusList) -> int:
    while True:
        place = secrets.randbelow(ENTRIES)
        if not IssuedCredential.objects.filter(list=status, place=place).exists():
            return place

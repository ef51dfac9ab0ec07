"""The status lists as they are published: signed when a bit changes, and the same file until the next."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.utils.translation import gettext as _

from touchstone.apps.credentials.issuing import keys_folder, list_address, the_issuer
from touchstone.apps.credentials.judging import bring_up_to_date
from touchstone.apps.credentials.models import IssuedCredential, StatusList
from touchstone.apps.refusal import Refused
from touchstone.output.credentials import did
from touchstone.output.credentials.proofs import signed, token
from touchstone.output.credentials.status_lists import Purpose, list_credential
from touchstone.output.keys import load

KEPT = 32  # signed lists that each process keeps at hand; one takes some kilobytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """All that a list says, and with which key: the same is signed once."""

    address: str
    purpose: Purpose
    issuer: str
    places: tuple[int, ...]
    since: datetime
    key: str
    as_token: bool


def status_list(purpose: str, number: int, *, at: datetime) -> str:
    """A status list as of a moment (aware, now), as JSON with a proof. Refused where there is none."""
    return _signed(_listed(purpose, number, at, as_token=False))


def status_list_jwt(purpose: str, number: int, *, at: datetime) -> str:
    """The same list as a token."""
    return _signed(_listed(purpose, number, at, as_token=True))


def _listed(purpose: str, number: int, at: datetime, *, as_token: bool) -> _Listed:
    bring_up_to_date(at=at)
    status = StatusList.objects.filter(number=number).first()
    if status is None or purpose not in set(Purpose):
        raise Refused(_("There is no such status list."))
    of_list = IssuedCredential.objects.filter(list=status).order_by("place")
    if purpose == Purpose.REVOCATION:
        placed, since = of_list.filter(revoked=True), status.revocation_changed_at
    else:
        placed, since = of_list.filter(suspended=True), status.suspension_changed_at
    return _Listed(
        address=list_address(Purpose(purpose), number),
        purpose=Purpose(purpose),
        issuer=the_issuer().did,
        places=tuple(placed.values_list("place", flat=True)),
        since=since,
        key=load(keys_folder()).id,
        as_token=as_token,
    )


@lru_cache(maxsize=KEPT)
def _signed(listed: _Listed) -> str:
    key = load(keys_folder())
    document = list_credential(
        listed.address, listed.purpose, issuer=listed.issuer, indices=listed.places, since=listed.since
    )
    if listed.as_token:
        return token(document, key, method=did.token_method_id(listed.issuer, key.id))
    proven = signed(document, key, method=did.method_id(listed.issuer, key.id), created=listed.since)
    return json.dumps(proven, ensure_ascii=False, indent=2)

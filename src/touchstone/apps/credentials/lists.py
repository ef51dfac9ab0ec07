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
class _Edition:
    """A list as it is until its next change, signed with a key: the same is signed once."""

    number: int
    purpose: Purpose
    edition: int
    since: datetime
    issuer: str
    address: str
    key: str
    as_token: bool


def status_list(purpose: str, number: int, *, at: datetime) -> str:
    """A status list as of a moment (aware, now), as JSON with a proof. Refused where there is none."""
    return _signed(_edition(purpose, number, at, as_token=False))


def status_list_jwt(purpose: str, number: int, *, at: datetime) -> str:
    """The same list as a token."""
    return _signed(_edition(purpose, number, at, as_token=True))


def _edition(purpose: str, number: int, at: datetime, *, as_token: bool) -> _Edition:
    bring_up_to_date(at=at)
    status = StatusList.objects.filter(number=number).first()
    if status is None or purpose not in set(Purpose):
        raise Refused(_("There is no such status list."))
    wanted = Purpose(purpose)
    edition, since = {
        Purpose.REVOCATION: (status.revocation_edition, status.revocation_changed_at),
        Purpose.SUSPENSION: (status.suspension_edition, status.suspension_changed_at),
    }[wanted]
    return _Edition(
        number=number,
        purpose=wanted,
        edition=edition,
        since=since,
        issuer=the_issuer().did,
        address=list_address(wanted, number),
        key=load(keys_folder()).id,
        as_token=as_token,
    )


@lru_cache(maxsize=KEPT)
def _signed(asked: _Edition) -> str:
    key = load(keys_folder())
    document = list_credential(
        asked.address, asked.purpose, issuer=asked.issuer, indices=_places(asked), since=asked.since
    )
    if asked.as_token:
        return token(document, key, method=did.token_method_id(asked.issuer, key.id))
    proven = signed(document, key, method=did.method_id(asked.issuer, key.id), created=asked.since)
    return json.dumps(proven, ensure_ascii=False, indent=2)


def _places(asked: _Edition) -> list[int]:
    """The places that are set."""
    of_list = IssuedCredential.objects.filter(list=asked.number).order_by("place")
    if asked.purpose is Purpose.REVOCATION:
        set_now = of_list.filter(revoked=True)
    else:
        set_now = of_list.filter(suspended=True)
    return list(set_now.values_list("place", flat=True))

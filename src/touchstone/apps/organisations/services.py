"""Verbs about organisations."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.apps.organisations.models import Organisation, OrganisationLogo
from touchstone.apps.refusal import Refused
from touchstone.core.labels.names import key_of
from touchstone.output.logo import Logo, read_logo

if TYPE_CHECKING:
    from touchstone.apps.accounts.models import User


@transaction.atomic
def add(
    *, name: str, country: str, portfolio: str, website: str = "", note: str = "", key: str = ""
) -> Organisation:
    """A new organisation. Its key follows from name and country where none is given."""
    wanted = key or key_of(name, country)
    if Organisation.objects.filter(key=wanted).exists():
        raise Refused(f"There is an organisation “{wanted}” already. Take that one, or another name.")
    return Organisation.objects.create(
        key=wanted, name=name, country=country, portfolio=portfolio, website=website, note=note
    )


@transaction.atomic
def ensure(
    *,
    key: str,
    name: str,
    country: str,
    portfolio: str,
    website: str = "",
    note: str = "",
    synthetic: bool = False,
) -> Organisation:
    """The organisation of that key; made where it is not there yet, left as it is where it is."""
    organisation, _ = Organisation.objects.get_or_create(
        key=key,
        defaults={
            "name": name,
            "country": country,
            "portfolio": portfolio,
            "website": website,
            "note": note,
            "synthetic": synthetic,
        },
    )
    return organisation


def rename(*, organisation: Organisation, name: str) -> None:
    """Call an organisation by another name from now on, in what cases are opened for.

    What it is called when is in the ledger, which alone decides: see `naming` of the register.
    """
    organisation.name = name
    organisation.save(update_fields=["name", "folded"])


def keep_logo(
    *, organisation: Organisation, data: bytes, name: str, by: "User", at: datetime
) -> OrganisationLogo:
    """Check a logo and keep it in place of the one before; `name` is the file's.

    Refused in plain words for anybody who does not belong to the organisation; raises Unusable, with what is
    wrong and what to do, where the file is no logo.
    """
    _require_own(organisation, by)
    logo = read_logo(data, name)
    kept, _ = OrganisationLogo.objects.update_or_create(
        organisation=organisation,
        defaults={
            "kind": logo.kind,
            "data": logo.data,
            "width": logo.width,
            "height": logo.height,
            "uploaded_at": at,
            "uploaded_by": by,
        },
    )
    return kept


def remove_logo(*, organisation: Organisation, by: "User") -> None:
    """Forget the organisation's logo. Reports that were made with it keep it."""
    _require_own(organisation, by)
    OrganisationLogo.objects.filter(organisation=organisation).delete()


def logo_of(organisation: Organisation) -> Logo | None:
    """The organisation's logo for its report; None where it has handed none in."""
    kept = OrganisationLogo.objects.filter(organisation=organisation).first()
    return kept.as_logo() if kept else None


def _require_own(organisation: Organisation, by: "User") -> None:
    if by.organisation_id != organisation.pk:
        raise Refused("Only the organisation itself sets its logo.")

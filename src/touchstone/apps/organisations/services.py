"""Verbs about organisations."""

from django.db import transaction

from touchstone.apps.organisations.models import Organisation
from touchstone.apps.refusal import Refused
from touchstone.core.labels.names import key_of


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
    *, key: str, name: str, country: str, portfolio: str, website: str = "", note: str = ""
) -> Organisation:
    """The organisation of that key; made where it is not there yet, left as it is where it is."""
    organisation, _ = Organisation.objects.get_or_create(
        key=key,
        defaults={"name": name, "country": country, "portfolio": portfolio, "website": website, "note": note},
    )
    return organisation

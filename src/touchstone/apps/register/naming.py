"""What an organisation is called on a day, and its record brought to that: the ledger alone decides.

A rename that is announced for a later day counts from that day on, in cases too.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from touchstone.apps.organisations import services as organisations
from touchstone.apps.organisations.models import Organisation
from touchstone.apps.register.ledger import history
from touchstone.apps.register.models import RegisterSpan
from touchstone.core.labels.known import as_known, described
from touchstone.core.labels.model import EntryKind


def called(organisation: Organisation, *, on: date) -> str:
    """Its name on a day: by the ledger, once a rename stands there, else as its record has it."""
    acts = as_known(history(organisation.key))
    renamed = any(known.act.kind is EntryKind.RENAME for known in acts)
    return described(acts, on=on).name if renamed else organisation.name


def bring_name(key: str, *, on: date) -> None:
    """Call an organisation in cases as it is called on a day, where there is a record of it."""
    for organisation in Organisation.objects.filter(key=key):
        _bring(organisation, on=on)


@transaction.atomic
def bring_names(*, at: datetime) -> int:
    """Do so for each organisation of the register whose new name has begun; gives how many had one."""
    told = RegisterSpan.objects.on(at.date()).headlines().filter(organisation=OuterRef("key"))
    others = (
        Organisation.objects.annotate(told=Subquery(told.values("name")[:1]))
        .exclude(told=None)
        .exclude(told=F("name"))
    )
    return sum(_bring(organisation, on=at.date()) for organisation in others.order_by("key"))


def _bring(organisation: Organisation, *, on: date) -> bool:
    """Whether its record had to be brought to the name of the day."""
    name = called(organisation, on=on)
    if name == organisation.name:
        return False
    organisations.rename(organisation=organisation, name=name)
    return True

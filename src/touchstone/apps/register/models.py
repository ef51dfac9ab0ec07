from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from touchstone.core.labels.model import LabelLevel, Standing
from touchstone.core.labels.names import fold


class LedgerEntry(models.Model):
    """One entry of the ledger, as it was written. `document` is the canonical JSON of the act.

    `organisation` repeats the act's, to find it by; `verify` checks that it says the same.
    """

    number = models.PositiveIntegerField(primary_key=True)
    organisation = models.CharField(max_length=120, db_index=True)
    document = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    class Meta:
        ordering = ["number"]
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")

    def __str__(self) -> str:
        return f"{self.number} {self.organisation}"


_RANKS = {LabelLevel.BRONZE: 1, LabelLevel.SILVER: 2, LabelLevel.GOLD: 3}


class RegisterRowQuerySet(models.QuerySet["RegisterRow"]):
    def search(self, text: str) -> Self:
        """Rows whose name holds every word of `text`, whatever the accents and the case."""
        found = self
        for word in fold(text).split():
            found = found.filter(folded__contains=word)
        return found

    def in_country(self, country: str) -> Self:
        return self.filter(country=country)

    def in_portfolio(self, portfolio: str) -> Self:
        return self.filter(portfolio=portfolio)

    def holding(self, level: LabelLevel | str) -> Self:
        return self.filter(level=str(level))

    def with_state(self, standing: Standing | str, *, on: date) -> Self:
        """Rows whose label stands so on a day."""
        return self.filter(_standing(on)[Standing(standing)])

    def best(self, *, on: date) -> Self:
        """One row an organisation: the label that holds best on a day, as a register shows it."""
        ranked = self.alias(rank=_rank(on))
        better = RegisterRow.objects.alias(rank=_rank(on)).filter(
            organisation=OuterRef("organisation"), rank__gt=OuterRef("rank")
        )
        return ranked.filter(~Exists(better))

    def organisations(self) -> int:
        """How many organisations there are among the rows."""
        return self.values("organisation").distinct().count()


class RegisterRow(models.Model):
    """One level of one organisation, as the ledger tells it. Made from the ledger and from nothing else."""

    organisation = models.CharField(max_length=120)
    level = models.CharField(_("level"), max_length=10)
    name = models.CharField(_("name"), max_length=250)
    folded = models.CharField(max_length=250, db_index=True)
    country = models.CharField(_("country"), max_length=2, db_index=True)
    portfolio = models.CharField(_("comparative portfolio"), max_length=60, db_index=True)
    website = models.CharField(_("website"), max_length=300, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    renewable_until = models.DateField(_("renewable until"))
    first_labelled_on = models.DateField(_("first labelled on"))
    kind = models.CharField(max_length=20)  # of the entry that the period rests on
    stopped = models.CharField(max_length=20, blank=True)  # suspended or withdrawn
    entry = models.PositiveIntegerField()  # number of the entry that the row rests on

    objects: ClassVar[models.Manager["RegisterRow"]] = RegisterRowQuerySet.as_manager()

    class Meta:
        ordering = ["folded", "organisation", "level"]
        constraints = [models.UniqueConstraint(fields=["organisation", "level"], name="one_row_a_level")]
        verbose_name = _("register row")
        verbose_name_plural = _("register rows")

    def __str__(self) -> str:
        return f"{self.name} {self.level}"

    def standing(self, on: date) -> Standing:
        """How the label stands on a day, as known now."""
        if self.stopped:
            return Standing(self.stopped)
        if on <= self.valid_until:
            return Standing.VALID
        return Standing.EXPIRED_RENEWABLE if on <= self.renewable_until else Standing.LAPSED


def _standing(on: date) -> dict[Standing, Q]:
    runs = Q(stopped="")
    return {
        Standing.VALID: runs & Q(valid_until__gte=on),
        Standing.EXPIRED_RENEWABLE: runs & Q(valid_until__lt=on, renewable_until__gte=on),
        Standing.LAPSED: runs & Q(renewable_until__lt=on),
        Standing.SUSPENDED: Q(stopped=Standing.SUSPENDED.value),
        Standing.WITHDRAWN: Q(stopped=Standing.WITHDRAWN.value),
        Standing.NEVER: Q(pk__in=[]),
    }


def _rank(on: date) -> Case:
    """The order of labels on a day: how they stand first, then how high they are. No two rows tie."""
    order = (
        Standing.VALID,
        Standing.SUSPENDED,
        Standing.EXPIRED_RENEWABLE,
        Standing.WITHDRAWN,
        Standing.LAPSED,
    )
    conditions = _standing(on)
    whens = [
        When(conditions[standing] & Q(level=level.value), then=Value(10 * (len(order) - place) + rank))
        for place, standing in enumerate(order)
        for level, rank in _RANKS.items()
    ]
    return Case(*whens, default=Value(0))

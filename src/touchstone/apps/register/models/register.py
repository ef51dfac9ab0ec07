from datetime import date
from typing import Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from touchstone.core.labels.model import LabelLevel, Standing
from touchstone.core.labels.names import fold

# Between and around the former names of a row; no folded name holds it.
APART = "|"


class RegisterRowQuerySet(models.QuerySet["RegisterRow"]):
    def search(self, text: str) -> Self:
        """Rows whose name, now or before, holds every word of `text`, whatever the accents and the case."""
        found = self
        for word in fold(text).split():
            found = found.filter(Q(folded__contains=word) | Q(former__contains=word))
        return found

    def named(self, text: str) -> Self:
        """One row for each organisation that has this key or, now or before, this name."""
        folded = fold(text)
        if not folded:
            return self.none()
        same = Q(organisation=text.strip().lower()) | Q(folded=folded)
        return self.filter(same | Q(former__contains=f"{APART}{folded}{APART}")).highest()

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
        """One row an organisation: the label that a register shows first on a day."""
        return self._topmost(_rank(on))

    def highest(self) -> Self:
        """One row an organisation: its highest level, however that stands."""
        return self._topmost(_level_rank())

    def organisations(self) -> int:
        """How many organisations there are among the rows."""
        return self.values("organisation").distinct().count()

    def _topmost(self, rank: Case) -> Self:
        better = RegisterRow.objects.alias(rank=rank).filter(
            organisation=OuterRef("organisation"), rank__gt=OuterRef("rank")
        )
        return self.alias(rank=rank).filter(~Exists(better))


class RegisterRow(models.Model):
    """One level of one organisation, as the ledger tells it. Made from the ledger and from nothing else."""

    organisation = models.CharField(max_length=120)
    level = models.CharField(_("level"), max_length=10)
    name = models.CharField(_("name"), max_length=250)
    folded = models.CharField(max_length=250, db_index=True)
    former = models.TextField(blank=True)  # folded former names, each between two APART
    country = models.CharField(_("country"), max_length=2, db_index=True)
    portfolio = models.CharField(_("comparative portfolio"), max_length=60, db_index=True)
    website = models.CharField(_("website"), max_length=300, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    renewable_until = models.DateField(_("renewable until"))
    first_labelled_on = models.DateField(_("first labelled on"))
    kind = models.CharField(max_length=20)  # of the entry that the row rests on
    entry = models.PositiveIntegerField()  # its number
    stopped = models.CharField(max_length=20, blank=True)  # suspended or withdrawn

    objects = RegisterRowQuerySet.as_manager()

    class Meta:
        ordering = ["folded", "organisation", "level"]
        constraints = [models.UniqueConstraint(fields=["organisation", "level"], name="one_row_a_level")]
        verbose_name = _("register row")
        verbose_name_plural = _("register rows")

    def __str__(self) -> str:
        return f"{self.name} {self.level}"

    def standing(self, on: date) -> Standing:
        """How the label stands on a day that lies after the last entry."""
        if self.stopped == Standing.WITHDRAWN:
            return Standing.WITHDRAWN
        if on > self.renewable_until:
            return Standing.LAPSED
        if self.stopped:
            return Standing.SUSPENDED
        return Standing.VALID if on <= self.valid_until else Standing.EXPIRED_RENEWABLE

    def as_document(self, *, on: date) -> dict[str, str]:
        """The row in JSON's own types."""
        return {
            "organisation": self.organisation,
            "name": self.name,
            "country": self.country,
            "portfolio": self.portfolio,
            "website": self.website,
            "level": self.level,
            "status": self.standing(on).value,
            "valid_from": self.valid_from.isoformat(),
            "valid_until": self.valid_until.isoformat(),
            "renewable_until": self.renewable_until.isoformat(),
            "first_labelled_on": self.first_labelled_on.isoformat(),
        }


def _standing(on: date) -> dict[Standing, Q]:
    """The conditions of `RegisterRow.standing`, the best first; no row meets two."""
    withdrawn = Q(stopped=Standing.WITHDRAWN.value)
    alive = Q(renewable_until__gte=on) & ~withdrawn
    runs = alive & Q(stopped="")
    return {
        Standing.VALID: runs & Q(valid_until__gte=on),
        Standing.EXPIRED_RENEWABLE: runs & Q(valid_until__lt=on),
        Standing.SUSPENDED: alive & ~Q(stopped=""),
        Standing.WITHDRAWN: withdrawn,
        Standing.LAPSED: Q(renewable_until__lt=on) & ~withdrawn,
        Standing.NEVER: Q(pk__in=[]),
    }


def _rank(on: date) -> Case:
    """The order of an organisation's labels on a day: how they stand, then how high. No two are equal."""
    best_first = [
        condition for standing, condition in _standing(on).items() if standing is not Standing.NEVER
    ]
    return Case(
        *(
            When(condition & Q(level=level.value), then=Value(10 * (len(best_first) - place) + level.rank))
            for place, condition in enumerate(best_first)
            for level in LabelLevel
        ),
        default=Value(0),
    )


def _level_rank() -> Case:
    return Case(*(When(level=level.value, then=Value(level.rank)) for level in LabelLevel), default=Value(-1))

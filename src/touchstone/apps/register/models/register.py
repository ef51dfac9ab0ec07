from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from touchstone.apps.register.models.counts import Narrowing
from touchstone.apps.register.models.searching import matching, named
from touchstone.core.labels.model import Standing


class RegisterSpanQuerySet(Narrowing["RegisterSpan"]):
    """Stretches of the register. Nearly every question begins with `on(day)`, most go on with `headlines`."""

    def on(self, day: date) -> Self:
        """What the register says of a day, also of one to come: one row a level and organisation."""
        return self.filter(starts__lte=day, ends__gte=day)

    def search(self, text: str) -> Self:
        """Rows of organisations of whose names, now or before, some word begins with each word of `text`.

        Accents, case and the order of the words do not matter. Where nothing is found so, one word of four
        letters or more may have one typing error. Asks the index of words at once. Blank text finds all.
        """
        found = matching(text)
        return self if found is None else self.filter(found)

    def named(self, text: str) -> Self:
        """Rows of organisations that have this key or, now or before, this name."""
        return self.filter(named(text))

    def expiring(self, *, on: date, by: date) -> Self:
        """With `on` the same day, labels that are valid and end by another."""
        # A valid label ends on the day or later: it follows, and bounds how much of an index is read.
        return self.filter(standing=Standing.VALID.value, valid_until__gte=on, valid_until__lte=by)

    def organisations(self) -> int:
        """How many organisations there are among the rows."""
        return self.values("first_entry").distinct().count()


_NAME = ("folded", "organisation")
_DAYS = ("starts", "ends")
_FILTERS = ("first_entry", "standing", "country", "portfolio", "valid_until")


def _of_headlines(name: str, *fields: str) -> models.Index:
    return models.Index(fields=fields, name=f"headlines_by_{name}", condition=models.Q(headline=True))


class RegisterSpan(models.Model):
    """One level of one organisation over days in which nothing of the organisation changes, as known now.

    Made from the ledger and from nothing else. `starts` and `ends` both belong to it; the last one ends on
    31 December 9999. On each day since its first label an organisation has one row a level that it ever held
    by then, and one of them is the headline.
    """

    organisation = models.CharField(max_length=120)
    first_entry = models.PositiveIntegerField()  # number of the organisation's first entry: its id in indexes
    level = models.CharField(_("level"), max_length=10)
    headline = models.BooleanField()
    standing = models.CharField(_("standing"), max_length=20)
    starts = models.DateField()
    ends = models.DateField()
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    renewable_until = models.DateField(_("renewable until"))
    name = models.TextField(_("name"))
    folded = models.CharField(max_length=250)
    former_names = models.JSONField(default=list)  # by then, oldest first
    country = models.CharField(_("country"), max_length=2)
    portfolio = models.CharField(_("comparative portfolio"), max_length=60)
    website = models.TextField(_("website"), blank=True)
    host = models.TextField(_("host"), blank=True)
    first_labelled_on = models.DateField(_("first labelled on"))
    grant = models.PositiveIntegerField()  # number of the newest entry that granted the run of this level
    entry = models.PositiveIntegerField()  # number of the organisation's last entry
    successors = models.JSONField(default=list)  # keys: what it had become by then

    objects = RegisterSpanQuerySet.as_manager()

    class Meta:
        ordering = ["folded", "organisation", "starts", "level"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "level", "starts"], name="one_span_a_level")
        ]
        # Each order that pages are read in, and each filter that leaves much over, has its own index, which
        # holds what the other filters ask: rows are read only where they are shown.
        indexes = [
            models.Index(
                fields=["first_entry", "ends", "starts", "headline", *_FILTERS[1:]], name="spans_of_one"
            ),
            models.Index(fields=["level", *_NAME, *_DAYS, *_FILTERS], name="spans_by_level"),
            _of_headlines("day", "ends", "starts", *_FILTERS),
            _of_headlines("name", *_NAME, *_DAYS, *_FILTERS),
            _of_headlines("country", "country", *_NAME, *_DAYS, "standing", "portfolio", "valid_until"),
            _of_headlines("portfolio", "portfolio", *_NAME, *_DAYS, "standing", "country", "valid_until"),
            _of_headlines("until", "valid_until", *_NAME, *_DAYS, "standing", "country", "portfolio"),
        ]
        verbose_name = _("register span")
        verbose_name_plural = _("register spans")

    def __str__(self) -> str:
        return f"{self.name} {self.level} {self.starts} to {self.ends}"

    def as_document(self) -> dict[str, object]:
        """What the register says of the label in these days, in JSON's own types."""
        return {
            "organisation": self.organisation,
            "name": self.name,
            "former_names": self.former_names,
            "country": self.country,
            "portfolio": self.portfolio,
            "website": self.website,
            "host": self.host,
            "level": self.level,
            "status": self.standing,
            "valid_from": self.valid_from.isoformat(),
            "valid_until": self.valid_until.isoformat(),
            "renewable_until": self.renewable_until.isoformat(),
            "first_labelled_on": self.first_labelled_on.isoformat(),
            "successors": self.successors,
        }

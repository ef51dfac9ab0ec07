from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from touchstone.apps.register.models.counts import Narrowing
from touchstone.apps.register.models.searching import meaning, named
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
        return self.filter(meaning(text).tried)

    def named(self, text: str) -> Self:
        """Rows of organisations that have this key or, now or before, this name."""
        return self.filter(named(text))

    def expiring(self, *, on: date, by: date) -> Self:
        """With `on` the same day, labels that are valid and end by another."""
        # A valid label ends on the day or later: it follows, and bounds how much of an index is read.
        return self.filter(standing=Standing.VALID.value, valid_until__gte=on, valid_until__lte=by)

    def ending_as_they_stand(self, standing: Standing | str, *, on: date) -> Self:
        """With `on` the same day and `with_state` the same standing, the same rows.

        Says when their labels end, which follows: in the order of ends, a database begins where they are.
        """
        if standing == Standing.VALID:
            return self.filter(valid_until__gte=on)
        over = standing in {Standing.EXPIRED_RENEWABLE, Standing.LAPSED}
        return self.filter(valid_until__lt=on) if over else self

    def organisations(self) -> int:
        """How many organisations there are among the rows."""
        return self.values("first_entry").distinct().count()


# What rows are asked for: it stands in each index, so that rows are read only where they are shown.
_ASKED = (
    "starts", "ends", "headline", "level", "first_entry", "standing", "country", "portfolio", "valid_until",
)  # fmt: skip


def _in_order_of(*first: str) -> models.Index:
    """An index for rows in the order of a field, if any, and then by name."""
    order = (*first, "folded", "organisation")
    name = f"spans_by_{first[0] if first else 'name'}"
    return models.Index(fields=[*order, *(field for field in _ASKED if field not in first)], name=name)


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
        # Each order that pages are read in has its own. None begins with a level or a standing: those are of
        # so many rows that it is quicker to pass over the others, in the order of the page.
        indexes = [
            models.Index(
                fields=["first_entry", "ends", "starts", *_ASKED[2:4], *_ASKED[5:]], name="spans_of_one"
            ),
            _in_order_of(),
            _in_order_of("country"),
            _in_order_of("portfolio"),
            _in_order_of("valid_until"),
            models.Index(
                fields=["grant", "ends", "starts"], name="headlines_by_grant",
                condition=models.Q(headline=True, standing=Standing.VALID.value),
            ),
        ]  # fmt: skip
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

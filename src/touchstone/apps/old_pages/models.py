from typing import Self

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _


class OldPageQuerySet(models.QuerySet["OldPage"]):
    def listed(self) -> Self:
        """With how many rows stand how, and without the text itself."""
        states = {state: Count("rows", filter=Q(rows__state=state)) for state in OldRow.State.values}
        return self.defer("text").annotate(**states)


class OldPage(models.Model):
    """A page of the old register as it was read, word for word. It is never changed."""

    name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)  # of the text
    country = models.CharField(_("country"), max_length=2)  # for rows that name none
    layout = models.CharField(_("layout"), max_length=10)  # country or industry
    text = models.TextField()
    notes = models.JSONField(default=list)  # what reading it had to conclude, in words
    read_at = models.DateTimeField(_("read"))
    read_by = models.CharField(_("by"), max_length=150)

    objects = OldPageQuerySet.as_manager()

    class Meta:
        ordering = ["-read_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["sha256", "country"], name="one_reading_of_a_page")]
        verbose_name = _("old page")
        verbose_name_plural = _("old pages")

    def __str__(self) -> str:
        return f"{self.name} {self.country}"


class OldRow(models.Model):
    """A row of a page, or the rest of one: what it says, what stands in the way, what became of it.

    A row that is entered has its ledger entry; every other one says why it has none. `name` to `valid_until`
    are empty where the reader could not tell.
    """

    class State(models.TextChoices):
        ENTERED = "entered", _("entered")
        KNOWN = "known", _("known")
        REPEATED = "repeated", _("a repetition")
        WAITING = "waiting", _("waits for you")
        LEFT_OUT = "left_out", _("left out")

    page = models.ForeignKey(OldPage, models.PROTECT, related_name="rows")
    line = models.PositiveIntegerField(_("line"))  # 1 is the first line of the page
    part = models.PositiveSmallIntegerField(default=0)  # the rest of a line comes after its row
    text = models.TextField()
    reason = models.TextField(blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    name = models.CharField(_("name"), max_length=250, blank=True)
    portfolio = models.CharField(_("comparative portfolio"), max_length=60, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    valid_until = models.DateField(_("valid until"), null=True)
    alike = models.JSONField(default=list)  # keys of organisations that may be the same, most alike first
    entry = models.PositiveIntegerField(null=True)  # of the ledger
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["page", "line", "part"]
        constraints = [models.UniqueConstraint(fields=["page", "line", "part"], name="one_row_a_place")]
        verbose_name = _("old row")
        verbose_name_plural = _("old rows")

    def __str__(self) -> str:
        return f"{self.page_id} line {self.line} {self.state}"

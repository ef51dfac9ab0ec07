import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Watch(models.Model):
    """Somebody who is told what happens to the labels of some organisations, or of a part of the register.

    Only the mail address is known of them. It is confirmed first; a webhook then has to answer a challenge.
    `since` is the last ledger entry that was there at that moment: what came before is not told.
    """

    handle = models.UUIDField(default=uuid.uuid4, unique=True)
    address = models.EmailField(_("mail address"), db_index=True)
    webhook = models.CharField(_("webhook"), max_length=500, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    portfolio = models.CharField(_("comparative portfolio"), max_length=60, blank=True)
    level = models.CharField(_("level"), max_length=10, blank=True)
    made = models.DateTimeField(_("made"))
    confirmed = models.DateTimeField(_("confirmed"), null=True, blank=True)
    answered = models.DateTimeField(_("webhook answered"), null=True, blank=True)
    since = models.PositiveIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    failure = models.TextField(_("last failure"), blank=True)
    next_try = models.DateTimeField(null=True, blank=True)
    busy_until = models.DateTimeField(null=True, blank=True)
    stopped = models.DateTimeField(_("stopped after failures"), null=True, blank=True)

    class Meta:
        ordering = ["-made", "-pk"]
        verbose_name = _("watch")
        verbose_name_plural = _("watches")

    def __str__(self) -> str:
        return str(self.handle)

    @property
    def is_told(self) -> bool:
        """Whether anything is sent to it yet, and still."""
        return bool(self.answered if self.webhook else self.confirmed) and self.stopped is None

    @property
    def is_of_all(self) -> bool:
        """Whether it is of a part of the register and not of named organisations."""
        return bool(self.country or self.portfolio or self.level)


class WatchedOrganisation(models.Model):
    """An organisation that a watch names, by its key."""

    watch = models.ForeignKey(Watch, models.CASCADE, related_name="organisations")
    organisation = models.CharField(max_length=120, db_index=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["watch", "organisation"], name="watched_once")]

    def __str__(self) -> str:
        return self.organisation


class Telling(models.Model):
    """One thing that a watch is told, once: a ledger entry, or that a period ends in so many days."""

    handle = models.UUIDField(default=uuid.uuid4, unique=True)
    watch = models.ForeignKey(Watch, models.CASCADE, related_name="tellings")
    organisation = models.CharField(max_length=120)
    entry = models.PositiveIntegerField(null=True, blank=True)
    level = models.CharField(max_length=10, blank=True)
    ends = models.DateField(null=True, blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    made = models.DateTimeField()
    handed = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["watch", "id"], name="not_told_yet", condition=Q(handed=None))]
        constraints = [
            models.UniqueConstraint(
                fields=["watch", "entry"], name="entry_told_once", condition=Q(entry__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["watch", "organisation", "level", "ends", "days"],
                name="end_told_once",
                condition=Q(entry__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.handle)


class Reached(models.Model):
    """How far the ledger has been gone through for watchers: one row."""

    number = models.PositiveIntegerField()

    def __str__(self) -> str:
        return str(self.number)

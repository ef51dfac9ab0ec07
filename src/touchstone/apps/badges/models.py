from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Max, Min, Sum
from django.utils.translation import gettext_lazy as _


class SightingQuerySet(models.QuerySet["Sighting"]):
    def before(self, day: date) -> Self:
        return self.filter(day__lt=day)

    def by_host(self) -> Any:
        # Any: Django's stubs have no name for a query of groups.
        """One line for each organisation and host: `first` and `last` day, and its `requests` in all."""
        return self.values("organisation", "host").annotate(
            first=Min("day"), last=Max("day"), requests=Sum("count")
        )


class Sighting(models.Model):
    """How often the badge of a stopped label was asked for on a day by pages of a host.

    The host's name is all that is kept of the page, and nothing of who looked at it. It is empty for all
    hosts together that came after the bound of a day.
    """

    organisation = models.CharField(max_length=120)
    host = models.CharField(_("host"), max_length=253, blank=True)
    day = models.DateField(_("day"), db_index=True)
    count = models.PositiveIntegerField(_("requests"))

    objects = SightingQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "host", "day"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "host", "day"], name="one_sighting_a_day")
        ]
        verbose_name = _("sighting of a badge")
        verbose_name_plural = _("sightings of badges")

    def __str__(self) -> str:
        return f"{self.organisation} {self.host} {self.day}"

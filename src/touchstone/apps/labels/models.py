from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Deed(models.Model):
    """Who entered an act. The ledger is public for ever and names the body; the person stands here alone."""

    entry = models.PositiveIntegerField(_("ledger entry"), primary_key=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("entered"))

    class Meta:
        ordering = ["-entry"]
        verbose_name = _("deed")
        verbose_name_plural = _("deeds")

    def __str__(self) -> str:
        return f"{self.entry} {self.by_id}"

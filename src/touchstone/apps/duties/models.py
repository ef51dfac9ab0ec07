from django.db import models
from django.utils.translation import gettext_lazy as _


class Duty(models.Model):
    """What is due again and again, and how the last turn went. `claim` is that of the process at work."""

    name = models.CharField(_("duty"), max_length=40, primary_key=True)
    claim = models.UUIDField(null=True, blank=True)
    busy_until = models.DateTimeField(_("busy until"), null=True, blank=True)
    done = models.DateTimeField(_("last done"), null=True, blank=True)
    failed = models.DateTimeField(_("last failed"), null=True, blank=True)
    failure = models.TextField(_("failure"), blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("duty")
        verbose_name_plural = _("duties")

    def __str__(self) -> str:
        return self.name

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Certificate(models.Model):
    """A sealed certificate, made once for a label, a language and what it says.

    `entry` is the ledger entry that granted the label; `facts` the SHA-256 of all that is printed, so that a
    correction or another name gives another certificate. `path` is below TOUCHSTONE_HOME/documents.
    """

    organisation = models.CharField(max_length=120)
    level = models.CharField(_("level"), max_length=10)
    entry = models.PositiveIntegerField(_("ledger entry"))
    language = models.CharField(_("language"), max_length=3)
    facts = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()  # bytes
    path = models.CharField(max_length=250, unique=True)
    sealed_at = models.DateTimeField(_("sealed at"))

    class Meta:
        ordering = ["entry", "language", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "language", "facts"], name="one_certificate_of_a_kind")
        ]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")

    def __str__(self) -> str:
        return f"{self.entry:05d} {self.language}"

    @property
    def file(self) -> Path:
        """Where the file lies."""
        return Path(settings.TOUCHSTONE_HOME) / "documents" / self.path

from django.db import models
from django.utils.translation import gettext_lazy as _

from touchstone.core.labels.model import StoredEntry


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

    def as_stored(self) -> StoredEntry:
        """The entry as `core` reads and checks it."""
        return StoredEntry(
            number=self.number,
            document=self.document.encode(errors="surrogateescape"),
            previous=self.previous,
            hash=self.hash,
            key=self.key,
            signature=self.signature,
        )

from django.db import models
from django.utils.translation import gettext_lazy as _

from touchstone.core.labels.model import Head, StoredEntry


class LedgerEntry(models.Model):
    """One entry of the ledger, as it was written. `document` is the canonical JSON of the act.

    `organisation` repeats the act's, to find it by; `verify` checks that it says the same. The database
    refuses to change, remove or misplace a row. A migration that alters the table on SQLite makes it anew
    and must put the triggers of migration 0002 back.
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


class LedgerHead(models.Model):
    """The ledger's last entry at the end of a day (UTC), signed. As little to be changed as an entry."""

    day = models.DateField(primary_key=True)
    number = models.PositiveIntegerField()
    entry = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    class Meta:
        ordering = ["day"]
        verbose_name = _("ledger head")
        verbose_name_plural = _("ledger heads")

    def __str__(self) -> str:
        return f"{self.day} {self.number}"

    def as_head(self) -> Head:
        """The head as `core` reads and checks it."""
        return Head(
            day=self.day,
            number=self.number,
            entry=self.entry,
            previous=self.previous,
            hash=self.hash,
            key=self.key,
            signature=self.signature,
        )

from typing import Literal

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from touchstone.core.labels.names import fold
from touchstone.output.logo import Logo


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def search(self, text: str) -> "OrganisationQuerySet":
        """Organisations whose name holds every word of `text`, whatever the accents and the case."""
        found = self
        for word in fold(text).split():
            found = found.filter(folded__contains=word)
        return found


class Organisation(models.Model):
    """A cluster organisation. Its key never changes, whatever it is called."""

    key = models.SlugField(_("key"), primary_key=True, max_length=120)
    name = models.CharField(_("name"), max_length=250)
    folded = models.CharField(max_length=250, editable=False, db_index=True)
    country = models.CharField(_("country"), max_length=2)  # ISO 3166-1 alpha-2
    portfolio = models.CharField(_("comparative portfolio"), max_length=60)  # an id of the pack
    website = models.URLField(_("website"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    synthetic = models.BooleanField(_("invented"), default=False)  # for demonstration; no label of it is real

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["folded", "key"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.folded = fold(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came


class OrganisationLogo(models.Model):
    """The organisation's own logo, checked and written anew; never the file that was handed in."""

    class Kind(models.TextChoices):
        PNG = "png", "PNG"
        SVG = "svg", "SVG"

    organisation = models.OneToOneField(Organisation, models.CASCADE, primary_key=True, related_name="logo")
    kind = models.CharField(max_length=3, choices=Kind.choices)
    data = models.BinaryField()
    width = models.FloatField()
    height = models.FloatField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("logo")
        verbose_name_plural = _("logos")

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.kind}"

    def as_logo(self) -> Logo:
        """The logo as reports take it."""
        kind: Literal["png", "svg"] = "svg" if self.kind == self.Kind.SVG else "png"
        return Logo(kind=kind, data=bytes(self.data), width=self.width, height=self.height)

from django.db import models
from django.utils.translation import gettext_lazy as _


class StatusList(models.Model):
    """A pair of status lists, revocation and suspension, in which each credential has one place.

    `judged` is the number of the last ledger entry that was looked at for it. The moments are those of the
    last change of a bit, and an edition counts them: a list says so from then on, and is the same file until
    the next.
    """

    number = models.PositiveIntegerField(primary_key=True)
    judged = models.PositiveIntegerField(default=0)
    revocation_changed_at = models.DateTimeField()
    revocation_edition = models.PositiveIntegerField(default=1)
    suspension_changed_at = models.DateTimeField()
    suspension_edition = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return str(self.number)


class IssuedCredential(models.Model):
    """The credential of a granted label, issued once and kept as it was signed.

    `number` is that of the granting ledger entry. Where a correction changes what was granted, the
    credential is `outdated` for good, and there is another one with the next `version`. `place` is its index
    in the lists, taken at random, so that they tell nothing of who was labelled when. `revoked` and
    `suspended` are the bits, as of the last ledger entry; `again_on` is the next day on which they may change
    without one.
    """

    number = models.PositiveIntegerField(_("ledger entry"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    organisation = models.CharField(max_length=120, db_index=True)
    level = models.CharField(_("level"), max_length=10)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    list = models.ForeignKey(StatusList, models.PROTECT, db_index=False)
    place = models.PositiveIntegerField()
    document = models.TextField()  # JSON, with its proof
    token = models.TextField()  # the same as VC-JWT
    issued_at = models.DateTimeField(_("issued at"))
    outdated = models.BooleanField(default=False)
    revoked = models.BooleanField(_("revoked"), default=False)
    suspended = models.BooleanField(_("suspended"), default=False)
    again_on = models.DateField(null=True, db_index=True)

    class Meta:
        ordering = ["number", "version"]
        constraints = [
            models.UniqueConstraint(fields=["number", "version"], name="one_credential_a_version"),
            models.UniqueConstraint(fields=["list", "place"], name="one_credential_a_place"),
        ]
        indexes = [
            models.Index(fields=["list", "place"], condition=models.Q(revoked=True), name="revoked_places"),
            models.Index(
                fields=["list", "place"], condition=models.Q(suspended=True), name="suspended_places"
            ),
        ]
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")

    def __str__(self) -> str:
        return f"{self.number} ({self.version})"

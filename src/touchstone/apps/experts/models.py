from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from touchstone.core.cases.conflicts import InterestKind


class Kind(models.TextChoices):
    """The interests of `core.cases.conflicts.InterestKind`, as a person declares them."""

    NONE = InterestKind.NONE.value, _("I have no interest in this case")
    WORKS_FOR = InterestKind.WORKS_FOR.value, _("I work for the applicant or one of its direct partners")
    ADVISES = InterestKind.ADVISES.value, _("I advise the applicant or one of its direct partners")
    FUNDS = InterestKind.FUNDS.value, _("I fund the applicant or one of its direct partners")
    MANAGES = (
        InterestKind.MANAGES.value,
        _("I manage or preside over the applicant or one of its direct partners"),
    )
    EMPLOYER = InterestKind.EMPLOYER.value, _("My employer does one of these")
    ASSESSED_BY_THEM = (
        InterestKind.ASSESSED_BY_THEM.value,
        _("People of the applicant assessed me or my organisation not long ago"),
    )
    OTHER = InterestKind.OTHER.value, _("Something else that the secretariat should know")


class InterestQuerySet(models.QuerySet["Interest"]):
    def of(self, *, case: int, person: int) -> Self:
        """All that a person declared in a case, by their primary keys."""
        return self.filter(case_id=case, expert_id=person)

    def kinds(self) -> list[InterestKind]:
        return [InterestKind(kind) for kind in self.values_list("kind", flat=True)]


class Interest(models.Model):
    """One interest that an expert declared in a case. “None” is stored too; nothing is taken back."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="interests")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="interests")
    kind = models.CharField(_("interest"), max_length=20, choices=Kind.choices)
    statement = models.TextField(_("statement"), blank=True)
    declared_at = models.DateTimeField(_("declared at"))

    objects = InterestQuerySet.as_manager()

    class Meta:
        ordering = ["declared_at", "pk"]

    def __str__(self) -> str:
        return f"{self.expert_id} {self.kind}"

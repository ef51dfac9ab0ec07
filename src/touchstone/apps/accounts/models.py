from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from touchstone.apps.organisations.models import Organisation
from touchstone.apps.permissions import is_permitted
from touchstone.core.cases.states import Role as RoleId


class Role(models.TextChoices):
    """The roles of `core.cases.states.Role`, with words for people."""

    CLUSTER = RoleId.CLUSTER.value, _("Cluster organisation")
    EXPERT = RoleId.EXPERT.value, _("Expert")
    SECRETARIAT = RoleId.SECRETARIAT.value, _("Secretariat")
    DECIDER = RoleId.DECIDER.value, _("Decider")
    PROGRAMME_OWNER = RoleId.PROGRAMME_OWNER.value, _("Programme owner")
    SCHEME_EDITOR = RoleId.SCHEME_EDITOR.value, _("Scheme editor")
    ADMINISTRATOR = RoleId.ADMINISTRATOR.value, _("Administrator")
    OBSERVER = RoleId.OBSERVER.value, _("Observer")


class User(AbstractUser):
    """A person with one role. `organisation` is the cluster organisation that the person belongs to."""

    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("organisation"),
    )
    country = models.CharField(_("country"), max_length=2, blank=True)

    REQUIRED_FIELDS: ClassVar[list[str]] = ["email", "role"]

    class Meta:
        ordering = ["username"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def has_role(self, *roles: RoleId | Role) -> bool:
        """Whether the person may work and has one of these roles."""
        return self.is_active and self.role in {role.value for role in roles}

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        """Of a thing, the rules decide alone: not even a superuser acts in a case."""
        if obj is None:
            return super().has_perm(perm)
        return self.is_active and is_permitted(perm, self, obj)

from typing import TYPE_CHECKING

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from touchstone.apps.accounts.models import User

if TYPE_CHECKING:
    UserAdmin = DjangoUserAdmin[User]
else:
    UserAdmin = DjangoUserAdmin

# Rights come with the role and from nowhere else.
admin.site.unregister(Group)
ROLE = ("role", "organisation", "country")


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Accounts are made and closed here. Nobody is made a superuser: such a one could do everything."""

    list_display = ("username", "role", "organisation", "country", "is_active", "last_login")
    list_filter = ("role", "is_active")
    list_select_related = ("organisation",)
    search_fields = ("username", "first_name", "last_name", "email")
    autocomplete_fields = ("organisation",)
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Role"), {"fields": ROLE}),
        (_("Access"), {"fields": ("is_active", "is_staff", "last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "usable_password", "password1", "password2", "email")}),
        (_("Role"), {"fields": ROLE}),
    )

    def has_delete_permission(self, request: object, obj: object = None) -> bool:  # noqa: ARG002  (Django names them)
        """Never: what somebody did stays on record. An account is closed by taking its tick away."""
        return False

"""Who may keep accounts, and read what the admin pages show."""

from touchstone.apps.accounts.models import Role, User
from touchstone.apps.permissions import permit


def is_administrator(user: User) -> bool:
    """Whether the person keeps the installation. Such a person never acts in a case."""
    return user.is_active and getattr(user, "role", "") == Role.ADMINISTRATOR


for _app in ("accounts", "cases", "certificates", "credentials", "duties", "experts", "notices",
             "organisations", "register", "watching"):  # fmt: skip
    permit(_app, is_administrator)
for _act in ("view", "add", "change"):
    permit(f"accounts.{_act}_user", is_administrator)
for _model in ("cases.view_case", "organisations.view_organisation", "register.view_ledgerentry",
               "register.view_ledgerhead", "register.view_registerspan", "certificates.view_certificate",
               "credentials.view_issuedcredential", "notices.view_outgoingletter", "watching.view_watch",
               "duties.view_duty"):  # fmt: skip
    permit(_model, is_administrator)

"""Who may keep accounts, and read what the admin pages show."""

import rules

from touchstone.apps.accounts.models import Role, User


def is_administrator(user: User) -> bool:
    """Whether the person keeps the installation. Such a person never acts in a case."""
    return user.is_active and getattr(user, "role", "") == Role.ADMINISTRATOR


for _app in ("accounts", "cases", "experts", "organisations", "register"):
    rules.add_perm(_app, rules.predicate(is_administrator))
for _act in ("view", "add", "change"):
    rules.add_perm(f"accounts.{_act}_user", rules.predicate(is_administrator))
for _model in ("cases.view_case", "organisations.view_organisation", "register.view_ledgerentry",
               "register.view_registerrow"):  # fmt: skip
    rules.add_perm(_model, rules.predicate(is_administrator))

"""Verbs about people."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from touchstone.apps.accounts.models import Role, User
from touchstone.apps.organisations.models import Organisation
from touchstone.apps.refusal import Refused


@transaction.atomic
def create_user(
    *,
    username: str,
    role: Role | str,
    password: str,
    organisation: Organisation | None = None,
    country: str = "",
    email: str = "",
    first_name: str = "",
    last_name: str = "",
) -> User:
    """A person with one role. An administrator may use Django's admin; nobody else may."""
    if role not in Role.values:
        raise Refused(f"There is no role “{role}”. Take one of: {', '.join(Role.values)}.")
    if role == Role.CLUSTER and organisation is None:
        raise Refused("A person of a cluster organisation needs that organisation.")
    if User.objects.filter(username__iexact=username).exists():
        raise Refused(f"There is a user “{username}” already. Take another name.")
    user = User(
        username=username, role=str(role), organisation=organisation, country=country, email=email,
        first_name=first_name, last_name=last_name,
        # Staff sees the admin pages; what it may do there, `rules` says. Nobody is a superuser.
        is_staff=role == Role.ADMINISTRATOR,
    )  # fmt: skip
    _set_password(user, password)
    user.save()
    return user


@transaction.atomic
def set_password(*, user: User, password: str) -> None:
    """Give a person another password; sessions under the old one end."""
    _set_password(user, password)
    user.save(update_fields=["password"])


def _set_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as fault:
        raise Refused(" ".join(fault.messages)) from fault
    user.set_password(password)

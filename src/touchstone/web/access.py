"""Who may open a page. Rules about cases stand in `apps.cases.rules`; pages only ask them."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from touchstone.apps.accounts.models import User
from touchstone.apps.cases.models import Case
from touchstone.core.cases.states import Role

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def person(request: HttpRequest) -> User:
    """Who asks. Only for views that `for_role` or `signed_in` guards."""
    return cast(User, request.user)


def signed_in(view: View[P]) -> View[P]:
    """Sends whoever is not signed in to the sign-in page, and back afterwards.

    No browser keeps such a page: who comes next to a shared device must not find it there.
    """

    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def for_role(*roles: Role) -> Callable[[View[P]], View[P]]:
    """Lets only people of these roles in; others are told whose page it is."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not person(request).has_role(*roles):
                raise PermissionDenied(_("This page belongs to another role than yours."))
            return view(request, *args, **kwargs)

        return signed_in(guarded)

    return decorate


def visible_case(request: HttpRequest, reference: str) -> Case:
    """The case with that reference; stops where the person may not even see it in a list."""
    case = get_object_or_404(Case.objects.listed(), reference=reference)
    if not person(request).has_perm("cases.see", case):
        raise PermissionDenied(_("This case is not one of yours."))
    return case


def require(request: HttpRequest, permission: str, case: Case, otherwise: str | Promise) -> None:
    """Stops, with `otherwise` told to the reader, where the person lacks a permission on the case."""
    if not person(request).has_perm(permission, case):
        raise PermissionDenied(otherwise)

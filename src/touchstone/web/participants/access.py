"""Who gets to the pages of a participant list, and where each of them lies."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from touchstone.apps.cases.models import Case
from touchstone.apps.experts.rules import has_declared
from touchstone.core.cases.states import Role
from touchstone.web.access import for_role, person, require, visible_case

for_list = for_role(Role.EXPERT, Role.CLUSTER)


def readable_case(request: HttpRequest, reference: str) -> Case:
    """The case, where the person may read its participant list."""
    case, me = visible_case(request, reference), person(request)
    if me.has_role(Role.EXPERT) and not has_declared(me, case):
        raise PermissionDenied(
            _("Declare your interests first: until then the case stays closed, even to you.")
        )
    require(request, "participants.read", case, _("You may not read the participant list of this case."))
    return case


def address(request: HttpRequest, page: str, case: Case) -> str:
    """The address of a page of the list, in the workplace where the reader is."""
    match = request.resolver_match
    return reverse(
        f"participants:{page}", args=[case.reference], current_app=match.namespace if match else None
    )

"""The pages of a cluster organisation: its label with the certificate, its cases, and its reports."""

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from touchstone.apps.cases.models import Case, Document
from touchstone.apps.certificates import services
from touchstone.apps.organisations.models import Organisation, OrganisationLogo
from touchstone.apps.refusal import Refused
from touchstone.apps.register.models import RegisterSpan
from touchstone.core.cases.states import Role
from touchstone.core.language.language import languages
from touchstone.output.content.words import words
from touchstone.web.access import for_role, person


@require_safe
@for_role(Role.CLUSTER)
def cases(request: HttpRequest) -> HttpResponse:
    """The organisation's own label and cases, newest first. Reports show once a case is decided."""
    me = person(request)
    own = Case.objects.listed().filter(organisation=me.organisation_id)
    delivered = Prefetch("documents", queryset=Document.objects.current().listed(), to_attr="delivered")
    listed = RegisterSpan.objects.filter(organisation=me.organisation_id).exists()
    context = {
        "organisation": me.organisation,
        "cases": list(own.prefetch_related(delivered)),
        "listed": listed,
        "why_none": services.why_none(str(me.organisation_id), at=timezone.now()) if listed else "",
        "languages": languages(),
        "logo": OrganisationLogo.objects.filter(organisation=me.organisation_id).exists(),
    }
    return render(request, "web/cluster/cases.html", context)


@require_safe
@for_role(Role.CLUSTER)
def certificate(request: HttpRequest, code: str) -> HttpResponseBase:
    """The organisation's own certificate, sealed, to keep; made the first time that somebody asks for it."""
    organisation = own_organisation(request)
    if code not in languages():
        raise Http404(_("There is no certificate in this language."))
    try:
        made = services.sealed(organisation.key, language=code, at=timezone.now())
    except Refused as refused:
        raise PermissionDenied(str(refused)) from refused
    name = f"{words(code).say('certificate.file')}-{organisation.key}-{made.level}.pdf"
    return FileResponse(made.file.open("rb"), as_attachment=True, filename=name)


def own_organisation(request: HttpRequest) -> Organisation:
    """The organisation of whoever asks; stops where the person belongs to none."""
    organisation = person(request).organisation
    if organisation is None:
        raise PermissionDenied(_("Your sign-in belongs to no organisation. Ask the secretariat."))
    return organisation

"""The page on which an organisation hands in its logo, which then stands on the cover of its reports."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchstone.apps.organisations import services
from touchstone.apps.organisations.models import OrganisationLogo
from touchstone.core.cases.states import Role
from touchstone.core.faults import Unusable
from touchstone.output.logo import LIMIT
from touchstone.web.access import for_role, person
from touchstone.web.cluster.views import own_organisation
from touchstone.web.forms import Form, Problem, problems

FIELD = "#id_file"
TYPES = {OrganisationLogo.Kind.PNG: "image/png", OrganisationLogo.Kind.SVG: "image/svg+xml"}


class LogoForm(Form):
    """The file. What is in it, its reader judges."""

    file = forms.FileField(
        label=gettext_lazy("The logo"),
        help_text=gettext_lazy("SVG or PNG, at most %(most)s MB; a drawing (SVG) looks best.")
        % {"most": LIMIT // 1_000_000},
        widget=forms.FileInput(attrs={"accept": ".svg,.png"}),
        error_messages={
            "required": gettext_lazy("Choose the file of your logo."),
            "empty": gettext_lazy("The file is empty. Save it again, or choose another file."),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_role(Role.CLUSTER)
def upload(request: HttpRequest) -> HttpResponseBase:
    """Hand in a logo in place of the one before; what cannot be used is told with what to do."""
    own_organisation(request)
    if request.method != "POST":
        return _page(request, LogoForm(), [])
    form = LogoForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, problems(form))
    file = form.cleaned_data["file"]
    try:
        services.keep_logo(
            organisation=own_organisation(request),
            data=file.read(LIMIT + 1),
            name=file.name or _("logo"),
            by=person(request),
            at=timezone.now(),
        )
    except Unusable as unusable:
        return _page(request, LogoForm(), [Problem(str(fault), FIELD) for fault in unusable.faults])
    messages.success(request, _("The logo is saved. The next report has it on its cover."))
    return redirect("cluster:logo")


@require_POST
@for_role(Role.CLUSTER)
def remove(request: HttpRequest) -> HttpResponseBase:
    """Take the logo away."""
    services.remove_logo(organisation=own_organisation(request), by=person(request))
    messages.success(request, _("The logo is removed."))
    return redirect("cluster:logo")


@require_safe
@for_role(Role.CLUSTER)
def picture(request: HttpRequest) -> HttpResponse:
    """The organisation's own logo, as it was written anew."""
    kept = OrganisationLogo.objects.filter(organisation=own_organisation(request)).first()
    if kept is None:
        raise Http404(_("There is no logo yet."))
    return HttpResponse(bytes(kept.data), content_type=TYPES[OrganisationLogo.Kind(kept.kind)])


def _page(request: HttpRequest, form: LogoForm, wrong: list[Problem]) -> HttpResponse:
    kept = OrganisationLogo.objects.filter(organisation=own_organisation(request)).exists()
    return render(request, "web/cluster/logo.html", {"form": form, "problems": wrong, "kept": kept})

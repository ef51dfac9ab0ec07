"""Pages that belong to no single audience: sign-in, the way to one's workplace, documents."""

from django.contrib.auth.views import LoginView
from django.db.models import Prefetch
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from touchstone.apps.cases.models import Case, Document
from touchstone.web import navigation
from touchstone.web.access import person, require, signed_in
from touchstone.web.forms import SignInForm, problems


class SignIn(LoginView):
    """Name and password. Who is signed in already goes on to the workplace."""

    template_name = "web/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        return {**context, "problems": problems(context["form"])}


@require_safe
@signed_in
def workspace(request: HttpRequest) -> HttpResponse:
    """Leads to the page where the person's role works; others find the cases they were invited to read."""
    me = person(request)
    place = navigation.workplace(me.role)
    if place:
        return redirect(place[0])
    made = Prefetch("documents", queryset=Document.objects.current().listed(), to_attr="made")
    observed = Case.objects.listed().filter(observers=me).prefetch_related(made)
    readable = [case for case in observed if me.has_perm("cases.read_documents", case)]
    return render(request, "web/workspace.html", {"cases": readable})


@require_safe
@signed_in
def document(request: HttpRequest, id: int) -> HttpResponseBase:
    """A file of a case, to keep: never shown in place, for a report is not a page of this site."""
    found = get_object_or_404(Document.objects.listed(), pk=id)
    require(
        request,
        "cases.read_documents",
        found.case,
        _("This document belongs to a case that you may not read."),
    )
    if not found.file.is_file():
        raise Http404(_("The file is missing from the folder of documents. Have the report made again."))
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=found.name)

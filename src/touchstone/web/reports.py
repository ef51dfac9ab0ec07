"""The making of a report as pages show it: how far it is, what came of it, and its documents."""

from typing import TypedDict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from touchstone.apps.cases.models import Case, Document, ReportRun
from touchstone.web.access import require, signed_in, visible_case


class Making(TypedDict):
    """What a page knows of a case's report; `run` is its newest making."""

    run: ReportRun | None
    silent: bool
    progress_address: str
    documents: list[Document]


def of(case: Case, *, address: str) -> Making:
    """The newest making of a case's report and its current documents; `address` tells of its progress."""
    run = case.runs.order_by("-pk").first()
    return {
        "run": run,
        "silent": run is not None and run.is_silent(timezone.now()),
        "progress_address": address,
        "documents": list(Document.objects.current().listed().filter(case=case)),
    }


@require_safe
@signed_in
def progress(request: HttpRequest, reference: str) -> HttpResponse:
    """How far the making is: JSON for the page's script, a page that loads itself anew for the rest."""
    case = visible_case(request, reference)
    require(request, "cases.read_documents", case, _("You may not read this case's report."))
    context = of(case, address=request.path)
    if request.accepts("text/html"):
        answer = render(
            request,
            "web/progress.html",
            {"case": case, "back": request.path.removesuffix("progress/"), **context},
        )
    else:
        answer = JsonResponse(_document(context["run"]))
    patch_vary_headers(answer, ["Accept"])
    return answer


def _document(run: ReportRun | None) -> dict[str, object]:
    if run is None:
        return {"state": "none"}
    return {
        "state": run.state,
        "step": run.step,
        "done": run.done,
        "total": run.total,
        "message": run.message,
    }

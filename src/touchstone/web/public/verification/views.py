"""Pages that check a label: whatever somebody hands in, or the number on a certificate. Nothing is kept."""

import json
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from touchstone.apps.verification.examining import LIMIT
from touchstone.apps.verification.links import counted
from touchstone.apps.verification.services import published_trust, verify_number
from touchstone.apps.verification.services import verify as verified
from touchstone.apps.verification.trust import trust_document
from touchstone.core.faults import Unusable
from touchstone.intake.guards import MEGABYTE
from touchstone.web.forms import Problem, problems
from touchstone.web.public.verification.forms import CheckForm
from touchstone.web.public.verification.showing import shown
from touchstone.web.uploads import Quota, too_large

AROUND: Final = 100_000  # bytes of a form around its file
TRUST_SECONDS: Final = 300  # as long as a status list may be kept


@csrf_exempt  # it changes nothing, for nobody: a text or a file comes, an answer goes, and that is all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Hand in anything; the answer comes below the same address."""
    if request.method != "POST":
        return _page(request, CheckForm())
    if _length(request) > 2 * LIMIT + AROUND:  # two files may be chosen before one is refused
        return _too_large(request)
    request.upload_handlers.insert(0, Quota(request, most=LIMIT))
    form = CheckForm(request.POST, request.FILES)
    if too_large(request):
        return _too_large(request)
    if not form.is_valid():
        return _page(request, form, problems(form))
    try:
        found = verified(form.content(), at=timezone.now())
    except Unusable as unusable:
        return _page(request, form, [Problem(str(unusable), f"#id_{form.cleaned_data['given']}")])
    return render(request, "web/public/verification/answer.html", {"shown": shown(found)})


@require_safe
def verify(request: HttpRequest, number: int) -> HttpResponse:
    """The number on a certificate: the label as it stands today, or that there is none of that number."""
    digits = f"{number:05d}"
    try:
        found = verify_number(counted(digits), at=timezone.now())
    except Unusable as unusable:
        context = {"form": CheckForm(), "problems": [Problem(str(unusable))]}
        return render(request, "web/public/verification/check.html", context, status=HTTPStatus.CONFLICT)
    context = {"shown": shown(found), "number": digits}
    if found.standing is None:
        page, status = "web/public/verification/no_number.html", HTTPStatus.NOT_FOUND
        return render(request, page, context, status=status)
    return render(request, "web/public/verification/number.html", context)


@require_safe
@cache_control(public=True, max_age=TRUST_SECONDS)
def trust(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  (each view is given one)
    """The public keys of this installation and its status lists, for who wants to check files without it."""
    text = json.dumps(trust_document(published_trust(timezone.now())), ensure_ascii=False, indent=2) + "\n"
    response = HttpResponse(text, "application/json")
    response["Access-Control-Allow-Origin"] = "*"
    response["Content-Disposition"] = 'inline; filename="trust.json"'
    return response


def _length(request: HttpRequest) -> int:
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(length) if length.isdecimal() else 0


def _too_large(request: HttpRequest) -> HttpResponse:
    said = _("The file is larger than %(most)s MB. Choose the right file.") % {"most": LIMIT // MEGABYTE}
    response = _page(request, CheckForm(), [Problem(said, "#id_file")])
    response.status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return response


def _page(request: HttpRequest, form: CheckForm, wrong: list[Problem] | None = None) -> HttpResponse:
    context = {"form": form, "problems": wrong or []}
    return render(request, "web/public/verification/check.html", context)

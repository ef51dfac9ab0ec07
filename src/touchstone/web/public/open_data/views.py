"""Open data for everybody: what there is, the files, and their description for portals."""

import json
from datetime import date
from itertools import groupby

from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
)
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from touchstone.apps import pack
from touchstone.apps.register.models import LedgerEntry
from touchstone.apps.register.opening import OpenFile, days_kept, kept_files, open_files
from touchstone.output.catalogue import Described, Document, Giver, turtle
from touchstone.output.catalogue import catalogue as catalogue_of
from touchstone.output.open_data import VERSION

MINUTE, YEAR = "public, max-age=60, stale-if-error=86400", "public, max-age=31536000"
DAYS_SHOWN = 7


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What there is, on what terms, when it was made, and how to cite it."""
    files = open_files(at=timezone.now()) if LedgerEntry.objects.exists() else ()
    tables = [(table, list(own)) for table, own in groupby(files, key=lambda file: file.table)]
    context = {
        "tables": tables,
        "made": files[0].made if files else None,
        "days": days_kept()[:DAYS_SHOWN],
        "version": VERSION,
        "publisher": settings.TOUCHSTONE_NAME,
        "contact": settings.TOUCHSTONE_CONTACT,
        "licence": settings.TOUCHSTONE_DATA_LICENCE,
        "licence_address": settings.TOUCHSTONE_DATA_LICENCE_ADDRESS,
        "address": request.build_absolute_uri(request.path),
        "today": timezone.localdate(),
    }
    return render(request, "web/public/open_data.html", context)


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file as the register stands now."""
    return _given(request, _named(name, open_files(at=timezone.now())), MINUTE)


@require_safe
def kept_file(request: HttpRequest, day: date, name: str) -> HttpResponseBase:
    """A file as it was kept of a day."""
    return _given(request, _named(name, kept_files(day)), YEAR)


@require_safe
def catalogue(_: HttpRequest) -> HttpResponse:
    """The description for portals, as JSON-LD."""
    return _told(json.dumps(_catalogue(), ensure_ascii=False, indent=2) + "\n", "application/ld+json")


@require_safe
def catalogue_turtle(_: HttpRequest) -> HttpResponse:
    """The same as Turtle."""
    return _told(turtle(_catalogue()), "text/turtle; charset=utf-8")


def _catalogue() -> Document:
    giver = Giver(
        name=settings.TOUCHSTONE_NAME,
        address=settings.TOUCHSTONE_ADDRESS,
        contact=settings.TOUCHSTONE_CONTACT,
        licence=settings.TOUCHSTONE_DATA_LICENCE,
        licence_address=settings.TOUCHSTONE_DATA_LICENCE_ADDRESS,
    )
    described = (
        Described(table=one.table, format=one.format, size=one.size, sha256=one.sha256, made=one.made)
        for one in open_files(at=timezone.now())
    )
    return catalogue_of(described, giver, scheme=pack.scheme().name)


def _named(name: str, files: tuple[OpenFile, ...]) -> OpenFile:
    found = next((one for one in files if one.name == name), None)
    if found is None:
        raise Http404(gettext("There is no such file of open data. See /data/ for all there are."))
    return found


def _given(request: HttpRequest, one: OpenFile, cache: str) -> HttpResponseBase:
    """The file itself; 304 where who asks has it already."""
    tag = f'"{one.sha256[:32]}"'
    answer: HttpResponseBase = HttpResponseNotModified()
    if tag not in request.META.get("HTTP_IF_NONE_MATCH", ""):
        answer = FileResponse(one.path.open("rb"), content_type=one.format.media_type)
        answer["Content-Disposition"] = f'attachment; filename="{one.name}"'
    answer["ETag"], answer["Cache-Control"] = tag, cache
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _told(text: str, media_type: str) -> HttpResponse:
    answer = HttpResponse(text.encode(), content_type=media_type)
    answer["Cache-Control"], answer["Access-Control-Allow-Origin"] = MINUTE, "*"
    return answer

"""The installation's addresses, and an empty page that passes through the same middleware."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from touchstone.config.urls import urlpatterns as served


def empty(_request: HttpRequest) -> HttpResponse:
    """Nothing but what Django does for every request."""
    return HttpResponse(b"", content_type="text/plain")


urlpatterns = [path("empty/", empty), *served]

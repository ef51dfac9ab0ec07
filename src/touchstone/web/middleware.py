"""What every request passes through, of our own."""

import logging
from http import HTTPStatus

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from touchstone.apps.register.histories import DamagedEntry

_log = logging.getLogger(__name__)


class Languages(LocaleMiddleware):
    """Speaks the reader's language, and tells caches so; but not of files that are the same in every one.

    A view says that of its response with `same_in_every_language`. Otherwise a cache would keep a copy of
    the same badge for each list of languages that a browser may send.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if getattr(response, "same_in_every_language", False):
            return response
        return super().process_response(request, response)


class ContentPolicy(CSPMiddleware):
    """Names what a page may load, except where an answer brings a policy of its own.

    Making one takes as long as a badge; badges and answers for programs are asked for most, and load nothing.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if HEADER in response:
            return response
        return super().process_response(request, response)


class Damage(MiddlewareMixin):
    """Says where the ledger is damaged, to the reader and in one line of the log, without a traceback."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DamagedEntry):
            return None
        _log.error("the ledger is damaged: %s", exception)
        damage = str(exception)
        return render(request, "500.html", {"damage": damage}, status=HTTPStatus.INTERNAL_SERVER_ERROR)

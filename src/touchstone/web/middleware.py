"""What every request passes through, of our own."""

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware


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

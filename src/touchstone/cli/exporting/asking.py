"""The application asked in this process, as a browser asks a server: an export cannot say anything else."""

from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the application answers. `location` is where it leads to instead; else empty."""

    status: HTTPStatus
    content: bytes
    media_type: str
    location: str = ""


class Application:
    """Answers addresses of this installation. No address is sent along, so that no visitor is counted."""

    def __init__(self) -> None:
        self._handler = BaseHandler()
        self._handler.load_middleware()

    def get(self, address: str) -> Answer:
        """The answer to an address such as /register/?after=pl-a."""
        asked, home = urlsplit(address), urlsplit(settings.TOUCHSTONE_ADDRESS)
        request = WSGIRequest({
            "REQUEST_METHOD": "GET",
            # As PEP 3333 has it: the bytes of the path, each as a letter of Latin 1.
            "PATH_INFO": unquote_to_bytes(asked.path).decode("latin-1"),
            "QUERY_STRING": asked.query,
            "HTTP_HOST": home.netloc,
            "SERVER_NAME": home.hostname,
            "SERVER_PORT": str(home.port or (443 if home.scheme == "https" else 80)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_X_FORWARDED_PROTO": home.scheme,
            "wsgi.url_scheme": home.scheme,
            "wsgi.input": BytesIO(),
        })  # fmt: skip
        response = self._handler.get_response(request)
        with closing(response):
            content = response.getvalue()  # of a streaming one too
        return Answer(
            status=HTTPStatus(response.status_code),
            content=content,
            media_type=response.headers.get("Content-Type", "").partition(";")[0],
            location=response.headers.get("Location", ""),
        )

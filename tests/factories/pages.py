"""What tests read off a page."""

import re
from html import unescape

from django.http import HttpResponse


def text(response: HttpResponse) -> str:
    """The words of a page, single-spaced, without tags."""
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def links(response: HttpResponse) -> list[str]:
    """The addresses that the main part of a page leads to, in order."""
    main = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return [unescape(address) for address in re.findall(r'<a [^>]*?href="([^"]*)"', main)]


def heading(response: HttpResponse) -> str:
    """The one main heading of a page."""
    found = re.findall(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), flags=re.DOTALL)
    assert len(found) == 1
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[0])).split())


def errors(response: HttpResponse) -> list[str]:
    """The lines of the error summary, each as "address text"."""
    summary = re.search(r'<div class="error-summary".*?</ul>', response.content.decode(), flags=re.DOTALL)
    lines = re.findall(r"<li>(.*?)</li>", summary.group(0), flags=re.DOTALL) if summary else []
    return [_line(line) for line in lines]


def _line(line: str) -> str:
    address = re.search(r'href="([^"]*)"', line)
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", line)).split())
    return f"{unescape(address.group(1))} {words}" if address else words

"""The report as one HTML file: no script, nothing fetched, by day and by night."""

from base64 import b64encode
from functools import cache
from typing import TYPE_CHECKING

from touchstone.output.content.model import Content
from touchstone.output.content.words import words
from touchstone.output.logo import Logo
from touchstone.output.pictures.svg import light_svg, style_sheet, svg
from touchstone.output.tokens import TEMPLATES, tokens

if TYPE_CHECKING:
    from jinja2 import Template

_MEDIA = {"png": "image/png", "svg": "image/svg+xml"}


def page(content: Content) -> str:
    """The full report. The same content gives the same text."""
    return _template().render(content=content, words=words(content.language).texts)


def _address(logo: Logo) -> str:
    """The picture itself in place of an address; as an image nothing in it can run or fetch."""
    return f"data:{_MEDIA[logo.kind]};base64,{b64encode(logo.data).decode()}"


@cache
def _template() -> "Template":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=False,
    )
    environment.globals.update(
        tokens=tokens(),
        svg=svg,
        light_svg=light_svg,
        logo=_address,
        style=(TEMPLATES / "report.css").read_text(encoding="utf-8") + style_sheet(),
    )
    return environment.get_template("report.html.jinja")

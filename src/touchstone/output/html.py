"""The report as one HTML file: no script, nothing fetched, by day and by night."""

from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from touchstone.output.content.model import Content
from touchstone.output.content.words import words
from touchstone.output.fonts import FOLDER
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


def _faces() -> str:
    """The fonts in the file itself: Latin, Greek and Cyrillic, so that words fit their pictures."""
    return "\n".join(_face(path) for path in sorted((FOLDER / "web").glob("*.woff2")))


def _face(path: Path) -> str:
    family, _, weight = path.stem.partition("-")
    return (
        f'@font-face{{font-family:"{family.replace("Noto", "Noto ")}";'
        f"font-weight:{700 if weight == 'Bold' else 400};"
        f"src:url(data:font/woff2;base64,{b64encode(path.read_bytes()).decode()})}}"
    )


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
        style="\n".join((_faces(), (TEMPLATES / "report.css").read_text(encoding="utf-8"), style_sheet())),
    )
    return environment.get_template("report.html.jinja")

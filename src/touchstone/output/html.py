"""The report as one HTML file: no script, nothing fetched, by day and by night."""

from functools import cache
from typing import TYPE_CHECKING

from touchstone.output.charts import strip
from touchstone.output.content.model import Content
from touchstone.output.content.words import words
from touchstone.output.tokens import TEMPLATES, tokens

if TYPE_CHECKING:
    from jinja2 import Template


def page(content: Content) -> str:
    """The full report. The same content gives the same text."""
    return _template().render(content=content)


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
        words=words(),
        tokens=tokens(),
        strip=strip,
        style=(TEMPLATES / "report.css").read_text(encoding="utf-8"),
    )
    return environment.get_template("report.html.jinja")

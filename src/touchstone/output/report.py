"""The five files of a report: two PDFs, HTML, workbook and `result.json`.

Each form is the same, to the byte, for the same report. Files appear whole under their names or not
at all, and none appears before all of them are made.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from touchstone.core.report.report import Report
from touchstone.core.report.result import as_result
from touchstone.core.scheme.model import Scheme
from touchstone.output.content.making import content
from touchstone.output.content.model import Content
from touchstone.output.html import page
from touchstone.output.logo import Logo
from touchstone.output.pdf import full_pdf, one_page_pdf
from touchstone.output.workbook import book
from touchstone.output.writing import write_whole

# Making one form from the report and its content.
Form = Callable[[Report, Content, Scheme], bytes]

FORMS: Final[Mapping[str, Form]] = {
    "report.pdf": lambda report, said, _: full_pdf(said, on=report.on),
    "summary.pdf": lambda report, said, _: one_page_pdf(said, on=report.on),
    "report.html": lambda _, said, __: page(said).encode(),
    "report.xlsx": book,
    "result.json": lambda report, _, __: result_json(report),
}


def write_all(report: Report, folder: Path, *, scheme: Scheme, logo: Logo | None = None) -> tuple[Path, ...]:
    """Write all forms into a folder, which is made where it is missing; gives their paths.

    OSError is passed on: a file that could not be written keeps what it held before.
    """
    made = make_all(report, scheme, logo=logo)
    for name, form in made.items():
        write_whole(folder / name, form)
    return tuple(folder / name for name in made)


def make_all(
    report: Report,
    scheme: Scheme,
    *,
    logo: Logo | None = None,
    done: Callable[[str], None] = lambda _: None,
) -> dict[str, bytes]:
    """File name → content. `logo` is the organisation's own; `done` is told each form as it is made."""
    said = content(report, scheme, logo=logo)
    made = {}
    for name, form in FORMS.items():
        made[name] = form(report, said, scheme)
        done(name)
    return made


def result_json(report: Report) -> bytes:
    """`result.json`: UTF-8, in the order of the contract; a line an entry, and one an item of a list."""
    entries = (f"  {_json(name)}: {_lines(value)}" for name, value in as_result(report).items())
    text = "{\n" + ",\n".join(entries) + "\n}\n"
    # Half of a surrogate pair is no character of UTF-8; written as JSON's own escape it comes back whole.
    return text.encode("utf-8", "backslashreplace")


def _lines(value: object) -> str:
    if not isinstance(value, list) or not value:
        return _json(value)
    return "[\n" + ",\n".join(f"    {_json(item)}" for item in value) + "\n  ]"


# Indents of its own would keep the standard library from its fast writer: 10 ms in place of 3.
_json: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode

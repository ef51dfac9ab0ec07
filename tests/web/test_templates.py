"""House law for templates and static files: nothing inline, nothing from elsewhere, named placeholders."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from touchstone.web import __file__ as package

FOLDER = Path(package).parent
TEMPLATES = sorted((FOLDER / "templates").rglob("*.html"))
OWN = sorted((FOLDER / "static/web").iterdir())


@pytest.fixture(params=TEMPLATES, ids=lambda path: str(path.relative_to(FOLDER / "templates")))
def template(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_it_can_be_read(template: Path) -> None:
    get_template(str(template.relative_to(FOLDER / "templates")))


def test_it_holds_no_inline_script_and_no_inline_style(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    data = '<script type="application/ld+json">'  # is read by search engines and runs nowhere
    found = re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", text.replace(data, ""))
    assert found == []


def test_it_loads_nothing_from_elsewhere(template: Path) -> None:
    assert re.findall(r'(?:src|href)="https?:', template.read_text(encoding="utf-8")) == []


def test_no_text_stands_in_it_untranslated(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    text = re.sub(r"\{% block body_class %\}\w+|<code\b.*?</code>", "", text, flags=re.DOTALL)
    text = re.sub(r"\{% blocktranslate.*?\{% endblocktranslate %\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{[%{#].*?[%}#]\}|<[^>]*>", "\n", text, flags=re.DOTALL)
    words = {line.strip() for line in text.splitlines() if re.search(r"[A-Za-z]{3}", line)}
    files = {word for word in words if re.fullmatch(r"[a-z]+\.jsonl?(\?after=0)?", word)}
    assert words - files - {"· Touchstone", "Touchstone", "UTC", "OpenAPI 3.1"} == set()


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_a_static_file_loads_nothing_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert re.findall(r"https?://", text) == []


@pytest.mark.parametrize("path", [path for path in OWN if path.suffix == ".css"], ids=lambda path: path.name)
def test_each_address_in_a_style_sheet_leads_to_a_file(path: Path) -> None:
    addresses = re.findall(r'url\("([^"]+)"\)', path.read_text(encoding="utf-8"))
    assert [address for address in addresses if not (path.parent / address).resolve().is_file()] == []

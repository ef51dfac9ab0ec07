"""House law for templates and static files: nothing inline, nothing from elsewhere, named placeholders."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.template.loader import get_template

from touchstone.web import __file__ as package

FOLDER = Path(package).parent
TEMPLATES = sorted((FOLDER / "templates").rglob("*.html"))
OWN = sorted((FOLDER / "static/web").iterdir())


Found = dict[str, object]


def found(look: Callable[[str], object]) -> Found:
    """What is found in which template; nothing where nothing is."""
    names = {str(path.relative_to(FOLDER / "templates")): path for path in TEMPLATES}
    seen = {name: look(path.read_text(encoding="utf-8")) for name, path in names.items()}
    return {name: what for name, what in seen.items() if what}


def test_each_template_can_be_read() -> None:
    for path in TEMPLATES:
        get_template(str(path.relative_to(FOLDER / "templates")))


def test_none_holds_an_inline_script_or_an_inline_style() -> None:
    data = '<script type="application/ld+json">'  # is read by search engines and runs nowhere
    inline = re.compile(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:")
    assert found(lambda text: inline.findall(text.replace(data, ""))) == {}


def test_none_loads_anything_from_elsewhere() -> None:
    assert found(re.compile(r'(?:src|href)="https?:').findall) == {}


def untranslated(text: str) -> set[str]:
    text = re.sub(r"\{% block body_class %\}\w+|<code\b.*?</code>", "", text, flags=re.DOTALL)
    text = re.sub(r"\{% blocktranslate.*?\{% endblocktranslate %\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{[%{#].*?[%}#]\}|<[^>]*>", "\n", text, flags=re.DOTALL)
    words = {line.strip() for line in text.splitlines() if re.search(r"[A-Za-z]{3}", line)}
    files = {word for word in words if re.fullmatch(r"[a-z]+\.jsonl?(\?after=0)?", word)}
    return words - files - {"· Touchstone", "Touchstone", "UTC", "OpenAPI 3.1"}


def test_no_text_stands_in_one_untranslated() -> None:
    assert found(untranslated) == {}


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_a_static_file_loads_nothing_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert re.findall(r"https?://", text) == []


@pytest.mark.parametrize("path", [path for path in OWN if path.suffix == ".css"], ids=lambda path: path.name)
def test_each_address_in_a_style_sheet_leads_to_a_file(path: Path) -> None:
    addresses = re.findall(r'url\("([^"]+)"\)', path.read_text(encoding="utf-8"))
    assert [address for address in addresses if not (path.parent / address).resolve().is_file()] == []

"""The manual says what the program does: commands, settings, links."""

import re
from pathlib import Path

import pytest

from touchstone.cli.reference import page
from touchstone.core.cases.states import table

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def test_the_page_on_the_command_line_is_what_the_commands_say() -> None:
    assert (ROOT / "docs/reference/command-line.md").read_text(encoding="utf-8") == page()


def test_the_page_on_steps_holds_every_row_of_the_table() -> None:
    written = (ROOT / "docs/reference/case-steps.md").read_text(encoding="utf-8")
    rows = [line for line in written.splitlines() if line.startswith("| ")][1:]
    assert rows == ["| " + " | ".join(row) + " |" for row in table()]


def test_every_setting_has_its_heading() -> None:
    settings = (ROOT / "src/touchstone/config/settings.py").read_text(encoding="utf-8")
    names = set(re.findall(r'env(?:\.\w+)?\(\s*"(\w+)"', settings)) | {
        "TOUCHSTONE_HOME",
        "TOUCHSTONE_TRACEBACK",
    }
    written = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## `(\w+)`", written, re.MULTILINE)) == names


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    targets = [
        t
        for t in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text)
        if "://" not in t and not t.startswith("mailto:")
    ]
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_every_decision_is_listed() -> None:
    listed = re.findall(
        r"\]\((\d{4}-[\w-]+\.md)\)", (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8")
    )
    assert listed == sorted(path.name for path in (ROOT / "docs/decisions").glob("[0-9]*.md"))


def test_every_dependency_has_its_line() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = project.split("dependencies = [", 1)[1].split("\n]", 1)[0]
    names = re.findall(r'^\s+"([a-z0-9-]+)', block, re.MULTILINE)
    explained = (ROOT / "docs/explanation/dependencies.md").read_text(encoding="utf-8")
    table_rows = "\n".join(line.split("|")[1] for line in explained.splitlines() if line.startswith("| "))
    assert [name for name in names if not re.search(rf"\b{name}\b", table_rows)] == []

"""One export: what is asked for, turned, followed, and told where it is missing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import time_machine

from factories.answering import one_connection
from factories.apps import NOW, TODAY, entry
from touchstone.cli.exporting.export import Export
from touchstone.cli.exporting.folder import being_made

pytestmark = pytest.mark.django_db


@contextmanager
def asking() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False), one_connection():
        yield


def exported(tmp_path: Path, *asked: str, live: str = "") -> tuple[dict[str, bytes], list[str]]:
    """The files that come of some addresses, and what is wrong with them."""
    with asking(), being_made(tmp_path / "public") as folder:
        export = Export(folder, TODAY, live)
        export._write_all(asked)
        files = {
            str(one.relative_to(folder.part)): one.read_bytes()
            for one in folder.part.rglob("*")
            if one.is_file()
        }
    return files, export.faults


def test_an_address_without_an_answer_is_told(tmp_path: Path) -> None:
    assert exported(tmp_path, "/register/lt-nobody/") == ({}, ["/register/lt-nobody/: was answered with 404"])


def test_an_address_without_a_file_is_told(tmp_path: Path) -> None:
    assert exported(tmp_path, "/sign-in/") == ({}, ["/sign-in/: has no file"])


def test_where_an_address_leads_on_a_page_does_so(tmp_path: Path) -> None:
    files, faults = exported(tmp_path, "/scheme/A1.founded/")
    assert (b'url=/scheme/A1/#A1.founded"' in files["scheme/A1.founded/index.html"], faults) == (True, [])


def test_style_sheets_and_scripts_bring_what_they_name(tmp_path: Path) -> None:
    files, faults = exported(tmp_path, "/static/web/brand.css")
    wanted = {"static/web/brand.css", "static/web/tokens.css", "static/vendor/tabler/tabler.min.css"}
    assert (wanted - set(files), faults) == (set(), [])


def test_pages_further_on_are_found_by_following(tmp_path: Path) -> None:
    for number in range(51):
        entry(organisation=f"lt-{number:02}", name=f"Cluster {number:02}")
    files, faults = exported(tmp_path, "/register/")
    pages = sorted(file for file in files if file.startswith("register/") and file.endswith(".html"))
    assert (pages, faults) == (
        ["register/after/lt-49/index.html", "register/before/lt-50/index.html", "register/index.html"],
        [],
    )


def test_a_page_is_asked_for_once(tmp_path: Path) -> None:
    with asking(), being_made(tmp_path / "public") as folder:
        export = Export(folder, TODAY)
        export._write_all(["/robots.txt", "/robots.txt"])
        assert (folder.new, folder.same) == (1, 0)

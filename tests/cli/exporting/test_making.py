"""What is made of addresses: asked for, turned, followed, and told where it is missing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import time_machine

from factories.answering import one_connection
from factories.apps import NOW, entry
from factories.exports import tree
from touchstone.cli.exporting import addresses
from touchstone.cli.exporting.folder import Folder, being_made
from touchstone.cli.exporting.making import Made, Making

pytestmark = pytest.mark.django_db


@contextmanager
def making(tmp_path: Path) -> Iterator[tuple[Making, Folder]]:
    with time_machine.travel(NOW, tick=False), one_connection(), being_made(tmp_path / "public") as folder:
        yield Making(folder=folder, live="", stamp="now"), folder


def made(tmp_path: Path, *asked: str) -> tuple[Made, dict[str, bytes]]:
    """What comes of some addresses, and the files that wait for their place."""
    with making(tmp_path) as (work, folder):
        return work.pages(asked), dict(tree(folder.part))


def test_an_address_without_an_answer_is_told(tmp_path: Path) -> None:
    found, files = made(tmp_path, "/register/lt-nobody/")
    assert (found.faults, files) == (["/register/lt-nobody/: was answered with 404"], {})


def test_an_address_without_a_file_is_told(tmp_path: Path) -> None:
    found, files = made(tmp_path, "/sign-in/")
    assert (found.faults, files) == (["/sign-in/: has no file"], {})


def test_where_an_address_leads_on_a_page_does_so(tmp_path: Path) -> None:
    found, files = made(tmp_path, "/scheme/A1.founded/")
    assert found.faults == []
    assert b'url=/scheme/A1/#A1.founded"' in files["scheme/A1.founded/index.html"]


def test_style_sheets_and_scripts_name_what_they_bring(tmp_path: Path) -> None:
    found, _ = made(tmp_path, "/static/web/brand.css")
    wanted = {"/static/web/tokens.css", "/static/vendor/tabler/tabler.min.css"}
    assert (wanted - found.found.keys(), found.faults) == (set(), [])


def test_the_pages_of_the_list_are_those_that_its_pages_lead_to(tmp_path: Path) -> None:
    for number in range(101):
        entry(organisation=f"lt-{number:03}", name=f"Cluster {number:03}")
    with making(tmp_path) as (work, _):
        known = set(addresses.pages_of_the_list(NOW.date()))
        found, waiting = set(), {"/register/"}
        while waiting:
            found |= waiting
            waiting = {one for one in work.pages(sorted(waiting)).found if "?" in one} - found
    assert (found - {"/register/"}, len(known)) == (known, 4)


def test_a_file_that_stands_already_does_not_wait_for_its_place(tmp_path: Path) -> None:
    with making(tmp_path) as (work, folder):
        first = work.pages(["/robots.txt"])
        folder.part.rename(folder.place)
        second = work.pages(["/robots.txt"])
        assert (first.staged, second.staged, second.files) == (["robots.txt"], [], first.files)
        assert tree(folder.part) == {}

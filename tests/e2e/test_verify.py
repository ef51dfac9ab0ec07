"""Checking a label as anybody does: by number, by file, by photograph; wide and narrow, without a script."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from factories.browser import Visit, Visitor
from factories.installation import Installation
from factories.photos import photo

HOLDER = "hr-adriatic-marine"  # of the demonstration: its label is valid until 30 June 2027
ISSUE = f"""
from datetime import UTC, datetime
from touchstone.apps.certificates.services import sealed
made = sealed({HOLDER!r}, language="en", at=datetime.now(UTC))
print(made.entry, made.file)
"""


@pytest.fixture
def certificate(running: Installation) -> tuple[int, Path]:
    """The number of a label of the demonstration, and its certificate as a file."""
    number, file = running.run(ISSUE).split(" ", 1)
    return int(number), Path(file)


def hand_in(visitor: Visitor, field: str, file: Path) -> None:
    visitor.open("/verify/")
    visitor.page.get_by_label(field, exact=True).set_input_files(file)
    visitor.press("Check")


def test_a_certificate_is_checked_by_number_by_file_and_by_photograph(
    visit: Visit, certificate: tuple[int, Path], tmp_path: Path
) -> None:
    number, file = certificate
    visitor = visit(viewport={"width": 390, "height": 800}, widths=[1280])
    answer = visitor.page.locator(".answer")
    hand_in(visitor, "File", file)
    expect(visitor.page.locator("h1")).to_have_text("Valid today")
    expect(answer).to_contain_text("Genuine. The Bronze label of Adriatic Marine Services (invented)")
    expect(visitor.page.locator(".check-passed")).to_have_count(9)
    visitor.follow("This label’s own page of checks")
    expect(visitor.page.locator("h1")).to_have_text(f"Label number {number:05d}")
    (tmp_path / "photo.jpg").write_bytes(
        photo(f"{visitor.address}/verify/{number:05d}/", kind="JPEG", turned=12)
    )
    hand_in(visitor, "Photograph of the code", tmp_path / "photo.jpg")
    expect(visitor.page.locator("h1")).to_have_text("Valid today")


def test_a_forgery_and_what_is_nothing_are_told(
    visit: Visit, certificate: tuple[int, Path], tmp_path: Path
) -> None:
    visitor = visit()
    bent = tmp_path / "label.pdf"
    bent.write_bytes(certificate[1].read_bytes() + b"% more\n")
    hand_in(visitor, "File", bent)
    expect(visitor.page.locator("h1")).to_have_text("Not valid")
    expect(visitor.page.locator(".check-failed")).to_have_count(1)
    (tmp_path / "notes.txt").write_text("hello")
    hand_in(visitor, "File", tmp_path / "notes.txt")
    expect(visitor.page.get_by_role("alert")).to_be_focused()


def test_it_works_without_a_script(visit: Visit, certificate: tuple[int, Path]) -> None:
    visitor = visit(java_script_enabled=False)
    visitor.page.goto(f"{visitor.address}/verify/")
    visitor.page.get_by_label("Number, link or text").fill(f"{certificate[0]:05d}")
    visitor.page.get_by_role("button", name="Check", exact=True).click()
    expect(visitor.page.locator("h1")).to_have_text("Valid today")

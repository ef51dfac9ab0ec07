"""A funder asks for a proof, and somebody begins and stops to watch, by day and by night, wide and narrow."""

import re
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from factories.browser import Visit, Visitor
from factories.installation import Installation

ASKED = "Aviation Valley\nAviaton Valley\nNobody at all\n1"
LATEST = "from touchstone.apps.notices.models import OutgoingLetter as L; print(L.objects.all()[0].text)"


@pytest.fixture
def visitor(visit: Visit) -> Visitor:
    return visit(viewport={"width": 390, "height": 800}, widths=[1280], accept_downloads=True)


def test_a_list_is_answered_and_the_files_say_the_same(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.page
    visitor.open("/proof/")
    visitor.press("Show the answer")
    expect(page.get_by_role("alert")).to_contain_text("Name at least one organisation")
    page.get_by_label("Organisations").fill(ASKED)
    page.get_by_label("Valid on the day").fill("2013-02-23")
    visitor.press("Show the answer")
    expect(page.get_by_role("heading", level=1)).to_have_text("Yes for 1 of 4, no for 1, not known for 2.")
    for button, head in {
        "Download the sealed PDF": b"%PDF-1.7",
        "Download the signed file (JSON)": b'{"proof',
    }.items():
        with page.expect_download() as download:
            page.get_by_role("button", name=button).click()
        download.value.save_as(tmp_path / "file")
        assert (tmp_path / "file").read_bytes().startswith(head)
    page.get_by_text("Ask again", exact=True).click()
    expect(page.get_by_label("Organisations")).to_have_value(ASKED)
    visitor.look()


def test_a_watch_is_asked_for_confirmed_and_stopped(visitor: Visitor, running: Installation) -> None:
    page = visitor.page
    visitor.open("/watch/?organisation=pl-aviation-valley")
    page.get_by_text("For programs: a webhook").click()
    page.get_by_label("Address of a webhook").fill("https://127.0.0.1/")
    visitor.press("Send me the letter to confirm")
    expect(page.get_by_role("alert")).to_contain_text("A webhook's host is a public name")
    page.get_by_label("Address of a webhook").fill("")
    page.get_by_label("Your mail address").fill("funder@example.org")
    visitor.press("Send me the letter to confirm")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")

    (link,) = re.findall(r"http\S+/watch/confirm/\S+", running.run(LATEST))
    visitor.open(urlsplit(link).path)
    visitor.press("Yes, begin")
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmed")

    made = "from touchstone.apps.watching import letters, models; w = models.Watch.objects.all()[0]; "
    manage, stop = running.run(f"{made}print(letters.manage_link(w), letters.stop_link(w))").split()
    visitor.open(urlsplit(manage).path)
    expect(page.get_by_role("main")).to_contain_text("funder@example.org has 1 watch.")
    visitor.open(urlsplit(stop).path)
    visitor.press("Stop it")
    expect(page.get_by_role("heading", level=1)).to_have_text("Stopped")
    visitor.expected.add("status of 404")  # the browser itself notes that the page is gone
    answer = page.goto(manage)
    assert answer is not None
    assert answer.status == 404
    visitor.look()


def test_a_day_to_come_is_answered_with_a_caution(visitor: Visitor) -> None:
    later = date.today() + timedelta(days=400)  # noqa: DTZ011  (the installation's clock is this one)
    visitor.open(f"/proof/?organisation=Aviation+Valley&on={later}")
    visitor.press("Show the answer")
    expect(visitor.page.get_by_text("That day lies ahead of what was known.")).to_be_visible()

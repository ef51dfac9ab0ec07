"""Every page of the demonstration: on a wide and a narrow window, by day and by night, by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from factories.browser import Visit

FINISHED = "2026-0002"  # the demonstration opens two cases; this one is decided
PAGES = {
    "": [
        "/", "/register/", "/register/?q=ict&state=lapsed", "/register/?level=platinum", "/register/?q=zzz",
        "/register/pl-aviation-valley/", "/register/pl-aviation-valley/?on=2013-02-23",
        "/scheme/", "/scheme/A3/", "/scheme/1.1.1/", "/scheme/?q=members", "/scheme/?q=zebra&lang=xx",
        "/scheme/D8/?lang=lt", "/scheme/3.1/?lang=de", "/scheme/rules/?lang=pl", "/scheme/packs/ecei-bw/",
        "/verify/00001/", "/ledger/", "/data/", "/api/", "/sign-in/",
    ],
    "expert": ["/assessments/", f"/assessments/{FINISHED}/"],
    "secretariat": [
        "/secretariat/", "/secretariat/misuse/", f"/secretariat/{FINISHED}/",
        f"/secretariat/{FINISHED}/progress/",
    ],
    "decider": ["/decisions/", f"/decisions/{FINISHED}/"],
    "cluster": ["/my/", "/my/logo/"],
    "programme-owner": [
        "/insights/", "/insights/groups/", "/insights/groups/?group=country:DE&size=medium&about=B",
        "/insights/groups/?group=country:MX&age=new", "/insights/groups/?group=country:ZZ",
    ],
    "observer": ["/workspace/"],
    "scheme-editor": ["/workspace/"],
}  # fmt: skip


@pytest.mark.parametrize("user", PAGES)
def test_each_page_holds(visit: Visit, user: str) -> None:
    visitor = visit(user, widths=[390])
    for path in PAGES[user]:
        visitor.open(path)


@pytest.mark.parametrize(
    ("user", "path", "status"),
    [
        ("", "/nowhere/", 404),
        ("", "/register/lt-never/", 404),
        ("", "/verify/99999/", 404),
        ("decider", "/secretariat/", 403),
    ],
)
def test_a_page_of_an_error_holds_too(visit: Visit, user: str, path: str, status: int) -> None:
    visitor = visit(user)
    visitor.expected.add(f"status of {status}")  # the browser itself notes it
    answer = visitor.page.goto(f"{visitor.address}{path}")
    assert answer is not None
    assert answer.status == status
    visitor.look()


def focused(page: Page) -> str:
    """What has the focus: its words, or the name of its field."""
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.name"))


def test_signing_in_and_reaching_the_work_takes_no_mouse(visit: Visit) -> None:
    visitor = visit()
    page = visitor.page
    page.goto(f"{visitor.address}/sign-in/")
    expect(page.get_by_label("Username")).to_be_focused()
    page.keyboard.type("expert")
    page.keyboard.press("Tab")
    page.keyboard.type(visitor.passwords["expert"])
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("My assessments")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page) == page.get_by_role("main").get_by_role("link").first.inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What is next")).to_be_visible()


def test_a_form_with_faults_brings_the_focus_to_their_summary(visit: Visit) -> None:
    visitor = visit()
    page = visitor.page
    page.goto(f"{visitor.address}/sign-in/")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(page.get_by_label("Username")).to_be_focused()
    visitor.look()


def test_the_code_of_the_badge_can_be_copied(visit: Visit) -> None:
    visitor = visit(permissions=["clipboard-read", "clipboard-write"])
    page = visitor.page
    visitor.open("/register/pl-aviation-valley/")
    page.locator("[data-copies=embed]").get_by_role("button").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#embed").input_value()


def test_without_scripts_no_button_is_shown_that_needs_one(visit: Visit) -> None:
    visitor = visit(java_script_enabled=False)
    visitor.page.goto(f"{visitor.address}/register/pl-aviation-valley/")
    expect(visitor.page.locator("#embed")).to_be_visible()
    expect(visitor.page.get_by_role("button", name="Copy the code")).to_have_count(0)


def test_a_page_prints_without_what_cannot_be_clicked_on_paper(visit: Visit) -> None:
    visitor = visit()
    visitor.open("/register/pl-aviation-valley/")
    visitor.page.emulate_media(media="print")
    expect(visitor.page.locator(".site-nav")).to_be_hidden()
    expect(visitor.page.locator(".answer")).to_be_visible()

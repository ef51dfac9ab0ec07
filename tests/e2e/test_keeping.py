"""The secretariat and the deciders keep labels right: in a browser, on a wide and a narrow window."""

from pathlib import Path

from playwright.sync_api import expect

from factories.browser import Visit

NARROW = {"width": 390, "height": 800}  # who can do it here can do it where there is more room
ROWS = "Name Comparative portfolio www Label valid until\nReed and Willow Guild Basketry 2015/02/11\nNo row\n"


def test_the_effect_of_a_stop_is_looked_at_before_it_is_entered(visit: Visit) -> None:
    decider = visit("decider", viewport=NARROW, widths=[1280])
    decider.open("/labels/?q=fjord")
    decider.follow("Fjord Battery Cluster (invented)")
    decider.follow("Suspend")
    decider.press("Show what this changes")
    expect(decider.page.get_by_role("alert")).to_contain_text("Say why.")
    decider.page.get_by_label("Reason").fill("Records were not opened.")
    decider.press("Show what this changes")
    expect(decider.page.get_by_role("heading", level=1)).to_have_text("Check before you enter")
    expect(decider.page.locator("tbody")).to_contain_text("suspended")
    decider.press("Change what I wrote")
    expect(decider.page.get_by_label("Reason")).to_have_value("Records were not opened.")
    decider.open("/register/no-fjord-battery/")
    expect(decider.page.locator(".answer")).to_contain_text("Holds the Gold label")


def test_a_doubtful_row_of_an_old_page_is_settled(visit: Visit, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(ROWS, encoding="utf-8")
    keeper = visit("secretariat", viewport=NARROW, widths=[1280])
    keeper.open("/secretariat/")
    keeper.follow("Pages of the old register")
    keeper.follow("Take in a page")
    keeper.page.get_by_label("The page, saved as plain text").set_input_files(page)
    keeper.page.get_by_label("Country of the page").select_option("LT")
    keeper.press("Take in")
    expect(keeper.page.locator(".answer")).to_have_text("2 rows wait for you.")
    keeper.follow("Settle line 3")
    keeper.press("Leave it out")
    expect(keeper.page.get_by_role("alert")).to_contain_text("Say why the row is left out.")
    keeper.page.get_by_label("Why it is left out").fill("No row of the table.")
    keeper.press("Leave it out")
    expect(keeper.page.get_by_role("heading", level=1)).to_have_text("What does line 2 say?")


def test_the_other_pages_hold_too(visit: Visit) -> None:
    keeper = visit("secretariat", viewport=NARROW, widths=[1280])
    for path in (
        "/labels/", "/labels/?q=zzz", "/labels/lv-daugava-timber/", "/labels/lt-amber-coast-photonics/",
        "/labels/lv-daugava-timber/merger/", "/labels/lv-daugava-timber/correction/",
        "/secretariat/old-pages/",
    ):  # fmt: skip
        keeper.open(path)

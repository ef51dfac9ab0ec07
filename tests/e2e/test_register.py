"""The public register in a browser: on a wide and a narrow window, by day and by night, by keyboard."""

import json

from playwright.sync_api import expect

from factories.browser import Visit

PATHS = [
    "/register/?q=aviatoin", "/register/?country=PL&state=valid&on=2014-06-01", "/register/?on=2009-01-01",
    "/register/map/", "/register/map/?show=ever", "/register/map/?level=zebra&on=2000-01-01",
    "/register/countries/PL/", "/register/countries/PL/?on=2014-06-01", "/register/countries/IS/",
    "/register/pl-aviation-valley/?on=2999-01-01",
]  # fmt: skip


def test_each_page_holds(visit: Visit) -> None:
    visitor = visit(widths=[390])
    for path in PATHS:
        visitor.open(path)


def test_filters_are_folded_on_a_telephone_and_open_by_keyboard(visit: Visit) -> None:
    page = (visitor := visit(viewport={"width": 390, "height": 800})).page
    visitor.open("/register/")
    expect(page.get_by_label("Level")).to_be_hidden()
    page.get_by_text("Filters, day and order").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Level").select_option("Bronze")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Filters: Level: Bronze")).to_be_visible()
    visitor.look()


def test_filters_are_open_where_there_is_room(visit: Visit) -> None:
    page = (visitor := visit()).page
    visitor.open("/register/")
    page.get_by_label("Country").select_option("Poland")
    page.get_by_label("Name", exact=True).fill("aviation valley")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 organisation matches")).to_be_visible()
    expect(page).to_have_url(
        f"{visitor.address}/register/?q=aviation+valley&country=PL&portfolio=&level=&state=&expiring=&on=&sort=name"
    )


def test_a_number_on_the_map_leads_to_the_rows_it_counts(visit: Visit) -> None:
    page = (visitor := visit()).page
    visitor.open("/register/map/?show=ever")
    link = page.get_by_role("group", name="Europe").get_by_role("link", name="Poland")
    number = link.text_content()
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"{number} organisations match")).to_be_visible()


def test_without_scripts_everything_is_there(visit: Visit) -> None:
    page = (visitor := visit(java_script_enabled=False)).page
    page.goto(f"{visitor.address}/register/pl-aviation-valley/")
    page.get_by_text("The same as a table").click()
    expect(page.get_by_role("cell", name="no end")).to_be_visible()


def test_data_for_search_engines_passes_the_policy_and_can_be_read(visit: Visit) -> None:
    page = (visitor := visit()).page
    visitor.open("/register/pl-aviation-valley/")
    found = page.locator('script[type="application/ld+json"]').text_content()
    assert json.loads(found or "")["name"] == "Aviation Valley"

"""The interview as an expert meets it: saved while typing, without a connection, without scripts."""

import pytest
from playwright.sync_api import expect

from factories.browser import Visit, Visitor
from factories.installation import Installation

OPEN = """
from uuid import uuid4
from django.utils import timezone
from touchstone.apps.accounts.models import User
from touchstone.apps.cases import services
from touchstone.apps.organisations.models import Organisation
key = uuid4().hex[:8]
organisation = Organisation.objects.create(key=key, name="Cluster " + key, country="LT", portfolio="ict")
expert, now = User.objects.get(username="expert"), timezone.now()
case = services.open_case(
    organisation=organisation, level="bronze", by=User.objects.get(username="secretariat"),
    on=now.date(), at=now, expert=expert,
)
services.declare_interests(case=case, by=expert, kinds=["none"], at=now)
print(case.reference)
"""
# The same organisation two years before: what lasts is carried into the case, the rest is asked anew.
BEFORE = """
from datetime import date
from django.utils import timezone
from touchstone.apps.accounts.models import User
from touchstone.apps.cases.models import Case, SavedAnswer
said = {"A1.founded": 2012, "A2.legal_form": "association", "A6.total": 47}
expert, now = User.objects.get(username="expert"), timezone.now()
case = Case.objects.create(
    reference=organisation.key, organisation=organisation, level="bronze", scheme="ecei", rule_set="2022",
    state="awarded", expert=expert, opened_on=date(2024, 9, 1), interviewed_on=date(2024, 10, 12),
)
for measure, value in said.items():
    SavedAnswer.objects.create(
        case=case, measure=measure, state="answered", declared=value, saved_at=now, saved_by=expert
    )
"""
SECOND = OPEN.replace("expert, now =", f"{BEFORE}\nexpert, now =", 1)
CONFIRMED = """
from touchstone.apps.cases.models import SavedAnswer
row = SavedAnswer.objects.get(case__reference="{reference}", measure="{measure}")
print(row.carried_from, row.confirmed)
"""
ANSWER = """
from touchstone.apps.cases.models import SavedAnswer
print(SavedAnswer.objects.get(case__reference="{reference}", measure="{measure}").declared)
"""


@pytest.fixture
def reference(running: Installation) -> str:
    """A case of its own, open to the expert of the demonstration."""
    return running.run(OPEN)


@pytest.fixture
def expert(visit: Visit, reference: str) -> Visitor:
    visitor = visit("expert")
    visitor.page.goto(f"{visitor.address}/assessments/{reference}/area/A/")
    return visitor


def kept(running: Installation, reference: str, measure: str) -> str:
    """What the server has of a measure."""
    return running.run(ANSWER.format(reference=reference, measure=measure))


def test_leaving_a_field_saves_it_and_says_when(
    expert: Visitor, running: Installation, reference: str
) -> None:
    expert.page.locator('[name="A1.founded"]').fill("2016")
    expert.page.keyboard.press("Tab")
    expect(expert.page.locator("[data-save-state]")).to_contain_text("Saved at")
    expect(expert.page.locator('[data-follows="A1.age"] [data-derived]')).to_contain_text("years")
    assert kept(running, reference, "A1.founded") == "2016"


def test_a_change_that_has_settled_is_saved_without_leaving_the_field(expert: Visitor) -> None:
    expert.page.locator('[name="A6.total"]').press_sequentially("52", delay=30)
    expect(expert.page.locator("[data-save-state]")).to_contain_text("Saved at")
    expect(expert.page.locator('[name="A6.total:revision"]')).to_have_value("1")


def test_shares_are_added_up_while_they_are_typed(expert: Visitor) -> None:
    page = expert.page
    total = page.locator('[data-parts^="A3.founding_industry"]')
    expect(total).to_have_text("Shares must add up to 100 %.")
    for part, share in {"industry": "50", "research": "30", "public": "10", "management": "7"}.items():
        page.locator(f'[name="A3.founding_{part}"]').fill(share)
    expect(total).to_have_text("Shares add up to 97 %. They must add up to 100 %; 3 % are missing.")
    page.locator('[name="A3.founding_management"]').fill("14")
    expect(total).to_have_text("Shares add up to 104 %. They must add up to 100 %; 4 % are too much.")
    expect(page.locator("[data-together]")).to_contain_text("104 %")
    page.locator('[name="A3.founding_management"]').fill("10")
    expect(total).to_have_text("Shares add up to 100 %.")
    expect(page.locator("[data-together]")).to_be_empty()
    expert.look()


def test_without_a_connection_nothing_is_lost(expert: Visitor, running: Installation, reference: str) -> None:
    expert.expected.add("Failed to load resource")  # as the browser notes
    page = expert.page
    page.context.set_offline(True)
    page.locator('[name="A1.founded"]').fill("2016")
    page.locator('[name="A6.total"]').fill("52")
    page.keyboard.press("Tab")
    expect(page.locator("[data-save-state]")).to_contain_text("Not saved: no connection.")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator("h1")).to_have_text("A · Structure of the cluster")
    expect(page.locator('[name="A1.founded"]')).to_have_value("2016")
    page.context.set_offline(False)
    expect(page.locator("[data-save-state]")).to_contain_text("Saved at")
    assert kept(running, reference, "A1.founded") == "2016"
    assert kept(running, reference, "A6.total") == "52"


def test_what_is_not_sent_yet_is_still_there_after_the_page_was_closed(
    expert: Visitor, running: Installation, reference: str
) -> None:
    expert.expected.add("Failed to load resource")  # as the browser notes
    page = expert.page
    page.route("**/save/", lambda route: route.abort())
    page.locator('[name="A1.founded"]').fill("2016")
    expect(page.locator("[data-save-state]")).to_contain_text("Not saved")
    page.goto("about:blank")
    page.unroute("**/save/")
    page.goto(f"{expert.address}/assessments/{reference}/area/A/")
    expect(page.locator('[name="A1.founded"]')).to_have_value("2016")
    expect(page.locator("[data-save-state]")).to_contain_text("Saved at")
    assert kept(running, reference, "A1.founded") == "2016"


def test_what_the_server_cannot_take_is_told_at_the_field_and_stays_typed(
    expert: Visitor, running: Installation, reference: str
) -> None:
    page = expert.page
    page.locator('[name="A1.founded"]').fill("long ago")
    page.locator('[name="A6.total"]').fill("52")
    page.keyboard.press("Tab")
    expect(page.locator('[id="A1.founded-fault"]')).to_contain_text("is not a number.")
    # On a slow computer the two go one after the other, and the first answer says the same already.
    expect(page.locator("[data-save-state]")).to_have_attribute("data-unsent", "1")
    expect(page.locator("[data-save-state]")).to_contain_text("except what is marked above")
    assert kept(running, reference, "A6.total") == "52"
    expert.look()
    page.reload()
    expect(page.locator('[name="A1.founded"]')).to_have_value("long ago")
    page.locator('[name="A1.founded"]').fill("2016")
    expect(page.locator('[id="A1.founded-fault"]')).to_be_hidden()
    expect(page.locator("[data-save-state]")).to_contain_text("Saved at")


def test_a_session_that_has_ended_is_told_and_the_answer_kept_on_the_device(expert: Visitor) -> None:
    expert.expected.add("Failed to load resource")  # as the browser notes
    page = expert.page
    page.context.clear_cookies(name="sessionid")
    page.locator('[name="A1.founded"]').fill("2016")
    expect(page.locator("[data-save-state]")).to_contain_text("Not saved: You are signed out.")
    expect(page.locator("[data-save-state]")).to_have_attribute("data-unsent", "1")
    page.evaluate("localStorage.clear()")


def test_signing_out_asks_before_unsent_answers_are_lost_and_then_leaves_nothing_behind(
    expert: Visitor, reference: str
) -> None:
    expert.expected.add("Failed to load resource")  # as the browser notes
    page = expert.page
    page.context.clear_cookies()  # a session of its own: others work on in the one they share
    expert.sign_in("expert")
    page.goto(f"{expert.address}/assessments/{reference}/area/A/")
    page.route("**/save/", lambda route: route.abort())
    page.locator('[name="A1.founded"]').fill("2016")
    expect(page.locator("[data-save-state]")).to_contain_text("Not saved")
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator('[name="A1.founded"]')).to_have_value("2016")
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    assert asked == ["Some answers on this device are not sent yet. Sign out and lose them?"] * 2
    assert page.evaluate("Object.keys(localStorage)") == []


def test_without_scripts_the_button_saves(visit: Visit, running: Installation, reference: str) -> None:
    expert = visit(java_script_enabled=False)
    page = expert.page
    page.goto(f"{expert.address}/sign-in/?next=/assessments/{reference}/area/A/")
    page.get_by_label("Username").fill("expert")
    page.get_by_label("Password").fill(expert.passwords["expert"])
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.locator('[name="A1.founded"]').fill("2016")
    page.locator('[name="A6.total"]').fill("many")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("is not a number.")
    expect(page.locator('[name="A6.total"]')).to_have_value("many")
    page.locator('[name="A6.total"]').fill("52")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator("h1")).to_have_text("B · Management and governance")
    assert kept(running, reference, "A1.founded") == "2016"
    assert kept(running, reference, "A6.total") == "52"


@pytest.fixture
def second(running: Installation) -> str:
    """The second case of an organisation."""
    return running.run(SECOND)


def confirmed(running: Installation, reference: str, measure: str) -> str:
    """When a carried answer was true, and whether it was confirmed."""
    return running.run(CONFIRMED.format(reference=reference, measure=measure))


def test_a_carried_answer_is_confirmed_by_keyboard_without_leaving_the_page(
    visit: Visit, running: Installation, second: str
) -> None:
    expert = visit("expert")
    page = expert.page
    expert.open(f"/assessments/{second}/area/A/")
    expect(page.locator('[id="A6.total-last"]')).to_have_text("last time: 47 participants")
    page.locator('[name="A1.founded"]').focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Yes · Year")).to_be_focused()
    page.keyboard.press("Enter")
    told = page.locator('[data-measure="A1.founded"] [data-carried]')
    expect(told).to_have_text("From the interview of 12 October 2024, confirmed.")
    expect(told.locator("p")).to_be_focused()
    expect(page.locator('[data-follows="A1.age"] [data-derived]')).to_contain_text("years")
    assert confirmed(running, second, "A1.founded") == "2024-10-12 True"
    assert confirmed(running, second, "A2.legal_form") == "2024-10-12 False"
    expert.look()


def test_a_carried_answer_that_is_typed_over_asks_no_more(
    visit: Visit, running: Installation, second: str
) -> None:
    expert = visit("expert")
    page = expert.page
    expert.open(f"/assessments/{second}/area/A/")
    page.locator('[name="A1.founded"]').fill("2013")
    expect(page.locator('[data-measure="A1.founded"] [data-carried]')).to_have_count(0)
    assert confirmed(running, second, "A1.founded") == "None False"
    assert kept(running, second, "A1.founded") == "2013"


def test_a_yes_without_a_connection_is_sent_when_it_is_back(
    visit: Visit, running: Installation, second: str
) -> None:
    expert = visit("expert")
    expert.expected.add("Failed to load resource")  # as the browser notes
    page = expert.page
    expert.open(f"/assessments/{second}/area/A/")
    page.context.set_offline(True)
    page.get_by_role("button", name="Yes · Legal form").click()
    expect(page.locator("[data-save-state]")).to_contain_text("Not saved: no connection.")
    page.context.set_offline(False)
    expect(page.locator("[data-save-state]")).to_contain_text("Saved at")
    assert confirmed(running, second, "A2.legal_form") == "2024-10-12 True"


def test_without_scripts_a_button_confirms_and_the_enter_key_does_not(
    visit: Visit, running: Installation, second: str
) -> None:
    expert = visit("expert", java_script_enabled=False)
    page = expert.page
    page.goto(f"{expert.address}/assessments/{second}/area/A/")
    page.locator('[name="A6.total"]').fill("52")
    page.get_by_role("button", name="Yes · Year").click()
    expect(page.get_by_text("1 answer of the last interview is confirmed.")).to_be_visible()
    assert kept(running, second, "A6.total") == "52"
    assert confirmed(running, second, "A1.founded") == "2024-10-12 True"
    page.locator('[name="A6.listed"]').fill("60")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("B · Management and governance")
    assert confirmed(running, second, "A2.legal_form") == "2024-10-12 False"

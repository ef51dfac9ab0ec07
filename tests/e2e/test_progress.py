"""The page that follows the making of a report, at every step of it."""

import pytest
from playwright.sync_api import expect

from factories.browser import Visit
from factories.installation import Installation

# A making that only this test brings forward: no worker knows of it.
BEGIN = """
from uuid import uuid4
from django.utils import timezone
from touchstone.apps.accounts.models import User
from touchstone.apps.cases.models import Case, ReportRun
from touchstone.apps.organisations.models import Organisation
key, now, by = uuid4().hex[:8], timezone.now(), User.objects.get(username="secretariat")
case = Case.objects.create(
    organisation=Organisation.objects.create(key=key, name="Cluster " + key, country="LT", portfolio="ict"),
    reference=key, level="bronze", scheme="ecei", rule_set="2022", state="reporting", opened_on=now.date(),
)
ReportRun.objects.create(case=case, requested_at=now, requested_by=by)
print(case.reference)
"""
CHANGE = """
from django.utils import timezone
from touchstone.apps.cases.models import Case, ReportRun
ReportRun.objects.filter(case__reference="{reference}").update(heard_at=timezone.now(), **{run!r})
Case.objects.filter(reference="{reference}").update(state="{case}")
"""


@pytest.fixture
def reference(running: Installation) -> str:
    return running.run(BEGIN)


def test_the_page_follows_each_step_and_tells_how_it_ended(
    visit: Visit, running: Installation, reference: str
) -> None:
    def change(case: str, run: dict[str, object]) -> None:
        running.run(CHANGE.format(reference=reference, case=case, run=run))

    secretariat = visit("secretariat")
    secretariat.open(f"/secretariat/{reference}/")
    bar = secretariat.page.get_by_role("progressbar", name="The report is being made")
    step = secretariat.page.locator("[data-step]")
    expect(step).to_have_text("Waiting for the background worker")
    change("reporting", {"state": "running", "step": "Setting the report", "done": 1, "total": 6})
    expect(step).to_have_text("Setting the report")
    expect(bar).to_have_js_property("position", 1 / 6)
    change("reporting", {"step": "Filling the workbook", "done": 3})
    expect(step).to_have_text("Filling the workbook")
    expect(bar).to_have_js_property("position", 0.5)
    secretariat.look()
    change("recorded", {"state": "failed", "message": "No space is left."})
    expect(secretariat.page.get_by_text("The report could not be made. No space is left.")).to_be_visible()
    expect(secretariat.page.get_by_role("button", name="Try again to make the report")).to_be_visible()
    secretariat.look()


def test_without_scripts_the_page_loads_itself_anew(
    visit: Visit, running: Installation, reference: str
) -> None:
    secretariat = visit("secretariat", java_script_enabled=False)
    page = secretariat.page
    page.goto(f"{secretariat.address}/secretariat/{reference}/")
    page.get_by_role("link", name="See how far it is").click()
    expect(page.get_by_text("Waiting for the background worker")).to_be_visible()
    running.run(
        CHANGE.format(reference=reference, case="reporting", run={"state": "running", "step": "Soon"})
    )
    expect(page.get_by_text("Soon")).to_be_visible()

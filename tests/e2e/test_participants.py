"""A participant list from the file to the answers: the organisation hands it in, the expert takes it over."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from factories.browser import Visit, Visitor
from factories.installation import Installation
from factories.participant_lists import DOUBTFUL, content

OPEN = """
from datetime import date
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
day = min(now.date(), date(2026, 10, 12))
services.save_answers(case=case, by=expert, answers={}, at=now, interviewed_on=day)
print(case.reference)
"""


@pytest.fixture
def reference(running: Installation) -> str:
    """A case of its own, open to the expert of the demonstration."""
    return running.run(OPEN)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "members.csv"
    path.write_bytes(content(*DOUBTFUL))
    return path


def hand_in(visitor: Visitor, file: Path) -> None:
    visitor.page.get_by_label("The participant list").set_input_files(file)
    visitor.press("Hand in and look through")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_file_to_the_answers(visit: Visit, reference: str, file: Path, scripts: bool) -> None:
    expert = visit("expert", viewport={"width": 390, "height": 800}, widths=[1280])
    if not scripts:
        expert.expected.add("Failed to load resource")  # as the browser notes of each script
        expert.page.context.route("**/*.js", lambda route: route.abort())
    page = expert.page
    expert.open(f"/assessments/{reference}/")
    expert.follow("Participant list")
    expert.follow("Hand in the list")
    hand_in(expert, file)
    expect(page.get_by_text("The list is saved: 6 rows were read.")).to_be_visible()
    page.get_by_role("group", name="Where is “Frankfurt” (DE)?").get_by_label("Frankfurt (Oder)").check()
    lost = page.get_by_role("group", name="Where is “Xyzzyqq” (LT)?")
    lost.get_by_role("textbox").fill("Nonsense")
    page.get_by_label("The same: count it once").check()
    expert.press("Save the choices")
    expect(page.get_by_role("alert")).to_contain_text("“Nonsense” is not among the places of LT.")
    lost.get_by_role("textbox").fill("54.687, 25.280")
    expert.press("Save the choices")
    page.reload()
    expect(lost.get_by_role("textbox")).to_have_value("54.687, 25.280")
    expect(page.locator(".answer")).to_contain_text("4 committed participants on")
    expert.follow("Take these figures over")
    expert.press("Write these answers")
    expect(page.get_by_text("18 answers now stand as the list says.")).to_be_visible()
    expect(page.get_by_text("The record holds these figures.")).to_be_visible()
    page.goto(f"{expert.address}/assessments/{reference}/area/A/")
    expect(page.locator('[name="A6.total"]')).to_have_value("4")


def test_the_list_of_the_demonstration_is_there_for_its_organisation(visit: Visit) -> None:
    cluster = visit("cluster-amber")
    cluster.open("/my/")
    cluster.follow("Participant list")
    expect(cluster.page.locator(".answer")).to_contain_text("committed participants on")
    expect(cluster.page.get_by_text("amber-coast-participants.csv")).to_be_visible()


def test_what_is_wrong_in_a_file_is_told_by_its_line(visit: Visit, reference: str, tmp_path: Path) -> None:
    file = tmp_path / "members.csv"
    file.write_text("name,type,country\nFirm,smee,LT\n")
    expert = visit("expert")
    expert.open(f"/assessments/{reference}/participants/upload/")
    hand_in(expert, file)
    expect(expert.page.get_by_role("alert")).to_contain_text(
        'line 2 type: "smee" is not a type of participant.'
    )
    expect(expert.page.get_by_role("alert")).to_be_focused()

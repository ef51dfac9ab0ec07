"""The main job in the browser: from an expert's interview to a label that a stranger can look up."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from factories.browser import Visit, Visitor
from factories.logos import svg
from touchstone.apps.pack import scheme
from touchstone.core.scheme.model import Kind, Measure
from touchstone.output.content.words import words

FILE = Path(__file__).parents[2] / "demonstration/amber-coast-photonics.json"
NAME = "Amber Coast Photonics Cluster (invented)"
KEY = "lt-amber-coast-photonics"
REPORT_SECONDS = 120_000  # ms


@pytest.fixture(scope="module")
def said() -> Mapping[str, object]:
    """What the invented organisation answers, by measure."""
    answers: Mapping[str, object] = json.loads(FILE.read_text(encoding="utf-8"))["answers"]
    return answers


def value_of(answer: object) -> object:
    """The value itself, a whole number without its point, as people type it."""
    value = answer["value"] if isinstance(answer, dict) else answer
    return int(value) if isinstance(value, float) and value.is_integer() else value


def fill(page: Page, measure: Measure, answer: object) -> None:
    """Type an answer into its fields."""
    value = value_of(answer)
    field = page.locator(f'[name="{measure.id}"]')
    if measure.kind is Kind.YES_NO:
        page.locator(f'[name="{measure.id}"][value="{"yes" if value else "no"}"]').check()
    elif measure.kind in (Kind.SCALE, Kind.CHOICE):
        field.select_option(str(value))
    else:
        field.fill(str(value))
    if isinstance(answer, dict):
        page.locator(f'[data-measure="{measure.id}"] summary').click()
        page.locator(f'[name="{measure.id}:note"]').fill(answer.get("note", ""))
        page.locator(f'[name="{measure.id}:evidence"]').fill("\n".join(answer.get("evidence", [])))


def shown(page: Page, measure: Measure) -> str:
    """What the fields of a measure show."""
    if measure.kind is Kind.YES_NO:
        return page.locator(f'[name="{measure.id}"]:checked').get_attribute("value") or ""
    return page.locator(f'[name="{measure.id}"]').input_value()


def typed(measure: Measure, answer: object) -> str:
    """What they should show."""
    value = value_of(answer)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def measures(area: str) -> list[Measure]:
    return [
        measure
        for indicator in scheme().indicators.values()
        if indicator.area == area
        for measure in indicator.measures
        if measure.derived is None
    ]


def saved(page: Page) -> None:
    """Wait until the page says so and nothing is left on the device."""
    state = page.locator("[data-save-state]")
    expect(state).to_have_attribute("data-unsent", "0")
    expect(state).to_contain_text("Saved at")


def fetched(page: Page, link: str, file: Path) -> Path:
    """What a link of the main part gives to keep, in `file`."""
    with page.expect_download() as download:
        page.get_by_role("main").get_by_role("link", name=link, exact=True).click()
    download.value.save_as(file)
    return file


def hand_in_the_logo(cluster: Visitor) -> None:
    """First a file that is none, then the logo; the page shows it."""
    page, field = cluster.page, cluster.page.get_by_label("The logo")
    cluster.open("/my/")
    cluster.follow("Put your logo on the cover of your report")
    field.set_input_files({"name": "logo.jpg", "mimeType": "", "buffer": b"\xff\xd8\xff"})
    cluster.press("Save the logo")
    expect(page.get_by_role("alert")).to_contain_text("This is a JPEG picture. Save the logo as SVG or PNG.")
    field.set_input_files({"name": "logo.svg", "mimeType": "", "buffer": svg()})
    cluster.press("Save the logo")
    expect(page.get_by_text("The logo is saved.")).to_be_visible()
    shown = page.get_by_role("img", name="Your present logo")
    assert shown.evaluate("picture => picture.naturalWidth / picture.naturalHeight") == 2


def declare_interests(expert: Visitor) -> None:
    expert.open("/assessments/")
    expert.follow(NAME)
    expert.follow("Declare interests")
    expert.page.get_by_label("I have no interest in this case").check()
    expert.press("Declare")
    expect(expert.page.get_by_text("the case is open to you")).to_be_visible()


def give_the_day(expert: Visitor, day: str) -> None:
    expert.follow("Interview: day and way")
    expert.page.get_by_label("Day of the interview").fill(day)
    expert.page.get_by_label("By video").check()
    expert.press("Save")
    expect(expert.page.get_by_text("The interview is saved.")).to_be_visible()


def fill_area(expert: Visitor, area: str, said: Mapping[str, object]) -> None:
    """Fill an area by typing only; then the page is loaded anew, and everything is still there."""
    expert.follow(f"{area} · {scheme().areas[area].name}")
    wanted = [measure for measure in measures(area) if measure.id in said]
    for measure in wanted:
        fill(expert.page, measure, said[measure.id])
    saved(expert.page)
    expert.page.reload()
    expert.look()
    there = {measure.id: shown(expert.page, measure) for measure in wanted}
    assert there == {measure.id: typed(measure, said[measure.id]) for measure in wanted}
    expert.follow("To the tasks")


def submit(expert: Visitor) -> None:
    expert.follow("Check the answers, recommend and submit")
    for summary in expert.page.locator("details.said > summary").all():
        summary.click()
    expert.look()
    expert.page.get_by_label("Yes, award the label").check()
    expert.page.get_by_label("Why").fill("All conditions are met, with evidence.")
    expert.press("Submit the record")
    expect(expert.page.get_by_text("The record is submitted.")).to_be_visible()


def make_the_report(secretariat: Visitor, files: Path) -> None:
    """The report is made while the page shows how far it is; then its documents can be fetched."""
    page = secretariat.page
    secretariat.open("/secretariat/?state=recorded")
    secretariat.follow(NAME)
    # The language of the organisation's country is proposed.
    language = page.get_by_label("Language of the report")
    expect(language).to_have_value("lt")
    language.select_option("English")
    language.select_option("Lietuvių")
    page.get_by_role("button", name="Make the report").click()
    # A quick worker may be done before the page is there; test_progress.py looks at the way between.
    bar = page.get_by_role("progressbar", name="The report is being made")
    expect(bar.or_(page.get_by_role("link", name="Report (PDF)"))).to_be_visible()
    expect(page.get_by_role("link", name="Report (PDF)")).to_be_visible(timeout=REPORT_SECONDS)
    secretariat.look()
    assert fetched(page, "Report (PDF)", files / "report.pdf").read_bytes()[:5] == b"%PDF-"
    expect(page.locator(".documents li")).to_have_count(5)
    expect(page.get_by_text("Language of the report: Lietuvių")).to_be_visible()


def read_the_report(secretariat: Visitor, files: Path, reader: Visitor) -> None:
    """The report as a web page, from a disk, as whoever is sent it opens it: in Lithuanian, with the logo."""
    page, say = reader.page, words("lt").say
    page.goto(fetched(secretariat.page, "Report (web page)", files / "report.html").as_uri())
    reader.look()
    expect(page.locator("html")).to_have_attribute("lang", "lt")
    expect(page.locator("h1")).to_have_text(NAME)
    expect(page.locator(".kicker")).to_have_text(say("cover.kicker"))
    expect(page.get_by_role("heading", name=say("part.recommendations"), exact=True)).to_be_visible()
    logo = page.locator(".cover .logo")
    assert logo.evaluate("picture => picture.naturalWidth / picture.naturalHeight") == 2


def send_to_decision(secretariat: Visitor) -> None:
    secretariat.follow("Send to decision")
    secretariat.press("Send to decision")
    expect(secretariat.page.get_by_text("The case is in decision.")).to_be_visible()


def award(decider: Visitor) -> None:
    decider.open("/decisions/")
    decider.follow(NAME)
    decider.follow("Award the label")
    decider.page.get_by_label("Reason").fill("Benchmarked by an impartial expert; the conditions are met.")
    decider.press("Award the label")
    expect(decider.page.get_by_text("The label is awarded and entered in the ledger.")).to_be_visible()


def take_the_certificate_home(cluster: Visitor, files: Path) -> str:
    """The holder fetches the certificate, sealed, in its language; gives the address printed on it."""
    cluster.open("/my/")
    file = fetched(cluster.page, "Lietuvių", files / "sertifikatas.pdf")
    told = subprocess.run(["pdfsig", "-nocert", str(file)], check=True, capture_output=True, text=True).stdout
    assert told.count("Signature Validation: Signature is Valid.") == 1
    assert told.count("Total document signed") == 1
    with pikepdf.open(file) as pdf:
        (page,) = pdf.pages
        (address,) = {str(note.A.URI) for note in page.Annots if "/A" in note}
        assert str(pdf.Root.Lang) == "lt"
    return address


def check_the_certificate(visitor: Visitor, address: str) -> None:
    """Who follows the code on the wall finds the label as it stands."""
    assert address.startswith(f"{visitor.address}/verify/")
    visitor.open(address.removeprefix(visitor.address))
    expect(visitor.page.locator(".answer")).to_contain_text("is valid today, until 31 October 2028.")
    visitor.follow("See it in the register")
    expect(visitor.page).to_have_url(f"{visitor.address}/register/{KEY}/")
    expect(visitor.page.locator(".answer")).to_have_text("Holds the Bronze label until 31 October 2028.")


def find_the_label(visitor: Visitor) -> None:
    """A stranger finds the label in the register, on the organisation's page, and on its badge."""
    page = visitor.page
    visitor.open("/")
    page.get_by_label("Name of the organisation").fill("amber coast")
    visitor.press("Search the register")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text("2028-10-31")
    visitor.follow(NAME)
    expect(page.locator(".answer")).to_have_text("Holds the Bronze label until 31 October 2028.")
    expect(page.locator(".timeline-list > li")).to_have_count(1)
    expect(page.locator(".timeline-list")).to_contain_text("Awarded: Bronze")
    # The picture is there, and it says what the page says.
    assert page.locator(".badge-picture").evaluate("picture => picture.naturalWidth") == 384
    badge = page.request.get(f"{visitor.address}/badge/{KEY}.svg")
    assert "Valid until 31 October 2028. Number" in badge.text()


def test_from_the_interview_to_the_label_in_the_register(
    visit: Visit, said: Mapping[str, object], tmp_path: Path
) -> None:
    cluster = visit("cluster-amber")
    hand_in_the_logo(cluster)
    expert = visit("expert")
    declare_interests(expert)
    give_the_day(expert, "2026-10-12")
    for area in scheme().areas:
        fill_area(expert, area, said)
    submit(expert)
    secretariat = visit("secretariat")
    make_the_report(secretariat, tmp_path)
    read_the_report(secretariat, tmp_path, visit())
    send_to_decision(secretariat)
    award(visit("decider"))
    stranger = visit()
    check_the_certificate(stranger, take_the_certificate_home(cluster, tmp_path))
    find_the_label(stranger)

import json
from datetime import date
from io import BytesIO
from itertools import product
from xml.etree import ElementTree as ET

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from factories.apps import TODAY, entry
from factories.badges import SHOWN, standing_so, stop
from touchstone.apps.badges import pictures
from touchstone.apps.badges.models import Sighting
from touchstone.apps.badges.services import Tally
from touchstone.core.labels.model import EntryKind, LabelLevel, Standing
from touchstone.web.public.badges import views

pytestmark = pytest.mark.django_db
SVG, PNG, JSON = "/badge/lt-amber.svg", "/badge/lt-amber.png", "/badge/lt-amber.json"
ADDRESSES = (SVG, PNG, JSON, "/badge/badge.js")


@pytest.fixture(autouse=True)
def _nothing_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "tally", Tally())


def drawn(response: HttpResponse) -> ET.Element:
    return ET.fromstring(response.content.decode())


def described(response: HttpResponse) -> str:
    return drawn(response).findtext("{*}desc") or ""


@pytest.mark.parametrize("level", LabelLevel)
@pytest.mark.parametrize("standing", SHOWN)
def test_every_level_in_every_state_is_sent_as_image(
    client: Client, standing: Standing, level: LabelLevel
) -> None:
    granted = standing_so(standing, level)
    for address in ("/badge/lt-amber", f"/badge/lt-amber/{granted.number}"):
        svg, png = client.get(f"{address}.svg"), client.get(f"{address}.png")
        assert drawn(svg).findtext("{*}title") == f"{level.value.capitalize()} label of Amber Cluster"
        assert described(svg).endswith(f"Number {granted.number:05d}.")
        assert png.content.startswith(b"\x89PNG")
        assert [svg["Content-Type"], png["Content-Type"]] == ["image/svg+xml", "image/png"]


@pytest.mark.parametrize(
    ("size", "ground", "scale"), list(product(("large", "small"), ("light", "dark"), ("1", "2")))
)
def test_size_ground_and_scale_stand_in_the_address(
    client: Client, size: str, ground: str, scale: str
) -> None:
    entry()
    query = {"size": size, "ground": ground, "scale": scale}
    width = 384 if size == "large" else 176
    assert drawn(client.get(SVG, query)).attrib["width"] == str(width)
    with Image.open(BytesIO(client.get(PNG, query).content)) as image:
        assert image.width == width * int(scale)


def test_names_that_mean_nothing_here_are_passed_over(client: Client) -> None:
    entry()
    assert client.get(SVG, {"utm_source": "x", "state": "y"}).content == client.get(SVG).content


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"size": "huge"}, "A badge has no size “huge”. Ask for size=large or size=small."),
        ({"ground": "<b>"}, "A badge has no ground “<b>”. Ask for ground=light or ground=dark."),
        ({"scale": "3"}, "A badge has no scale “3”. Ask for scale=1 or scale=2."),
        ({"size": "x" * 99}, f"A badge has no size “{'x' * 40}”. Ask for size=large or size=small."),
        ({"size": ""}, "A badge has no size “”. Ask for size=large or size=small."),
    ],
)
def test_what_a_badge_does_not_have_is_refused_in_plain_words(
    client: Client, query: dict[str, str], said: str
) -> None:
    entry()
    answer = client.get(SVG, query)
    assert (answer.status_code, answer.content.decode()) == (400, f"{said}\n")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/plain; charset=utf-8", "no-store")


def test_what_is_not_there_is_said_in_plain_words(client: Client) -> None:
    entry()
    other = entry(organisation="lt-other", name="Other")
    for address in ("lt-nobody.svg", "lt-nobody.json", f"lt-amber/{other.number}.svg", "lt-amber/0.png"):
        answer = client.get(f"/badge/{address}")
        assert (answer.status_code, answer["Content-Type"]) == (404, "text/plain; charset=utf-8")
        assert answer.content.decode() == (
            "There is no such badge: no such label was entered, or its period has not begun.\n"
        )
        assert answer["Cache-Control"] == "public, max-age=120"


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "-1", "x"])
def test_a_number_that_can_be_none_finds_nothing(client: Client, number: str) -> None:
    entry()
    assert client.get(f"/badge/lt-amber/{number}.svg").status_code == 404


class TestCaching:
    def test_a_change_shows_within_five_minutes_and_the_image_survives_an_outage(
        self, client: Client
    ) -> None:
        entry()
        rules = dict(part.split("=") for part in client.get(SVG)["Cache-Control"].split(", ")[1:])
        assert int(rules["max-age"]) + int(rules["stale-while-revalidate"]) <= 300
        assert int(rules["stale-if-error"]) >= 2 * 24 * 3600

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_who_holds_the_same_bytes_gets_none(self, client: Client, address: str) -> None:
        entry()
        whole = client.get(address)
        tag = whole["ETag"]
        assert tag.startswith('"')
        for held in (tag, f"W/{tag}", f'"another", {tag}', "*"):
            answer = client.get(address, headers={"If-None-Match": held})
            assert (answer.status_code, answer.content) == (304, b"")
            assert {
                name: answer[name] for name in ("ETag", "Cache-Control", "Access-Control-Allow-Origin")
            } == {
                "ETag": tag,
                "Cache-Control": whole["Cache-Control"],
                "Access-Control-Allow-Origin": "*",
            }
        assert client.get(address, headers={"If-None-Match": '"another"'}).content == whole.content

    def test_an_answer_without_bytes_draws_nothing(
        self,
        client: Client,
        monkeypatch: pytest.MonkeyPatch,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        entry()
        tag = client.get(SVG)["ETag"]
        monkeypatch.delattr(pictures, "badge_svg")
        with django_assert_num_queries(1):
            assert client.get(SVG, headers={"If-None-Match": tag}).status_code == 304

    def test_a_change_of_the_label_changes_the_tag(self, client: Client) -> None:
        entry()
        tag = client.get(SVG)["ETag"]
        stop(EntryKind.WITHDRAWAL, level=LabelLevel.BRONZE)
        assert client.get(SVG, headers={"If-None-Match": tag}).status_code == 200

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_a_question_for_the_head_alone_is_answered(self, client: Client, address: str) -> None:
        entry()
        head = client.head(address)
        assert (head.status_code, head.content) == (200, b"")
        whole = client.get(address)
        assert (head["ETag"], head["Content-Length"]) == (whole["ETag"], str(len(whole.content)))

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_nothing_is_changed_through_them(self, client: Client, address: str) -> None:
        assert client.post(address).status_code == 405

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_other_sites_may_show_them_and_caches_keep_one_copy(self, client: Client, address: str) -> None:
        entry()
        answer = client.get(address, headers={"Accept-Language": "pl", "Cookie": f"sessionid={'a' * 32}"})
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert answer["Content-Security-Policy"] == "default-src 'none'"
        assert answer["X-Content-Type-Options"] == "nosniff"
        lacking = ("Vary", "X-Frame-Options", "Set-Cookie")
        assert [name for name in lacking if answer.has_header(name)] == []


def test_the_json_says_name_level_state_and_days(client: Client) -> None:
    entry()
    said = json.loads(client.get(JSON).content)
    assert [said[name] for name in ("name", "level", "standing", "valid_until")] == [
        "Amber Cluster", "bronze", "valid", "2028-10-31",
    ]  # fmt: skip


def test_the_script_is_a_module_under_an_address_that_stays(client: Client) -> None:
    answer = client.get("/badge/badge.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"].startswith("public, max-age=3600")
    assert b'customElements.define("touchstone-badge"' in answer.content


class TestMisuse:
    @staticmethod
    def ask(client: Client, referrer: str = "https://cluster.example/page?who=jan", **more: str) -> None:
        headers = {"Referer": referrer, **more}
        assert client.get(SVG, headers=headers).status_code in (200, 304)

    @staticmethod
    def counted() -> list[tuple[str, str, date, int]]:
        return list(Sighting.objects.values_list("organisation", "host", "day", "count"))

    @pytest.mark.parametrize("standing", [Standing.SUSPENDED, Standing.WITHDRAWN])
    def test_the_host_that_shows_a_stopped_label_s_badge_is_counted(
        self, client: Client, standing: Standing
    ) -> None:
        standing_so(standing)
        self.ask(client)
        assert self.counted() == [("lt-amber", "cluster.example", TODAY, 1)]

    def test_an_answer_without_bytes_counts_too(self, client: Client) -> None:
        standing_so(Standing.WITHDRAWN)
        self.ask(client, **{"If-None-Match": "*"})
        assert self.counted() == [("lt-amber", "cluster.example", TODAY, 1)]

    @pytest.mark.parametrize("standing", [Standing.VALID, Standing.EXPIRED_RENEWABLE])
    def test_a_label_that_holds_or_can_be_renewed_is_not_counted(
        self, client: Client, standing: Standing
    ) -> None:
        standing_so(standing)
        self.ask(client)
        assert self.counted() == []

    @pytest.mark.parametrize(("patience", "counted"), [(34, 1), (35, 0)])
    def test_a_lapsed_label_is_counted_after_a_while(
        self, client: Client, patience: int, counted: int
    ) -> None:
        standing_so(Standing.LAPSED)
        with override_settings(TOUCHSTONE_MISUSE_PATIENCE=patience):
            self.ask(client)
        assert len(self.counted()) == counted

    @override_settings(TOUCHSTONE_ADDRESS="https://labels.example")
    @pytest.mark.parametrize(
        "referrer",
        [
            "https://labels.example/register/lt-amber/",
            "http://testserver/register/",
            "https://localhost/",
            "x",
            "",
        ],
    )
    def test_our_own_pages_and_what_is_no_host_are_not_counted(self, client: Client, referrer: str) -> None:
        standing_so(Standing.WITHDRAWN)
        self.ask(client, referrer)
        assert self.counted() == []

    def test_the_script_s_question_is_not_counted_beside_the_picture(self, client: Client) -> None:
        standing_so(Standing.WITHDRAWN)
        client.get(JSON, headers={"Referer": "https://cluster.example/"})
        assert self.counted() == []

    def test_an_old_grant_s_badge_is_no_misuse_while_the_level_holds(self, client: Client) -> None:
        old = standing_so(Standing.LAPSED)
        entry()
        client.get(f"/badge/lt-amber/{old.number}.svg", headers={"Referer": "https://cluster.example/"})
        assert self.counted() == []

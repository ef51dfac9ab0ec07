"""The pages of watching: only a button does something, and nobody learns what is known of an address."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.apps import entry
from factories.pages import errors, heading, links, text
from factories.watching import ADDRESS, HOOK, watch
from touchstone.apps.notices.models import OutgoingLetter
from touchstone.apps.watching import letters
from touchstone.apps.watching.models import Watch

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def amber() -> None:
    entry()


def ask(client: Client, **fields: Any) -> HttpResponse:
    return client.post("/watch/", {"organisations": "Amber Cluster", "address": ADDRESS, **fields})


def confirm_path() -> str:
    """The path of the link in the newest letter."""
    (link,) = re.findall(r"http\S+/watch/confirm/\S+", OutgoingLetter.objects.all()[0].text)
    return urlsplit(link).path


def path_of(link: str) -> str:
    return urlsplit(link).path


def test_the_form_says_what_is_told_and_what_is_kept(client: Client) -> None:
    page = client.get("/watch/")
    assert (page.status_code, heading(page)) == (200, "Be told when a label changes")
    assert "Your mail address and what you watch, and nothing else." in text(page)
    assert "/register/feed.atom" in links(page)


def test_a_link_may_name_the_organisation(client: Client) -> None:
    assert ">\nlt-amber</textarea>" in client.get("/watch/?organisation=lt-amber").content.decode()


def test_asking_says_what_happens_next(client: Client) -> None:
    page = ask(client)
    assert heading(page) == "Look into your mail"
    assert f"If {ADDRESS} can be written to, a letter with a link is on its way." in text(page)
    assert [watch.organisation for watch in Watch.objects.get().organisations.all()] == ["lt-amber"]


def test_the_answer_is_the_same_whether_the_address_is_known_or_has_asked_too_often(client: Client) -> None:
    def answer() -> str:
        return re.sub(r'value="\w{64}"', "", ask(client).content.decode())

    first = answer()
    client.post(confirm_path())
    assert [answer() for _ in range(5)] == [first] * 5
    assert OutgoingLetter.objects.count() == 3


def test_a_part_of_the_register_and_a_webhook_can_be_watched(client: Client) -> None:
    page = ask(client, organisations="", country="LT", level="gold", webhook=HOOK)
    made = Watch.objects.get()
    assert (made.country, made.level, made.webhook) == ("LT", "gold", HOOK)
    assert f"Then {HOOK} is asked to give back a challenge." in text(page)


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        (
            {"organisations": ""},
            ["#id_organisations Name an organisation, or choose a part of the register."],
        ),
        (
            {"level": "gold"},
            [
                (
                    "#id_organisations Name organisations, or choose a part of the register, and leave the "
                    "other empty."
                )
            ],
        ),
        (
            {"organisations": "Amber Clustre"},
            [("#id_organisations The register has no “Amber Clustre”. Did you mean “Amber Cluster”?")],
        ),
        (
            {"organisations": "a\nb"},
            ["#id_organisations The register has no “a”.", "#id_organisations The register has no “b”."],
        ),
        (
            {"organisations": "x" * 301},
            [
                (
                    "#id_organisations line 1: has 301 characters; no name has more than 300. "
                    "Write one name a line."
                )
            ],
        ),
        (
            {"organisations": "\n".join(map(str, range(9000, 9600)))},
            [("#id_organisations These are 600 names. One watch takes 500 at most: make several.")],
        ),
        ({"address": ""}, ["#id_address Write the mail address that is to be told."]),
        (
            {"address": "a@b\nBcc: c@example.org"},
            ["#id_address Write a mail address such as name@example.org."],
        ),
        (
            {"webhook": "https://10.0.0.1/"},
            [("#id_webhook A webhook's host is a public name, such as hooks.example.org.")],
        ),
    ],
)
def test_what_cannot_be_watched_is_told_at_its_field(
    client: Client, fields: dict[str, str], faults: list[str]
) -> None:
    assert errors(ask(client, **fields)) == faults
    assert (Watch.objects.count(), OutgoingLetter.objects.count()) == (0, 0)


def test_a_name_of_several_asks_for_the_key(client: Client) -> None:
    entry(organisation="pl-amber")
    assert errors(ask(client)) == [
        (
            "#id_organisations Several are called “Amber Cluster”. Write the key of the one that you mean: "
            "lt-amber, pl-amber."
        )
    ]


def test_of_many_faults_the_first_are_told(client: Client) -> None:
    faults = errors(ask(client, organisations="\n".join(f"nobody {n}" for n in range(30))))
    assert (len(faults), faults[-1]) == (11, "#id_organisations And 20 more that were not found.")


def test_a_program_that_only_looks_at_the_link_confirms_nothing(client: Client) -> None:
    ask(client)
    page = client.get(confirm_path())
    assert (heading(page), Watch.objects.get().confirmed) == ("Begin to watch?", None)
    assert "Amber Cluster" in text(page)
    assert client.head(confirm_path()).status_code == 200
    assert Watch.objects.get().confirmed is None


def test_the_button_confirms_and_says_what_happens_now(client: Client) -> None:
    ask(client)
    page = client.post(confirm_path())
    assert (heading(page), Watch.objects.get().is_told) == ("Confirmed", True)
    assert f"{ADDRESS} is told from now on." in text(page)
    assert heading(client.get(confirm_path())) == "Confirmed"


def test_a_webhook_is_not_told_before_it_has_answered(client: Client) -> None:
    ask(client, webhook=HOOK)
    assert "asked to give back its challenge" in text(client.post(confirm_path()))


def test_the_confirmation_needs_the_token_of_the_form() -> None:
    strict = Client(enforce_csrf_checks=True)
    watch_link = letters.manage_link(watch("lt-amber"))
    assert strict.post(path_of(watch_link)).status_code == 403
    assert Watch.objects.count() == 1


def test_everything_can_be_seen_taken_along_and_stopped(client: Client) -> None:
    one = watch("lt-amber", "lt-gone")
    watch(country="LT", portfolio="ict", level="gold", webhook=HOOK, answered=None)
    watch("lt-amber", confirmed=None)
    watch("lt-amber", webhook=HOOK, stopped=one.made)
    watch("lt-amber", address="other@example.org")
    path = path_of(letters.manage_link(one))
    page = text(client.get(path))
    assert f"{ADDRESS} has 4 watches." in page
    assert [said for said in STATES if said not in page] == []
    kept = json.loads(client.get(f"{path}export.json").content)
    assert (kept["address"], len(kept["watches"])) == (ADDRESS, 4)
    assert heading(client.post(path)) == "Stopped"
    assert [left.address for left in Watch.objects.all()] == ["other@example.org"]
    assert [client.get(again).status_code for again in (path, f"{path}export.json")] == [404, 404]


STATES = [
    "Told since 20 November 2026.", "The webhook has not given back its challenge yet.",
    "Not confirmed yet. Nothing is told.", "Stopped: the webhook failed too often.", "Lithuania", "Gold",
    "lt-gone", f"Told to the webhook {HOOK}",
]  # fmt: skip


def test_the_link_in_a_letter_stops_by_a_button(client: Client) -> None:
    path = path_of(letters.stop_link(watch("lt-amber")))
    assert heading(client.get(path)) == "Stop watching?"
    assert Watch.objects.count() == 1
    assert [heading(client.post(path)), heading(client.post(path)), heading(client.get(path))] == [
        "Stopped"
    ] * 3
    assert Watch.objects.count() == 0


def test_a_mail_program_stops_it_at_one_click() -> None:
    strict = Client(enforce_csrf_checks=True)
    path = path_of(letters.stop_link(watch("lt-amber")))
    page = strict.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert (page.status_code, Watch.objects.count()) == (200, 0)


PLACES = ["/watch/confirm/%s/", "/watch/manage/%s/", "/watch/manage/%s/export.json", "/watch/stop/%s/"]


@pytest.mark.parametrize("place", PLACES)
def test_links_that_lead_nowhere_say_so_and_change_nothing(client: Client, place: str) -> None:
    other = watch("lt-amber")
    for token in ("nonsense", "a:b:c", "ł%00", path_of(letters.stop_link(other)).split("/")[3] + "x"):
        page = client.get(place % token)
        assert (page.status_code, heading(page)) == (404, "This link leads nowhere any more")
    assert Watch.objects.count() == 1


def test_a_link_to_confirm_does_not_stop_and_one_to_stop_does_not_confirm(client: Client) -> None:
    ask(client)
    (made,) = Watch.objects.all()
    confirming, stopping = (path.split("/")[3] for path in (confirm_path(), path_of(letters.stop_link(made))))
    assert client.post(f"/watch/stop/{confirming}/").status_code == 404
    assert client.post(f"/watch/confirm/{stopping}/").status_code == 404
    assert Watch.objects.get().confirmed is None


def test_no_page_with_a_link_is_kept_by_a_cache_or_found_by_a_search(client: Client) -> None:
    made = watch("lt-amber", confirmed=None)
    for link in (letters.stop_link(made), letters.manage_link(made)):
        page = client.get(path_of(link))
        assert "no-store" in page.headers["Cache-Control"]
        assert '<meta name="robots" content="noindex">' in page.content.decode()
        assert page.headers["Referrer-Policy"] == "same-origin"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(names=st.text(max_size=60), address=st.text(max_size=30), webhook=st.text(max_size=40))
def test_nothing_that_is_sent_breaks_the_page(client: Client, names: str, address: str, webhook: str) -> None:
    fields = {"organisations": names, "address": address, "webhook": f"https://{webhook}", "country": names}
    assert client.post("/watch/", fields).status_code == 200
    assert client.get("/watch/", fields).status_code == 200

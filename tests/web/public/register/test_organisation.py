import json
import re
from datetime import date
from typing import Any

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from factories.apps import TODAY, OrganisationFactory, entry
from factories.pages import errors, heading, links, text
from factories.registered import ended, happened, labelled, run
from touchstone.core.labels.model import ENTERED_TWICE, EntryKind, LabelLevel

pytestmark = pytest.mark.django_db

PAGE = "/register/lt-cluster-1/"
AHEAD = (
    "By what is on record today, no label is valid on 1 January 2999: the last day of the Bronze label is "
    "31 October 2028, and the last day to renew it is 31 October 2029."
)


def markup(page: HttpResponse) -> dict[str, Any]:
    """The page's data for search engines."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.content.decode(), re.DOTALL)
    assert found
    document: dict[str, Any] = json.loads(found.group(1))
    return document


class TestAnswer:
    def test_it_opens_with_a_sentence_to_quote(self, client: Client) -> None:
        labelled(1)
        page = client.get(PAGE)
        assert heading(page) == "Cluster 1"
        assert page.context["answer"] == "Holds the Bronze label until 31 October 2028."
        assert b'content="Cluster 1: Holds the Bronze label until 31 October 2028."' in page.content

    def test_several_labels_stand_in_it(self, client: Client) -> None:
        labelled(1, **run(date(2026, 1, 1), date(2029, 1, 31), LabelLevel.GOLD))
        labelled(1)
        assert client.get(PAGE).context["answer"] == (
            "Holds the Gold label until 31 January 2029. "
            "It also holds the Bronze label until 31 October 2028."
        )

    @pytest.mark.parametrize(
        ("kind", "answer"),
        [
            (
                EntryKind.SUSPENSION,
                "The Bronze label has been suspended since 1 November 2026. No label is valid today.",
            ),
            (
                EntryKind.WITHDRAWAL,
                "The Bronze label was withdrawn on 1 November 2026. No label is valid today.",
            ),
        ],
    )
    def test_it_says_since_when_a_label_is_stopped(
        self, client: Client, kind: EntryKind, answer: str
    ) -> None:
        labelled(1)
        happened(1, kind, effective=date(2026, 11, 1), reason="Accounts are missing.")
        # A change of another kind in between does not begin it anew.
        happened(1, EntryKind.RENAME, effective=date(2026, 11, 10), name="Another name")
        page = client.get(PAGE)
        assert page.context["answer"] == answer
        assert "Accounts are missing." in text(page)

    def test_a_day_of_the_past_can_be_asked_about(self, client: Client) -> None:
        labelled(1, **ended(date(2013, 2, 23)))
        valid = client.get(f"{PAGE}?on=2013-02-23")
        after = client.get(f"{PAGE}?on=2013-02-24")
        assert valid.context["answer"].startswith("Held the Bronze label on 23 February 2013;")
        assert after.context["answer"].startswith("Held no valid label on 24 February 2013:")
        assert "Back to today" in text(valid)
        assert "/proof/?organisation=lt-cluster-1&on=2013-02-23" in links(valid)

    @pytest.mark.parametrize(
        ("on", "answer"),
        [
            ("2009-12-31", "Held no label on 31 December 2009."),
            ("0001-01-01", "Held no label on 1 January 0001."),
            ("2999-01-01", AHEAD),
        ],
    )
    def test_days_far_away_get_the_right_answer(self, client: Client, on: str, answer: str) -> None:
        labelled(1)
        assert client.get(f"{PAGE}?on={on}").context["answer"] == answer

    def test_a_day_that_is_none_is_named_and_today_is_shown(self, client: Client) -> None:
        labelled(1)
        page = client.get(f"{PAGE}?on=yesterday")
        assert errors(page) == ["#id_on Write the day as year-month-day, for example 2013-02-23."]
        assert page.context["status"].on == TODAY

    def test_another_name_of_that_day_is_told(self, client: Client) -> None:
        labelled(1, **ended(date(2013, 2, 23), name="Amber Ways"))
        happened(1, EntryKind.RENAME)
        page = client.get(f"{PAGE}?on=2012-01-01")
        assert "On 1 January 2012 it was called “Amber Ways”." in text(page)


def test_what_stands_behind_the_label_is_told(client: Client) -> None:
    labelled(1, case="2026-0002")
    assert client.get(PAGE).context["assurance"] == (
        "Verified by an expert, with an interview on site or by video. "
        "Decided by EUCLES under the rules “Rules of 2022”."
    )
    assert client.get(f"{PAGE}?on=2010-01-01").context["assurance"] == ""


class TestHistory:
    def test_what_was_derived_is_marked_with_the_rule_that_gave_it(self, client: Client) -> None:
        labelled(1, **ended(date(2013, 2, 23), derived=("valid_from", "renewable_until"), origin="a page"))
        page = text(client.get(PAGE))
        assert "lapsed 2011-02-24 derived 2013-02-23 2014-02-23 derived" in page
        assert "No record gives the first day, the last day of renewal; it follows from" in page
        assert "Read in a page" in page

    def test_it_runs_from_the_newest_entry_to_the_oldest(self, client: Client) -> None:
        labelled(1, **ended(date(2026, 2, 28)))
        labelled(1, kind=EntryKind.RENEWAL, valid_from=date(2026, 3, 1))
        happened(1, EntryKind.SUSPENSION, level=LabelLevel.BRONZE)
        happened(1, EntryKind.HOST, host="A university")
        happened(1, EntryKind.RENAME, name="New name")
        assert [event.title for event in client.get(PAGE).context["events"]] == [
            "Renamed: New name", "New host: A university", "Suspended: Bronze", "Renewed: Bronze",
            "Awarded: Bronze",
        ]  # fmt: skip

    def test_a_correction_is_told_at_what_it_corrects(self, client: Client) -> None:
        wrong = labelled(1)
        happened(
            1, EntryKind.CORRECTION, level=LabelLevel.BRONZE, corrects=wrong.number,
            valid_until=date(2028, 11, 30), reason="A month too short.",
        )  # fmt: skip
        page = text(client.get(PAGE))
        assert "Corrected on 21 November 2026 by ledger entry 2. A month too short." in page
        assert "Holds the Bronze label until 30 November 2028." in page

    def test_it_is_drawn_with_its_table(self, client: Client) -> None:
        labelled(1)
        drawn = client.get(PAGE).context["timeline"]
        assert [row.level for row in drawn.rows] == ["bronze"]
        assert "valid 2026-10-12 2028-10-31" in text(client.get(PAGE))


class TestRelations:
    def test_a_rename_keeps_the_earlier_name(self, client: Client) -> None:
        labelled(1)
        happened(1, EntryKind.RENAME, name="New name")
        page = client.get(PAGE)
        assert heading(page) == "New name"
        assert "Earlier names Cluster 1" in text(page)

    def test_who_merged_away_shows_where_it_went_and_the_other_where_it_came_from(
        self, client: Client
    ) -> None:
        labelled(1)
        labelled(2)
        happened(1, EntryKind.MERGER, effective=date(2026, 11, 1), others=("lt-cluster-2",))
        gone, other = client.get(PAGE), client.get("/register/lt-cluster-2/")
        assert gone.status_code == 200
        assert gone.context["answer"] == (
            "Held the Bronze label until 31 October 2026. "
            "Since then it is part of others and holds no label itself."
        )
        assert "Merged on 1 November 2026, now part of Cluster 2 ." in text(gone)
        assert [event.title for event in gone.context["events"]] == [
            "Merged into Cluster 2", "Awarded: Bronze",
        ]  # fmt: skip
        assert "/register/lt-cluster-2/" in links(gone)
        assert "Came from Cluster 1 2026-11-01" in text(other)
        assert PAGE in links(other)

    @pytest.mark.parametrize(
        ("kind", "others", "title"),
        [
            (EntryKind.SPLIT, ("lt-cluster-2", "lt-cluster-3"), "Split into Cluster 2 and Cluster 3"),
            (EntryKind.SPLIT, ("lt-cluster-1", "lt-cluster-2"), "Parted into itself and Cluster 2"),
            (EntryKind.MERGER, ("lt-cluster-1", "lt-cluster-2"), "Goes on after a merger with Cluster 2"),
            (EntryKind.MERGER, ("lt-unknown",), "Merged into lt-unknown"),
            (EntryKind.MERGER, ("lt-cluster-1",), "Not merged: it goes on"),
            (EntryKind.SPLIT, ("lt-cluster-1",), "Not split: it goes on"),
        ],
    )
    def test_what_it_became_stands_in_its_history(
        self, client: Client, kind: EntryKind, others: tuple[str, ...], title: str
    ) -> None:
        for number in (1, 2, 3):
            labelled(number)
        happened(1, kind, others=others)
        assert client.get(PAGE).context["events"][0].title == title

    def test_what_went_on_after_a_split_and_lapsed_later_has_not_ceased(self, client: Client) -> None:
        labelled(1, **ended(date(2020, 1, 31)))
        labelled(2)
        happened(1, EntryKind.SPLIT, effective=date(2019, 6, 1), others=("lt-cluster-1", "lt-cluster-2"))
        assert (
            client.get(PAGE)
            .context["answer"]
            .startswith("Held the Bronze label until 31 January 2020; it could be renewed until")
        )

    def test_what_it_is_yet_to_become_is_called_by_its_name(self, client: Client) -> None:
        labelled(1)
        labelled(2, **run(date(2190, 1, 1), date(2192, 1, 31)))
        OrganisationFactory(key="lt-new", name="Newly Founded")
        happened(1, EntryKind.SPLIT, effective=date(2190, 1, 1), others=("lt-cluster-2", "lt-new"))
        assert client.get(PAGE).context["events"][0].title == "Split into Cluster 2 and Newly Founded"

    def test_host_website_and_first_day_are_told(self, client: Client) -> None:
        labelled(1, host="A university", website="https://one.example")
        page = text(client.get(PAGE))
        assert "Host A university Website https://one.example First labelled 2026-10-12" in page

    def test_an_invented_organisation_carries_a_mark(self, client: Client) -> None:
        labelled(1)
        OrganisationFactory(key="lt-cluster-1", synthetic=True)
        assert "invented, for the demonstration" in heading(client.get(PAGE))


class TestForMachines:
    def test_its_data_for_search_engines_says_what_the_page_says(
        self, client: Client, settings: LazySettings
    ) -> None:
        settings.TOUCHSTONE_ADDRESS = "https://labels.example"
        labelled(1, website="https://one.example")
        labelled(1, **ended(date(2015, 2, 11)), level=LabelLevel.SILVER)
        happened(1, EntryKind.RENAME, name="New name", website="https://one.example")
        page = client.get(PAGE)
        issuer = {
            "@type": "Organization",
            "name": "Cluster management excellence, modelled on ECEI",
            "url": "https://labels.example/",
        }
        assert markup(page) == {
            "@context": "https://schema.org",
            "@type": "Organization",
            "@id": f"https://labels.example{PAGE}",
            "mainEntityOfPage": f"https://labels.example{PAGE}",
            "name": "New name",
            "alternateName": ["Cluster 1"],
            "identifier": "lt-cluster-1",
            "url": "https://one.example",
            "address": {"@type": "PostalAddress", "addressCountry": "LT"},
            "hasCertification": [
                {
                    "@type": "Certification",
                    "name": name,
                    "certificationStatus": f"https://schema.org/Certification{status}",
                    "validFrom": start,
                    "expires": end,
                    "issuedBy": issuer,
                }
                for name, status, start, end in (
                    ("Bronze", "Active", "2026-10-12", "2028-10-31"),
                    ("Silver", "Inactive", "2013-02-11", "2015-02-11"),
                )
            ],
        }
        assert f'<link rel="canonical" href="https://labels.example{PAGE}">' in page.content.decode()

    def test_a_name_cannot_leave_the_data_or_the_page(self, client: Client) -> None:
        name = '</script><script>alert("x")</script> & \u2028 Co'
        entry(organisation="lt-cluster-1", name=name)
        page = client.get(PAGE)
        assert markup(page)["name"] == name
        assert b"<script>alert" not in page.content

    def test_what_else_there_is_stands_beside(self, client: Client) -> None:
        number = labelled(1).number
        found = links(client.get(PAGE))
        assert {
            f"/verify/{number}/", f"/credentials/{number}.json", "/proof/?organisation=lt-cluster-1",
            "/watch/?organisation=lt-cluster-1", "/register/lt-cluster-1/feed.atom",
        } <= set(found)  # fmt: skip

    def test_the_code_of_the_badge_is_there(self, client: Client) -> None:
        labelled(1)
        assert "/badge/lt-cluster-1.svg" in client.get(PAGE).content.decode()


class TestNotFound:
    def test_the_page_says_what_that_means(self, client: Client) -> None:
        page = client.get("/register/lt-unknown/")
        assert (page.status_code, heading(page)) == (404, "No label is on record here")
        assert "Whether an organisation has applied is not public." in text(page)

    def test_names_like_it_are_offered(self, client: Client) -> None:
        labelled(1, name="Aviation Valley")
        page = client.get("/register/pl-aviatoin-valley/")
        assert page.status_code == 404
        assert [line.row.name for line in page.context["near"]] == ["Aviation Valley"]

    @pytest.mark.parametrize("key", ["x", "lt", "-", "_", "x" * 3000])
    def test_keys_that_are_none_are_told_the_same(self, client: Client, key: str) -> None:
        labelled(1)
        page = client.get(f"/register/{key}/")
        assert (page.status_code, page.context["near"]) == (404, [])


@pytest.mark.parametrize("entries", [1, 3])
def test_the_number_of_queries_does_not_grow(
    client: Client, entries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(entries):
        labelled(1)
    with django_assert_num_queries(6):
        client.get(PAGE)


class TestLabelsToCome:
    LATER = run(date(2190, 1, 1), date(2192, 1, 31))

    def test_the_page_is_there_from_the_entry_on_and_says_when_the_label_begins(self, client: Client) -> None:
        labelled(1, **self.LATER)
        page = client.get(PAGE)
        assert (page.status_code, heading(page)) == (200, "Cluster 1")
        assert page.context["answer"] == (
            "No label is valid today. The Bronze label begins on 1 January 2190 and runs until "
            "31 January 2192."
        )
        assert (page.context["status"].standing.value, page.context["held"]) == ("never", [])
        assert "Bronze begins later 2190-01-01 2192-01-31 2193-01-30 00001" in text(page)
        assert "hasCertification" not in markup(page)
        assert "There is no badge before the first label begins, on 1 January 2190." in text(page)
        assert "First label from 2190-01-01" in text(page)
        numbered = [reverse(f"public:{name}", args=[1]) for name in ("verify", "credential")]
        assert [address for address in numbered if address not in links(page)] == []

    def test_badge_status_and_verification_say_the_same(self, client: Client) -> None:
        labelled(1, **self.LATER)
        assert client.get("/badge/lt-cluster-1.svg").status_code == 404
        assert client.get("/api/v1/organisations/lt-cluster-1/status").json()["status"] == "never"
        assert "has not begun yet" in text(client.get("/verify/1/"))

    def test_on_a_later_day_the_label_is_told_as_it_will_stand(self, client: Client) -> None:
        labelled(1, **self.LATER)
        assert client.get(f"{PAGE}?on=2190-01-01").context["answer"] == (
            "By what is on record today, the Bronze label is valid on 1 January 2190: "
            "it runs until 31 January 2192."
        )

    def test_a_higher_label_to_come_stands_beside_the_one_that_holds(self, client: Client) -> None:
        labelled(1, **run(date(2020, 1, 1), date(2180, 1, 31)))
        labelled(1, **{**self.LATER, "level": LabelLevel.SILVER})
        assert client.get(PAGE).context["answer"] == (
            "Holds the Bronze label until 31 January 2180. "
            "The Silver label begins on 1 January 2190 and runs until 31 January 2192."
        )
        assert "begins later" in text(client.get(PAGE))
        assert "begins later" not in text(client.get(f"{PAGE}?on=2021-01-01"))

    def test_a_label_that_was_suspended_meanwhile_does_not_begin(self, client: Client) -> None:
        labelled(1, **run(date(2020, 1, 1), date(2180, 1, 31)))
        happened(1, EntryKind.SUSPENSION, effective=date(2026, 11, 1))
        happened(1, EntryKind.REINSTATEMENT, effective=date(2170, 1, 1))
        assert client.get(PAGE).context["answer"] == (
            "The Bronze label has been suspended since 1 November 2026. No label is valid today."
        )

    def test_one_that_never_began_says_what_it_became_and_names_no_page_that_is_not(
        self, client: Client
    ) -> None:
        OrganisationFactory(key="lt-new", name="Newly Founded")
        labelled(1, **self.LATER)
        happened(1, EntryKind.MERGER, effective=date(2026, 11, 1), others=("lt-new",))
        page = client.get(PAGE)
        assert page.context["answer"] == "Holds no label, and none is on record before today."
        assert "Merged on 1 November 2026, now part of Newly Founded." in text(page)
        assert "/register/lt-new/" not in links(page)
        assert [event.title for event in page.context["events"]] == [
            "Awarded: Bronze", "Merged into Newly Founded",
        ]  # fmt: skip


class TestEnteredTwice:
    @pytest.fixture(autouse=True)
    def joined(self) -> None:
        labelled(1, name="Amber", **run(date(2020, 1, 1), date(2180, 1, 31)))
        labelled(2, name="Amber Cluster", **run(date(2024, 1, 1), date(2180, 1, 31)))
        happened(
            1, EntryKind.MERGER, name="Amber", effective=date(2026, 11, 1), others=("lt-cluster-2",),
            origin=ENTERED_TWICE, reason="One association.",
        )  # fmt: skip

    def test_the_record_that_ends_says_that_it_is_the_same_and_not_that_it_merged(
        self, client: Client
    ) -> None:
        page = client.get(PAGE)
        assert page.context["answer"] == (
            "Held the Bronze label until 31 October 2026 under this entry. It was entered twice: what it "
            "holds since then stands under its other entry."
        )
        assert "The same organisation, with its whole history: Amber Cluster ." in text(page)
        assert [event.title for event in page.context["events"]] == [
            "The same organisation as Amber Cluster", "Awarded: Bronze",
        ]  # fmt: skip
        assert [word for word in ("Merged", "entered twice</dd>") if word in page.content.decode()] == []
        assert [mark.word for mark in page.context["timeline"].marks] == ["Entered twice"]

    def test_the_other_one_shows_both_histories(self, client: Client) -> None:
        page = client.get("/register/lt-cluster-2/")
        assert [(event.title, event.entered_as) for event in page.context["events"]] == [
            ("The same organisation as Amber Cluster", "Amber"),
            ("Awarded: Bronze", ""),
            ("Awarded: Bronze", "Amber"),
        ]
        assert "also entered as Amber" in text(page)
        assert "Entered as “Amber”" in text(page)

    def test_a_correction_that_tells_them_apart_again_parts_the_histories(self, client: Client) -> None:
        happened(
            1, EntryKind.CORRECTION, corrects=3, name="Amber", effective=date(2026, 11, 1),
            others=("lt-cluster-1",),
        )  # fmt: skip
        page = client.get(PAGE)
        assert page.context["answer"] == "Holds the Bronze label until 31 January 2180."
        assert (page.context["became"], page.context["events"][0].title) == (
            [], "Not entered twice: it goes on",
        )  # fmt: skip
        other = client.get("/register/lt-cluster-2/")
        assert [event.entered_as for event in other.context["events"]] == [""]

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from touchstone.apps.old_pages.models import OldPage, OldRow
from touchstone.apps.old_pages.services import Reading, enter, leave_out, take_in
from touchstone.apps.organisations.models import Organisation
from touchstone.apps.pack import scheme
from touchstone.apps.refusal import Refused
from touchstone.apps.register import services
from touchstone.apps.register.models import LedgerEntry
from touchstone.core.labels.history import PastLabel
from touchstone.core.labels.model import Standing
from touchstone.intake.old_register import Page, read_page, read_page_file

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HEADER = "Name Comparative portfolio www Label valid until\n"


def page(*lines: str) -> Page:
    return read_page(HEADER + "\n".join(lines), scheme())


def imported(of: Page, *, at: datetime = NOW, country: str = "PL", **how: bool) -> Reading:
    return take_in(page=of, name="page.txt", country=country, by="tester", at=at, **how)


def rows(state: OldRow.State) -> list[tuple[int, str, str]]:
    """Line, words and reason of the rows that stand so."""
    found = OldRow.objects.filter(state=state)
    return [(row.line, row.text, row.reason) for row in found]


def past(**changed: object) -> PastLabel:
    told: dict[str, object] = {
        "line": 2,
        "name": "Odd Basketry",
        "portfolio": "ict",
        "country": "PL",
        "valid_until": date(2015, 2, 11),
    }
    return PastLabel(**{**told, **changed})  # type: ignore[arg-type]  # of the types above


def only_waiting() -> OldRow:
    return OldRow.objects.get(state=OldRow.State.WAITING)


@pytest.fixture(scope="module")
def poland() -> Page:
    return read_page_file(Path(settings.TOUCHSTONE_DEMONSTRATION) / "register-poland.txt", scheme())


def test_the_polish_page_becomes_48_entries_of_a_sound_ledger(poland: Page) -> None:
    result = imported(poland)
    document = result.as_document()
    assert (document["rows_read"], document["accepted"], len(poland.duplicates), result.entered) == (
        49,
        48,
        1,
        48,
    )
    assert (services.verify().as_document(), services.rebuild_check()) == (
        {"entries": 48, "intact": True, "first_fault": None, "heads": 0}, [],
    )  # fmt: skip
    assert (Organisation.objects.count(), OldPage.objects.count()) == (48, 1)
    twin = "Wschodni Klaster ICT ICT 2019/01/17"
    assert [(text, reason) for _, text, reason in rows(OldRow.State.REPEATED)] == [
        (twin, f"says exactly what line {poland.duplicates[0].same_as} says")
    ]


def test_every_date_of_the_polish_page_is_that_of_its_entry(poland: Page) -> None:
    imported(poland)
    entered = OldRow.objects.filter(state=OldRow.State.ENTERED)
    acts = {entry.number: entry.act for entry in services.entries()}
    assert [acts[row.entry or 0].valid_until for row in entered] == [row.valid_until for row in poland.rows]
    assert [row.text.rsplit(maxsplit=1)[1] for row in entered] == [
        f"{row.valid_until:%Y/%m/%d}" for row in poland.rows
    ]


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        (date(2011, 2, 22), Standing.NEVER),
        (date(2011, 2, 23), Standing.VALID),
        (date(2013, 2, 23), Standing.VALID),
        (date(2013, 2, 24), Standing.EXPIRED_RENEWABLE),
        (date(2014, 2, 24), Standing.LAPSED),
    ],
)
def test_a_label_of_the_past_keeps_its_days(poland: Page, on: date, standing: Standing) -> None:
    imported(poland)
    assert services.status("pl-aviation-valley", on=on, known=NOW).standing is standing


def test_what_the_page_did_not_say_is_marked_as_derived_and_where_it_was_read_is_kept(poland: Page) -> None:
    imported(poland)
    act = services.history("pl-aviation-valley")[0].act
    assert (act.derived, act.rule_set, act.actor, act.origin) == (
        ("valid_from", "renewable_until"), "2010", "tester", "page of the old public register, line 5",
    )  # fmt: skip


def test_a_second_import_enters_nothing(poland: Page) -> None:
    imported(poland)
    assert imported(poland, at=NOW + timedelta(days=1)).entered == 0
    assert LedgerEntry.objects.count() == 48


def test_a_later_page_enters_only_what_is_new() -> None:
    imported(page("Aviation Valley Aviation and space 2013/02/23"))
    later = imported(page("Aviation Valley Aviation and space 2015/02/23", "New One ICT 2015/03/01"))
    assert (later.entered, LedgerEntry.objects.count()) == (2, 3)
    status = services.status("pl-aviation-valley", on=date(2014, 1, 1), known=NOW)
    assert (status.valid_from, status.valid_until) == (date(2011, 2, 23), date(2015, 2, 23))


def test_a_dry_run_enters_nothing_and_says_what_it_would() -> None:
    result = imported(page("Aviation Valley Aviation and space 2013/02/23"), trial=True)
    assert (result.entered, LedgerEntry.objects.count(), Organisation.objects.count()) == (1, 0, 0)
    assert (result.kept, OldPage.objects.count()) == (None, 0)


def test_what_cannot_be_read_is_kept_word_for_word_and_waits() -> None:
    result = imported(page("Odd Basketry 2015/02/11", "Just words"))
    assert (result.entered, result.waiting) == (0, 2)
    assert rows(OldRow.State.WAITING) == [
        (2, "Odd Basketry 2015/02/11", "no portfolio of the scheme stands before the day"),
        (3, "Just words", "there is no day in it"),
    ]
    assert result.kept is not None
    assert result.kept.text == HEADER + "Odd Basketry 2015/02/11\nJust words"


def test_the_rest_of_a_line_waits_beside_the_row_it_follows() -> None:
    imported(page("Aviation Valley Aviation and space 2013/02/23 Food industry 2014/02/04"))
    waiting = only_waiting()
    assert (waiting.line, waiting.part, waiting.text) == (2, 1, "Food industry 2014/02/04")
    assert (waiting.name, waiting.portfolio, waiting.valid_until) == ("", "food", date(2014, 2, 4))


def test_a_label_that_the_ledger_has_already_is_told_and_not_entered() -> None:
    imported(page("Aviation Valley Aviation and space 2013/02/23"))
    imported(page("Aviation Valley Aviation and space 2013/02/23", "New One ICT 2015/03/01"))
    assert rows(OldRow.State.KNOWN) == [
        (2, "Aviation Valley Aviation and space 2013/02/23", "the ledger has this label already")
    ]


class TestAReviewedPage:
    """Taken in with `hold`: what looks like a known organisation waits for a person."""

    def held(self) -> OldRow:
        imported(page("Arena Eyde ICT 2013/02/23"), country="NO")
        imported(page("Eyde Cluster ICT 2016/02/23"), country="NO", hold=True)
        return only_waiting()

    def test_a_name_like_a_known_one_waits(self) -> None:
        waiting = self.held()
        assert (waiting.name, waiting.alike, waiting.reason) == (
            "Eyde Cluster", ["no-arena-eyde"], "looks like an organisation that is known",
        )  # fmt: skip
        assert LedgerEntry.objects.count() == 1

    def test_a_person_joins_the_two_and_the_old_name_stays_an_old_name(self) -> None:
        waiting = self.held()
        read = past(name="Eyde Cluster", country="NO", valid_until=date(2016, 2, 23))
        enter(row=waiting, past=read, same_as="no-arena-eyde", by="me", at=NOW)
        assert [entry.act.name for entry in services.history("no-arena-eyde")] == [
            "Arena Eyde",
            "Eyde Cluster",
        ]
        assert Organisation.objects.count() == 1

    def test_a_person_keeps_the_two_apart(self) -> None:
        waiting = self.held()
        read = past(name="Eyde Cluster", country="NO", valid_until=date(2016, 2, 23))
        entry = enter(row=waiting, past=read, same_as="", by="me", at=NOW)
        waiting.refresh_from_db()
        assert (entry.act.organisation, waiting.entry, waiting.settled_by) == ("no-eyde-cluster", 2, "me")

    def test_without_review_both_are_entered_apart(self) -> None:
        imported(page("Arena Eyde ICT 2013/02/23"), country="NO")
        assert imported(page("Eyde Cluster ICT 2016/02/23"), country="NO").entered == 1

    def test_a_later_label_of_a_known_key_is_no_question(self) -> None:
        imported(page("Arena Eyde ICT 2013/02/23"), country="NO")
        assert imported(page("Arena Eyde ICT 2015/02/23"), country="NO", hold=True).entered == 1

    def test_two_rows_of_one_page_may_be_alike(self) -> None:
        reading = imported(
            page("Arena Eyde ICT 2013/02/23", "Eyde Cluster ICT 2016/02/23"), country="NO", hold=True
        )
        assert (reading.entered, reading.waiting) == (1, 1)


class TestSettling:
    def waiting(self) -> OldRow:
        imported(page("Odd Basketry 2015/02/11"))
        return only_waiting()

    def test_a_mended_row_becomes_a_label_of_its_time(self) -> None:
        row = self.waiting()
        entry = enter(row=row, past=past(), same_as="", by="me", at=NOW)
        assert (entry.act.actor, entry.act.valid_until, entry.act.origin) == (
            "me", date(2015, 2, 11), "page of the old public register, line 2",
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("changed", "refusal"),
        [
            ({"name": " – "}, "Give the name"),
            ({"portfolio": "basketry"}, "Choose one of the comparative portfolios"),
            ({"country": "XX"}, "Choose the country"),
            ({"valid_until": date(2009, 1, 1)}, "lies before the first label"),
            ({"valid_until": date(2040, 1, 1)}, "when none can have been given"),
        ],
    )
    def test_what_cannot_be_is_refused_with_its_reason(
        self, changed: dict[str, object], refusal: str
    ) -> None:
        row = self.waiting()
        with pytest.raises(Refused, match=refusal):
            enter(row=row, past=past(**changed), same_as="", by="me", at=NOW)
        assert LedgerEntry.objects.count() == 0

    def test_an_organisation_that_is_not_there_is_refused(self) -> None:
        row = self.waiting()
        with pytest.raises(Refused, match="There is no organisation “pl-nobody”"):
            enter(row=row, past=past(), same_as="pl-nobody", by="me", at=NOW)

    def test_a_period_that_is_there_is_not_entered_twice(self) -> None:
        imported(page("Odd Basketry ICT 2015/02/11", "Odd Basketry of Wicker 2015/02/11"))
        row = only_waiting()
        with pytest.raises(Refused, match="ends on that day"):
            enter(row=row, past=past(), same_as="pl-odd-basketry", by="me", at=NOW)

    def test_a_row_is_left_out_with_its_reason(self) -> None:
        leave_out(row=self.waiting(), reason=" A basket, no cluster. ", by="me", at=NOW)
        (left,) = rows(OldRow.State.LEFT_OUT)
        assert left[2] == "no portfolio of the scheme stands before the day; left out: A basket, no cluster."

    def test_leaving_out_needs_a_reason(self) -> None:
        row = self.waiting()
        with pytest.raises(Refused, match="Say why"):
            leave_out(row=row, reason="  ", by="me", at=NOW)

    def test_a_row_is_settled_once(self) -> None:
        row = self.waiting()
        leave_out(row=row, reason="No cluster.", by="me", at=NOW)
        with pytest.raises(Refused, match="settled this row meanwhile"):
            enter(row=row, past=past(), same_as="", by="me", at=NOW)


@pytest.mark.parametrize("country", ["Poland", "XX", ""])
def test_a_country_that_does_not_exist_is_refused(country: str) -> None:
    with pytest.raises(Refused, match="no country code"):
        imported(page("Aviation Valley Aviation and space 2013/02/23"), country=country)


def test_a_page_older_than_the_ledgers_last_entry_is_refused_whole() -> None:
    imported(page("Aviation Valley Aviation and space 2013/02/23"))
    with pytest.raises(Refused, match="before the last entry"):
        imported(page("New One ICT 2015/03/01"), at=NOW - timedelta(days=1))
    assert (LedgerEntry.objects.count(), Organisation.objects.count()) == (1, 1)

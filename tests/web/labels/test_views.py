from datetime import date

import pytest
from django.test import Client

from factories.apps import NOW, DeciderFactory, ExpertFactory, OrganisationFactory, PersonFactory, entry
from factories.pages import errors, heading, links, text
from touchstone.apps.register.models import LedgerEntry
from touchstone.apps.register.services import history, status
from touchstone.core.labels.model import EntryKind, LabelLevel, Standing

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
PAGE = "/labels/lt-amber/"
STOP = {"level": "", "effective": "2026-11-21", "reason": "Records were not opened."}


@pytest.fixture(autouse=True)
def label() -> None:
    """The Amber Cluster holds Bronze; another organisation is known."""
    OrganisationFactory(key="lt-amber", name="Amber Cluster")
    OrganisationFactory(key="lt-other", name="Other Cluster")
    entry()


@pytest.fixture
def decider() -> Client:
    client = Client()
    client.force_login(DeciderFactory(username="ilse"))
    return client


@pytest.fixture
def secretariat() -> Client:
    client = Client()
    client.force_login(PersonFactory(username="tomas"))
    return client


def standing() -> Standing:
    return status("lt-amber", on=TODAY, known=NOW).standing


class TestTheList:
    def test_every_organisation_leads_to_its_label(self, decider: Client) -> None:
        assert links(decider.get("/labels/")) == [PAGE, "/labels/lt-other/"]

    def test_a_name_is_searched_for(self, decider: Client) -> None:
        assert links(decider.get("/labels/?q=AMBER")) == ["/labels/", PAGE]

    def test_nothing_found_leads_back(self, decider: Client) -> None:
        assert "No organisation matches" in text(decider.get("/labels/?q=nobody"))

    def test_others_have_no_such_page(self) -> None:
        client = Client()
        client.force_login(ExpertFactory())
        assert [client.get(page).status_code for page in ("/labels/", PAGE)] == [403, 403]


class TestAnOrganisation:
    def test_a_decider_is_offered_to_stop_its_label(self, decider: Client) -> None:
        assert links(decider.get(PAGE))[-3:] == [
            f"{PAGE}suspension/", f"{PAGE}reinstatement/", f"{PAGE}withdrawal/",
        ]  # fmt: skip

    def test_the_secretariat_is_offered_to_keep_it_right(self, secretariat: Client) -> None:
        offered = ("rename", "host", "merger", "split", "correction")
        assert links(secretariat.get(PAGE))[-5:] == [f"{PAGE}{what}/" for what in offered]

    def test_who_belongs_to_it_is_offered_nothing(self) -> None:
        client = Client()
        client.force_login(DeciderFactory(organisation_id="lt-amber"))
        assert "a colleague looks after its label" in text(client.get(PAGE))
        assert client.get(f"{PAGE}suspension/").status_code == 404

    def test_without_a_label_nothing_can_be_done(self, decider: Client) -> None:
        page = decider.get("/labels/lt-other/")
        assert "It holds no label today" in text(page)
        assert page.context["choices"] == []

    def test_a_label_that_is_yet_to_begin_is_told_with_its_day(self, decider: Client) -> None:
        entry(organisation="lt-other", name="Other Cluster", valid_from=date(2190, 1, 1),
              valid_until=date(2192, 1, 31), renewable_until=date(2193, 1, 31))  # fmt: skip
        page = decider.get("/labels/lt-other/")
        assert "Its first one is entered as beginning on 1 January 2190." in text(page)
        assert "/register/lt-other/" in links(page)

    def test_who_entered_what_is_shown_to_colleagues_alone(self, decider: Client) -> None:
        decider.post(f"{PAGE}suspension/", {**STOP, "do": "enter"})
        assert "Entry 2: ilse, 2026-11-21 12:00 UTC" in text(decider.get(PAGE))
        assert "ilse" not in text(Client().get("/register/lt-amber/"))

    @pytest.mark.parametrize("address", ["/labels/lt-nobody/", f"{PAGE}award/", f"{PAGE}rename/"])
    def test_what_is_not_there_or_not_for_a_decider_is_not_found(self, decider: Client, address: str) -> None:
        assert decider.get(address).status_code == 404


class TestAStop:
    def test_the_question_says_what_the_act_does(self, decider: Client) -> None:
        page = decider.get(f"{PAGE}withdrawal/")
        assert heading(page) == "Withdraw the label of Amber Cluster?"
        assert page.context["form"].initial["effective"] == TODAY

    def test_the_effect_is_shown_before_anything_is_entered(self, decider: Client) -> None:
        page = decider.post(f"{PAGE}suspension/", {**STOP, "do": "check"})
        assert heading(page) == "Check before you enter"
        assert "Bronze valid until 2028-10-31 Bronze suspended until 2028-10-31" in text(page)
        assert (standing(), LedgerEntry.objects.count()) == (Standing.VALID, 1)

    def test_what_was_written_is_shown_with_it_and_can_be_changed(self, decider: Client) -> None:
        checked = decider.post(f"{PAGE}suspension/", {**STOP, "do": "check"})
        assert [str(value) for _, value in checked.context["written"]] == [
            "Every level", "21 November 2026", STOP["reason"],
        ]  # fmt: skip
        again = decider.post(f"{PAGE}suspension/", {**STOP, "do": "change"})
        assert (heading(again), again.context["form"]["reason"].value()) == (
            "Suspend the label of Amber Cluster?", STOP["reason"],
        )  # fmt: skip
        assert (errors(again), len(history("lt-amber"))) == ([], 1)

    def test_then_it_is_entered(self, decider: Client) -> None:
        done = decider.post(f"{PAGE}suspension/", {**STOP, "do": "enter"}, follow=True)
        assert "Entry 2 is signed and stands in the ledger." in text(done)
        assert standing() is Standing.SUSPENDED

    def test_the_check_sends_what_was_written(self, decider: Client) -> None:
        page = decider.post(f"{PAGE}suspension/", {**STOP, "level": "bronze", "do": "check"})
        hidden = {field.name: field.value() for field in page.context["form"]}
        assert hidden == {**STOP, "level": "bronze"}

    def test_one_level_is_stopped_alone(self, decider: Client) -> None:
        gold = {"valid_from": TODAY, "valid_until": date(2028, 11, 30), "renewable_until": date(2029, 11, 30)}
        entry(kind=EntryKind.UPGRADE, level=LabelLevel.GOLD, effective=TODAY, **gold)
        decider.post(f"{PAGE}withdrawal/", {**STOP, "level": "gold", "do": "enter"})
        now = status("lt-amber", on=TODAY, known=NOW)
        assert (now.level, now.standing) == (LabelLevel.BRONZE, Standing.VALID)

    def test_what_cannot_be_is_told_and_what_was_typed_stays(self, decider: Client) -> None:
        page = decider.post(f"{PAGE}reinstatement/", {**STOP, "do": "check"})
        assert errors(page) == [
            "On 2026-11-21 the Bronze label of Amber Cluster is not suspended: it cannot be reinstated."
        ]
        assert "Records were not opened." in page.content.decode()

    def test_each_missing_field_is_told(self, decider: Client) -> None:
        page = decider.post(f"{PAGE}suspension/", {"level": "tin", "effective": "soon", "do": "check"})
        assert errors(page) == [
            "#id_level Choose one of the levels.",
            "#id_effective Write the day as year-month-day, for example 2026-11-21.",
            "#id_reason Say why.",
        ]


class TestAChange:
    def test_a_new_name_is_entered(self, secretariat: Client) -> None:
        said = {"name": "Ember Cluster", "effective": "2026-11-21", "reason": "By resolution.", "do": "enter"}
        secretariat.post(f"{PAGE}rename/", said)
        assert history("lt-amber")[-1].act.name == "Ember Cluster"
        assert heading(Client().get("/register/lt-amber/")) == "Ember Cluster"

    def test_a_new_host_is_entered(self, secretariat: Client) -> None:
        said = {"host": "City of Amber", "effective": "2026-11-21", "reason": "Moved.", "do": "enter"}
        secretariat.post(f"{PAGE}host/", said)
        assert history("lt-amber")[-1].act.host == "City of Amber"

    @pytest.mark.parametrize("named", ["lt-other", "OTHER  cluster"])
    def test_a_merger_names_the_other_by_key_or_name(self, secretariat: Client, named: str) -> None:
        said = {"into": named, "take_over": "on", "effective": "2026-11-21", "reason": "Merged."}
        page = secretariat.post(f"{PAGE}merger/", {**said, "do": "check"})
        assert [one["name"] for one in page.context["changes"]] == ["Amber Cluster", "Other Cluster"]
        assert [str(value) for _, value in page.context["written"]] == [
            "lt-other", "yes", "21 November 2026", "Merged.",
        ]  # fmt: skip
        secretariat.post(f"{PAGE}merger/", {**said, "do": "enter"})
        assert status("lt-other", on=TODAY, known=NOW).standing is Standing.VALID

    def test_two_records_of_one_organisation_are_joined(self, secretariat: Client) -> None:
        said = {"into": "lt-other", "same": "on", "effective": "2026-11-21", "reason": "One association."}
        secretariat.post(f"{PAGE}merger/", {**said, "do": "enter"})
        joined = history("lt-amber")[-1]
        assert joined.act.joins_records
        undone = {"entry": str(joined.number), "undone": "on", "reason": "They are two."}
        secretariat.post(f"{PAGE}correction/", {**undone, "do": "enter"})
        assert history("lt-amber")[-1].act.others == ("lt-amber",)
        assert standing() is Standing.VALID

    def test_a_name_of_several_is_asked_about(self, secretariat: Client) -> None:
        OrganisationFactory(key="lv-other", name="Other cluster")
        said = {"into": "Other Cluster", "effective": "2026-11-21", "reason": "x", "do": "check"}
        (told,) = errors(secretariat.post(f"{PAGE}merger/", said))
        assert told.endswith("are called “Other Cluster”. Give the key of one: lt-other, lv-other.")

    def test_a_name_of_nobody_is_told(self, secretariat: Client) -> None:
        said = {"into": "lt-other\nNobody", "effective": "2026-11-21", "reason": "x", "do": "check"}
        assert errors(secretariat.post(f"{PAGE}split/", said)) == [
            "#id_into There is no organisation called “Nobody”. Look its name up in the register."
        ]

    def test_a_level_taken_over_beside_a_higher_one_is_seen_in_the_effect(self, secretariat: Client) -> None:
        entry(organisation="lt-other", name="Other Cluster", level=LabelLevel.SILVER)
        said = {
            "into": "lt-other",
            "take_over": "on",
            "effective": "2026-11-21",
            "reason": "x",
            "do": "check",
        }
        page = secretariat.post(f"{PAGE}merger/", said)
        assert [change["same"] for change in page.context["changes"]] == [False, False]

    def test_a_split_may_let_it_go_on(self, secretariat: Client) -> None:
        said = {"into": "lt-amber\nlt-other\n", "effective": "2026-11-21", "reason": "x", "do": "enter"}
        secretariat.post(f"{PAGE}split/", said)
        assert (history("lt-amber")[-1].act.others, standing()) == (("lt-amber", "lt-other"), Standing.VALID)

    def test_an_entry_is_corrected_in_what_is_filled_in(self, secretariat: Client) -> None:
        said = {
            "entry": "1",
            "valid_until": "2028-09-30",
            "level": "silver",
            "reason": "Misread.",
            "do": "enter",
        }
        secretariat.post(f"{PAGE}correction/", said)
        now = status("lt-amber", on=TODAY, known=NOW)
        assert (now.level, now.valid_until, now.renewable_until) == (
            LabelLevel.SILVER, date(2028, 9, 30), date(2029, 10, 31),
        )  # fmt: skip

    def test_a_correction_begins_with_nothing_filled_in(self, secretariat: Client) -> None:
        form = secretariat.get(f"{PAGE}correction/").context["form"]
        assert [field.name for field in form if field.value()] == []

    def test_a_correction_names_its_entry(self, secretariat: Client) -> None:
        page = secretariat.post(f"{PAGE}correction/", {"reason": "x", "do": "check"})
        assert errors(page) == ["#id_entry Choose the entry that is wrong."]
        assert [words for _, words in page.context["form"].fields["entry"].choices] == [
            "Choose", "1: Awarded Bronze, 2026-10-12",
        ]  # fmt: skip

import string
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.apps import NOW, entry
from touchstone.apps.register.models import (
    RegisterName,
    RegisterSpan,
    RegisterSpelling,
    RegisterWord,
    searching,
)
from touchstone.core.labels.model import EntryKind, LabelLevel

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
NO_PERIOD = {"level": None, "valid_from": None, "valid_until": None, "renewable_until": None}
NAMES = {
    "pl-kom": "KOM - Klaster Obróbki Metali", "pl-ict": "Wschodni Klaster ICT", "pl-wood": "Klaster Drzewny",
    "de-road": "Straßenbau Netzwerk e.V.", "bg-mech": "Мехатроника България", "lt-amber": "Amber Coast",
    "se-eyde": "Arena Eyde", "pl-food": "Łódzki Klaster Spożywczy",
}  # fmt: skip


@pytest.fixture
def register() -> None:
    for key, name in NAMES.items():
        entry(organisation=key, name=name, country=key[:2].upper())
    entry(organisation="lt-amber", name="Baltic Amber", kind=EntryKind.RENAME, effective=TODAY, **NO_PERIOD)


def found(text: str) -> list[str]:
    """What a search finds; trying row by row and seeking by the words find the same."""
    rows, meant = RegisterSpan.objects.on(TODAY).headlines(), searching.meaning(text)
    tried, sought = (
        sorted(rows.filter(condition).values_list("organisation", flat=True))
        for condition in (meant.tried, meant.sought)
    )
    assert tried == sought == sorted(rows.search(text).values_list("organisation", flat=True))
    return tried


@pytest.mark.usefixtures("register")
class TestWords:
    def test_each_word_begins_a_word_of_the_name_in_any_order(self) -> None:
        expected = {
            "KLASTER obrobki": ["pl-kom"], "metali kom": ["pl-kom"], "lodzki spozywczy": ["pl-food"],
            "Łódzki": ["pl-food"], "strassenbau": ["de-road"], "STRASSENBAU": ["de-road"],
            "Straßen": ["de-road"], "mehatronika": ["bg-mech"], "Мехатро": ["bg-mech"],
            "klas": ["pl-food", "pl-ict", "pl-kom", "pl-wood"], "ict": ["pl-ict"],
            "e v netzwerk": ["de-road"], "klaster nowhere": [], "drz": ["pl-wood"],
            "dr": [],  # two letters are a word and no beginning
        }  # fmt: skip
        assert {text: found(text) for text in expected} == expected

    def test_former_names_are_found_too(self) -> None:
        texts = ["amber coast", "coast", "baltic", "coast baltic"]
        assert [found(text) for text in texts] == [["lt-amber"]] * 4

    def test_blank_text_finds_all_and_signs_alone_nothing(self) -> None:
        assert [found(text) for text in ("", "   ", "\n")] == [sorted(NAMES)] * 3
        assert [found(text) for text in ("–", "<>", "%", "_", "…", "%%", "\x00", "\ud800")] == [[]] * 8

    def test_a_key_finds_its_organisation(self) -> None:
        assert [found(text) for text in ("pl-ict", " PL-ICT ")] == [["pl-ict"]] * 2

    def test_filters_and_search_go_together(self) -> None:
        rows = RegisterSpan.objects.on(TODAY).in_country("DE").search("netzwerk")
        assert [row.organisation for row in rows] == ["de-road"]
        assert list(RegisterSpan.objects.on(TODAY).in_country("PL").search("netzwerk")) == []
        assert list(RegisterSpan.objects.on(date(2020, 1, 1)).search("netzwerk")) == []

    def test_an_organisation_that_went_into_another_is_found_by_its_own_name(self) -> None:
        entry(organisation="pl-wood", name="Klaster Drzewny", kind=EntryKind.MERGER, others=("pl-kom",),
              effective=TODAY, **NO_PERIOD)  # fmt: skip
        assert found("drzewny") == ["pl-wood"]

    def test_who_never_held_a_label_is_not_found(self) -> None:
        entry(organisation="fr-none", name="Pôle Zéro", kind=EntryKind.RENAME, effective=TODAY, **NO_PERIOD)
        assert found("zero") == []


@pytest.mark.usefixtures("register")
class TestTypingErrors:
    def test_one_letter_may_be_wrong_in_one_word(self) -> None:
        texts = [
            "spozywcy", "spozywczzy", "spozywzcy", "spozywxzy", "pozywczy", "spozywcz", "klaster spozywxzy",
            "klastre spozywczy", "lodzki klester",
        ]  # fmt: skip
        assert [found(text) for text in texts] == [["pl-food"]] * len(texts)
        assert found("laster") == ["pl-food", "pl-ict", "pl-kom", "pl-wood"]

    def test_more_than_one_error_or_an_error_in_a_short_word_finds_nothing(self) -> None:
        texts = ["klastre spozywxzy", "spozzyxczy", "ixt", "klastre nowhere", "drzewny spozywxzy"]
        assert [found(text) for text in texts] == [[]] * len(texts)

    def test_an_error_is_only_looked_for_where_nothing_is_found_without(self) -> None:
        entry(organisation="pl-spoz", name="Spozywczi", country="PL")
        assert (found("spozywczy"), found("spozywczi")) == (["pl-food"], ["pl-spoz"])

    def test_two_words_that_are_there_but_not_together_may_hold_the_error(self) -> None:
        entry(organisation="pl-amberg", name="Amberg Park", country="PL")
        assert found("amberg coast") == ["lt-amber"]

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.data())
    def test_any_one_error_in_a_word_of_four_letters_is_forgiven(self, data: st.DataObject) -> None:
        word = data.draw(st.sampled_from(["klaster", "spozywczy", "drzewny", "netzwerk", "arena", "eyde"]))
        at = data.draw(st.integers(0, len(word) - 1))
        letter = data.draw(st.sampled_from(string.ascii_lowercase))
        wrong = data.draw(
            st.sampled_from([
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
            ])
        )  # fmt: skip
        if len(wrong) >= searching.SHORTEST_MISTYPED:
            assert set(found(word)) <= set(found(wrong)) or RegisterWord.objects.filter(
                word__startswith=wrong
            )


class TestCommonWords:
    @pytest.fixture(autouse=True)
    def register(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(searching, "FEW", 2)
        for number in range(4):
            entry(organisation=f"pl-{number}", name=f"Klaster Polska {'ICT' * (number > 2)} {number}")
        entry(organisation="pl-x", name="Klaster Xenon")

    def test_words_of_many_are_asked_for_in_another_way_with_the_same_answer(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        polska = ["pl-0", "pl-1", "pl-2", "pl-3"]
        expected = {
            "klaster": [*polska, "pl-x"], "klaster polska": polska, "klaster ict": ["pl-3"],
            "klaster polska ict": ["pl-3"], "klaster xenon polska": [], "kluster": [*polska, "pl-x"],
            "kluster polska": polska, "klaster polski": polska,
        }  # fmt: skip
        assert {text: found(text) for text in expected} == expected
        monkeypatch.setattr(searching, "FEW", 1000)
        assert {text: found(text) for text in expected} == expected

    def test_two_common_words_that_few_have_together(self) -> None:
        entry(organisation="pl-y", name="Xenon Polska")
        entry(organisation="pl-z", name="Xenon Ypsilon")
        assert found("polska xenon") == ["pl-y"]

    def test_two_common_words_that_nobody_has_together(self) -> None:
        for number in range(3):
            entry(organisation=f"fr-{number}", name=f"Pôle {number}")
        assert found("pole polska") == []


@pytest.mark.usefixtures("register")
def test_nothing_that_is_typed_does_harm(django_assert_max_num_queries: Callable[[int], Any]) -> None:
    texts = {
        "klaster łódź " * 1000: [], "x" * 10_000: [], " ".join(string.ascii_lowercase * 40): [],
        "ﷺ" * 100: [],  # one letter that folds to eighteen
        "'; DROP TABLE register_registerspan; --": [], "klaster' OR '1'='1": [],
        "<script>alert(1)</script>": [], "%klaster%": ["pl-food", "pl-ict", "pl-kom", "pl-wood"],
    }  # fmt: skip
    for text, expected in texts.items():
        with django_assert_max_num_queries(30):
            assert found(text) == expected
    assert RegisterSpan.objects.on(TODAY).count() == len(NAMES)


@pytest.mark.usefixtures("register")
class TestNamed:
    def named(self, text: str) -> list[str]:
        rows = RegisterSpan.objects.on(TODAY).headlines().named(text)
        return [row.organisation for row in rows]

    def test_by_key_name_or_former_name_in_full(self) -> None:
        entry(organisation="lt-amber", name="Baltic Amber", level=LabelLevel.SILVER)
        texts = ["lt-amber", " LT-AMBER ", "amber coast", "BALTIC  amber", "Bàltic-Amber"]
        assert [self.named(text) for text in texts] == [["lt-amber"]] * 5

    def test_a_part_of_a_name_names_nobody(self) -> None:
        texts = ["amber", "coast", "", " – ", "\x00", "\ud800", "x" * 10_000]
        assert [self.named(text) for text in texts] == [[]] * 7

    def test_two_organisations_of_one_name_are_both_given(self) -> None:
        entry(organisation="ee-amber", name="Amber Coast", country="EE")
        assert self.named("amber coast") == ["ee-amber", "lt-amber"]


class TestKeeping:
    def words(self) -> set[str]:
        return set(RegisterWord.objects.values_list("word", flat=True))

    def test_words_names_and_spellings_are_kept_once(self) -> None:
        entry(name="Amber Amber Coast")
        assert list(RegisterName.objects.values_list("folded", "first_entry")) == [("amber amber coast", 1)]
        assert sorted(RegisterWord.objects.values_list("word", "first_entry")) == [("amber", 1), ("coast", 1)]
        assert sorted(RegisterSpelling.objects.filter(word="amber").values_list("variant", flat=True)) == [
            "aber", "ambe", "amber", "ambr", "amer", "mber",
        ]  # fmt: skip
        assert [str(table.objects.first()) for table in (RegisterName, RegisterWord)] == [
            "amber amber coast 1", "amber 1",
        ]  # fmt: skip

    def test_a_word_that_a_correction_took_away_is_forgotten_once_nobody_has_it(self) -> None:
        keys = ("lt-amber", "lt-other")
        renames = [
            entry(organisation=key, name=name, kind=kind, **({} if kind.grants else NO_PERIOD)).number
            for name, kind in (("Amber", EntryKind.AWARD), ("Ambar", EntryKind.RENAME))
            for key in keys
        ]
        seen = [self.words()]
        for key, number in zip(keys, renames[2:], strict=True):
            entry(organisation=key, name="Coast", kind=EntryKind.CORRECTION, corrects=number, **NO_PERIOD)
            seen.append(self.words())
        assert seen == [{"amber", "ambar"}, {"amber", "ambar", "coast"}, {"amber", "coast"}]
        assert set(RegisterSpelling.objects.values_list("word", flat=True)) == {"amber", "coast"}

    def test_short_words_have_no_spellings_and_long_ones_are_cut(self) -> None:
        entry(name=f"ab {'x' * 60}")
        assert self.words() == {"ab", "x" * 40}
        assert set(RegisterSpelling.objects.values_list("variant", flat=True)) == {"x" * 40, "x" * 39}
        assert found("x" * 50) == ["lt-amber"]

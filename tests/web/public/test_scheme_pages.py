from dataclasses import replace

import pytest

from touchstone.apps.pack import scheme
from touchstone.core.scheme.model import Light
from touchstone.web.public import scheme_pages as pages
from touchstone.web.public.scheme_words import DE, EN, LT, PL, WORDS

RENEWAL = "Renewal runs for 36 months from the previous end; before it ran for 24 months from the interview."


def found(search: str, language: str = "en") -> list[str]:
    """The ids of what a search finds."""
    table = pages.outline(scheme(language=language), search)
    return [one.item.id for chapter in (*table.areas, *table.dimensions) for one in chapter.items]


def test_the_pages_speak_the_languages_of_the_pack_english_first() -> None:
    assert [words.language for words in pages.spoken()] == ["en", "de", "lt", "pl"]


def test_the_outline_holds_what_the_pack_says_it_holds() -> None:
    pack, table = scheme(), pages.outline(scheme())
    assert pack.extent is not None
    counted = [
        one for chapter in table.areas for one in chapter.items if not getattr(one.item, "supplementary", 0)
    ]
    assert len(counted) == pack.extent.indicators
    assert sum(len(chapter.items) for chapter in table.dimensions) == pack.extent.quality_indicators
    assert table.found == len(pack.indicators) + len(pack.quality)


def test_the_contents_say_how_large_the_scheme_is() -> None:
    extent = scheme().extent
    assert extent is not None
    assert pages.contents_page(scheme(), EN)["intro"] == EN.intro.format(
        indicators=extent.indicators, quality=extent.quality_indicators, points=extent.points
    )


class TestSearch:
    def test_an_id_finds_its_item(self) -> None:
        assert "1.1.0" in found("1.1.0")

    def test_all_words_must_be_there_wherever_they_stand(self) -> None:
        assert "A6" in found("committed newsletter")
        assert found("committed zebra") == []

    def test_case_and_accents_do_not_matter(self) -> None:
        assert found("DALYVIŲ", "lt") == found("dalyviu", "lt") != []

    def test_the_advice_of_a_quality_indicator_is_searched_too(self) -> None:
        pack = scheme()
        word = "breakfast"
        assert word in pack.advice["1.2", Light.YELLOW].text
        assert found(word) == ["1.2"]

    def test_measures_that_have_the_words_are_named(self) -> None:
        table = pages.outline(scheme(), "C3.per_fte")
        hits = [one for chapter in table.areas for one in chapter.items if one.measures]
        assert [(one.item.id, [m.id for m in one.measures]) for one in hits] == [("C3", ["C3.per_fte"])]

    def test_chapters_without_a_find_are_left_out(self) -> None:
        table = pages.outline(scheme(), "legal form")
        assert table.areas[0].named.id == "A"
        assert all(chapter.items for chapter in (*table.areas, *table.dimensions))


class TestIndicator:
    def test_a_help_that_repeats_the_one_before_is_shown_once(self) -> None:
        pack = scheme()
        measures = pages.indicator_page(pack, pack.indicators["A3"], EN)["measures"]
        assert isinstance(measures, tuple)
        first, second = measures[:2]
        assert (first.help, second.help) == (pack.measures["A3.founding_industry"].help, "")

    def test_a_measure_says_how_it_is_answered_and_which_way_is_better(self) -> None:
        pack = scheme(language="de")
        measures = pages.indicator_page(pack, pack.indicators["A6"], DE)["measures"]
        assert isinstance(measures, tuple)
        total = next(one for one in measures if one.measure.id == "A6.total")
        assert (total.form, total.direction, total.formula) == (
            "eine ganze Zahl, ab 0", "mehr ist besser", None,
        )  # fmt: skip

    def test_a_supplementary_item_says_so(self) -> None:
        pack = scheme()
        said = {
            id: pages.indicator_page(pack, pack.indicators[id], EN)["supplementary"] for id in ("A6", "S1")
        }
        assert said["A6"] == ""
        assert said["S1"] == "A supplementary item: it is not counted among the 36 indicators."

    def test_the_first_and_the_last_have_one_neighbour(self) -> None:
        pack = scheme()
        ids = list(pack.indicators)
        first, last = (pages.indicator_page(pack, pack.indicators[id], EN) for id in (ids[0], ids[-1]))
        assert (first["before"], first["after"]) == ("", ids[1])
        assert (last["before"], last["after"]) == (ids[-2], "")


class TestQuality:
    def test_each_level_has_its_light_and_its_conditions_in_the_language(self) -> None:
        pack = scheme(language="lt")
        steps = pages.quality_page(pack, pack.quality["1.1.0"], LT)["steps"]
        assert isinstance(steps, list)
        assert [step.light for step in steps] == ["žalia", "raudona"]
        assert [[one.text for one in step.conditions] for step in steps] == [["ne mažiau kaip 66 %"], []]

    def test_advice_stands_for_each_light_that_the_levels_have(self) -> None:
        pack = scheme()
        for id, lights in (("1.1.0", [Light.RED]), ("1.1.1", [Light.RED, Light.YELLOW])):
            counsels = pages.quality_page(pack, pack.quality[id], EN)["counsels"]
            assert isinstance(counsels, tuple)
            assert [one.light for one in counsels] == lights

    def test_the_first_step_stands_once_with_the_effort_in_the_language(self) -> None:
        pack = scheme(language="lt")
        step = pack.advice["1.1.1", Light.RED].next
        first = pages.quality_page(pack, pack.quality["1.1.1"], LT)["first"]
        assert first == pages.First(step, "Visas darbas trunka kelis mėnesius.")

    def test_without_step_or_effort_none_is_shown(self) -> None:
        pack = scheme()
        item, whole = pack.quality["1.1.0"], pack.advice["1.1.0", Light.RED]
        for advice in (
            {},
            {("1.1.0", Light.RED): replace(whole, next="")},
            {("1.1.0", Light.RED): replace(whole, effort=None)},
        ):
            assert pages.quality_page(replace(pack, advice=advice), item, EN)["first"] is None

    @pytest.mark.parametrize(("silver", "said"), [(True, "tak"), (False, "nie"), (None, PL.silver_unknown)])
    def test_the_audit_for_silver_is_said_as_far_as_it_is_known(self, silver: bool | None, said: str) -> None:
        item = replace(scheme().quality["1.1.0"], silver=silver)
        assert pages.quality_page(scheme(), item, PL)["silver"] == said


class TestRules:
    def test_they_stand_newest_first_and_each_tells_what_it_changed(self) -> None:
        dated = pages.rules_page(scheme(), EN)["rule_sets"]
        assert isinstance(dated, list)
        days = [one.rules.in_force_from for one in dated]
        assert days == sorted(days, reverse=True)
        assert [bool(one.changes) for one in dated] == [True] * (len(dated) - 1) + [False]
        assert dated[0].heading == "What is otherwise than under “Rules of 2020”"
        assert dated[-1].heading == ""

    def test_a_change_is_a_sentence(self) -> None:
        dated = {one.rules.id: one for one in pages.rules_page(scheme(), EN)["rule_sets"]}  # type: ignore[attr-defined]
        assert [change.text for change in dated["2020"].changes] == [
            "A label runs until the last day of the month; before it ran to the day.",
            RENEWAL,
        ]

    def test_their_own_texts_are_in_the_language(self) -> None:
        dated = pages.rules_page(scheme(language="lt"), LT)["rule_sets"]
        assert isinstance(dated, list)
        assert (dated[0].rules.name, dated[0].levels) == ("2022 m. taisyklės", "bronzos, sidabro, aukso")


class TestPacks:
    def test_those_that_build_on_ours_are_found(self) -> None:
        assert pages.variants() == ("ecei-bw",)

    def test_a_pack_is_told_by_its_size_and_its_changes(self) -> None:
        page = pages.variant_page("ecei-bw", EN)
        assert page["extent"] == "Indicators: 36 · quality indicators: 34 · points: 165"
        kinds = {kind.heading: kind.items for kind in page["kinds"]}  # type: ignore[attr-defined]
        item = next(one for one in kinds["Quality indicators"] if one.id == "1.1.2")
        assert (item.name, item.what) == (scheme("ecei-bw").quality["1.1.2"].name, "changed")
        assert item.texts[0] == (
            "Red with 1 point asks for A6.total at least 12 participants; before it asked for A6.total at "
            "least 15 participants."
        )

    def test_what_it_drops_keeps_the_name_that_it_had(self) -> None:
        kinds = {kind.heading: kind.items for kind in pages.variant_page("ecei-bw", EN)["kinds"]}  # type: ignore[attr-defined]
        gone = [one for one in kinds["Dimensions"] if one.what == "gone"]
        assert [(one.id, one.name) for one in gone] == [("5", scheme().dimensions["5"].name)]

    def test_a_language_that_a_pack_lacks_is_shown_in_english(self) -> None:
        assert pages.variant("ecei-bw", "xx") is scheme("ecei-bw")


def test_without_sizes_nothing_is_said_of_peers() -> None:
    closed = replace(scheme(), disclosure=None)
    assert pages.contents_page(closed, EN)["shown_of_peers"] == ()


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_what_may_be_shown_of_peers_has_the_sizes_of_the_pack(words: object) -> None:
    pack = scheme(language=words.language)  # type: ignore[attr-defined]
    sizes = pack.disclosure
    assert sizes is not None
    said = " ".join(pages.contents_page(pack, words)["shown_of_peers"])  # type: ignore[arg-type]
    wanted = (sizes.median_from, sizes.quartiles_from, sizes.full_from, sizes.difference, sizes.oldest_years)
    assert [size for size in wanted if str(size) not in said] == []
    assert "{" not in said

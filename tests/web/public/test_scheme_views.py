import re

import pytest
from django.http import HttpResponse
from django.test import Client

from factories.pages import errors, heading, links, text
from touchstone.apps.pack import scheme
from touchstone.core.scheme.model import Certainty
from touchstone.web.public.scheme_words import EN, WORDS

LANGUAGES = pytest.mark.parametrize("language", WORDS)
PATHS = ["/scheme/", "/scheme/A6/", "/scheme/1.1.1/", "/scheme/rules/", "/scheme/packs/ecei-bw/"]


def scheme_links(page: HttpResponse) -> list[str]:
    """The addresses of the scheme's pages that a page leads to, without those to other languages."""
    body = re.sub(r'<nav class="tongues".*?</nav>', "", page.content.decode(), flags=re.DOTALL)
    return re.findall(r'<a [^>]*?href="(/scheme/[^"]*)"', body.split("<main", 1)[1].split("</main>")[0])


class TestContents:
    def test_every_indicator_and_quality_indicator_is_listed(self, client: Client) -> None:
        addresses = scheme_links(client.get("/scheme/"))
        pack = scheme()
        wanted = [f"/scheme/{id}/" for id in (*pack.indicators, *pack.quality)]
        assert [one for one in addresses if one in wanted] == wanted

    def test_the_page_says_what_the_scheme_is_not(self, client: Client) -> None:
        assert scheme().notice in text(client.get("/scheme/"))

    def test_it_says_in_words_how_sure_an_item_can_be(self, client: Client) -> None:
        page = text(client.get("/scheme/"))
        assert all(f"{EN.certainty[one]} {EN.certainty_explained[one]}" in page for one in Certainty)

    def test_it_leads_to_the_rules_and_to_the_packs_that_build_on_it(self, client: Client) -> None:
        addresses = scheme_links(client.get("/scheme/"))
        assert "/scheme/rules/" in addresses
        assert "/scheme/packs/ecei-bw/" in addresses

    def test_a_search_shows_what_it_found_and_nothing_else(self, client: Client) -> None:
        page = client.get("/scheme/?q=legal+form")
        assert "Found: 4 Show everything" in text(page)
        assert 'id="sources"' not in page.content.decode()
        assert 'value="legal form"' in page.content.decode()

    def test_a_search_that_finds_nothing_says_what_to_try(self, client: Client) -> None:
        page = text(client.get("/scheme/?q=zebra"))
        assert "Found: 0" in page
        assert "Nothing in the scheme has all of these words. Try fewer words, or shorter ones." in page

    def test_a_search_stays_in_its_language_and_in_the_links_to_others(self, client: Client) -> None:
        page = client.get("/scheme/?lang=pl&q=uczestnicy")
        assert '<input type="hidden" name="lang" value="pl">' in page.content.decode()
        tongues = [address for address in links(page) if "q=uczestnicy" in address]
        assert tongues == [
            "/scheme/?q=uczestnicy",
            "/scheme/?lang=de&q=uczestnicy",
            "/scheme/?lang=lt&q=uczestnicy",
            "/scheme/?lang=pl&q=uczestnicy",
        ]


class TestItem:
    @LANGUAGES
    @pytest.mark.parametrize("id", [*scheme().indicators, *scheme().quality])
    def test_each_item_has_a_page_of_its_own_in_each_language(
        self, client: Client, id: str, language: str
    ) -> None:
        pack = scheme(language=language)
        item = pack.indicators.get(id) or pack.quality[id]
        page = client.get(f"/scheme/{id}/?lang={language}")
        assert heading(page) == f"{id} {item.name}"
        assert "{" not in text(page)

    @LANGUAGES
    def test_an_indicator_is_told_in_full(self, client: Client, language: str) -> None:
        pack = scheme(language=language)
        item = pack.indicators["A6"]
        page = text(client.get(f"/scheme/A6/?lang={language}"))
        parts = (item.question, item.definition, item.counting, item.example, item.mistakes, item.evidence)
        wanted = [*parts, item.why, *(measure.label for measure in item.measures), *item.quality]
        assert [part for part in wanted if " ".join(part.split()) not in page] == []

    @LANGUAGES
    def test_a_quality_indicator_is_told_in_full(self, client: Client, language: str) -> None:
        pack = scheme(language=language)
        item = pack.quality["1.1.1"]
        page = text(client.get(f"/scheme/1.1.1/?lang={language}"))
        advice = [
            text for (id, _), one in pack.advice.items() if id == item.id for text in (one.text, one.next)
        ]
        wanted = [item.judged, item.evidence, *(level.text for level in item.levels), *advice]
        assert [part for part in wanted if part not in page] == []
        assert WORDS[language].gate_explained in page

    def test_steps_and_answers_to_choose_from_can_be_unfolded(self, client: Client) -> None:
        assert "Answers to choose from : Legal form Registered association" in text(client.get("/scheme/A2/"))
        assert re.search(r"Steps : .*? 1: ", text(client.get("/scheme/A4/")))

    def test_a_formula_leads_to_what_it_follows_from(self, client: Client) -> None:
        assert "/scheme/A6/#A6.one_year_ago" in scheme_links(client.get("/scheme/A6/"))
        assert "/scheme/C1/#C1.fees" in scheme_links(client.get("/scheme/C1/"))

    def test_a_measure_leads_to_its_indicator(self, client: Client) -> None:
        assert client.get("/scheme/A6.total/").url == "/scheme/A6/#A6.total"
        assert client.get("/scheme/A6.total/?lang=de").url == "/scheme/A6/?lang=de#A6.total"

    def test_an_item_on_which_nothing_rests_says_so(self, client: Client) -> None:
        assert EN.judged_by_none in text(client.get("/scheme/A2/"))

    def test_an_unknown_item_is_not_found(self, client: Client) -> None:
        assert client.get("/scheme/Z9/").status_code == 404


class TestRules:
    def test_each_rule_set_is_told_with_what_it_changed(self, client: Client) -> None:
        page = text(client.get("/scheme/rules/"))
        assert [rules.name for rules in scheme().rule_sets.values() if rules.name not in page] == []
        assert "36 months from the previous end, to the last day of the month" in page
        assert "What is otherwise than under “Rules of 2014”" in page
        assert "nothing besides the benchmarking" in page

    def test_sentences_of_the_program_are_marked_as_english(self, client: Client) -> None:
        page = client.get("/scheme/rules/?lang=lt")
        assert WORDS["lt"].changes_in_english in text(page)
        assert '<ul lang="en"><li>Eligibility asks' in page.content.decode()


class TestPack:
    def test_it_tells_what_it_changes(self, client: Client) -> None:
        page = client.get("/scheme/packs/ecei-bw/")
        assert heading(page) == scheme("ecei-bw").name
        assert scheme("ecei-bw").notice in text(page)
        assert "Sustainable financing" in text(page)

    @pytest.mark.parametrize("name", ["ecei", "nothing"])
    def test_what_does_not_build_on_ours_is_not_found(self, client: Client, name: str) -> None:
        assert client.get(f"/scheme/packs/{name}/").status_code == 404


class TestLanguages:
    @pytest.mark.parametrize("path", PATHS)
    def test_each_page_names_its_languages_in_themselves(self, client: Client, path: str) -> None:
        page = client.get(path).content.decode()
        tongues = re.findall(
            r'<a href="([^"]*)" lang="(\w+)" hreflang="(\w+)"( aria-current="true")?>(\w+)</a>', page
        )
        current = ' aria-current="true"'
        assert tongues == [
            (path, "en", "en", current, "English"),
            (f"{path}?lang=de", "de", "de", "", "Deutsch"),
            (f"{path}?lang=lt", "lt", "lt", "", "Lietuvių"),
            (f"{path}?lang=pl", "pl", "pl", "", "Polski"),
        ]

    @pytest.mark.parametrize("path", PATHS)
    def test_every_link_between_the_pages_keeps_the_language(self, client: Client, path: str) -> None:
        addresses = scheme_links(client.get(f"{path}?lang=lt"))
        assert addresses != []
        assert [one for one in addresses if "?lang=lt" not in one] == []

    @pytest.mark.parametrize("path", PATHS)
    def test_the_words_around_are_marked_with_their_language(self, client: Client, path: str) -> None:
        page = client.get(f"{path}?lang=pl")
        assert '<div lang="pl">' in page.content.decode()
        assert WORDS["pl"].menus in text(page)

    def test_english_says_nothing_about_english_menus(self, client: Client) -> None:
        assert EN.menus not in text(client.get("/scheme/"))

    @pytest.mark.parametrize("path", PATHS)
    def test_a_language_that_there_is_not_is_named_and_english_is_shown(
        self, client: Client, path: str
    ) -> None:
        page = client.get(f"{path}?lang=xx")
        assert page.status_code == 200
        assert errors(page) == [
            "#languages The scheme has no texts in “xx”. This page is in English; choose another language."
        ]
        assert [one for one in scheme_links(page) if "lang=" in one] == []

    def test_what_somebody_writes_for_a_language_is_shown_as_text(self, client: Client) -> None:
        page = client.get("/scheme/?lang=<script>").content.decode()
        assert "“&lt;script&gt;”" in page
        assert "“<script>”" not in page


@pytest.mark.parametrize("path", PATHS)
def test_the_pages_ask_nothing_of_the_database(client: Client, path: str) -> None:
    # A test that may not use the database fails where anything asks it.
    assert client.get(path).status_code == 200

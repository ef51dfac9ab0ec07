import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.small_scheme import small_rules, small_scheme
from touchstone.core.faults import Unusable
from touchstone.core.labels.history import PastLabel
from touchstone.core.scheme.loading import load, shipped
from touchstone.core.scheme.model import Portfolio
from touchstone.intake.country_names import COUNTRY_CODES
from touchstone.intake.old_register import (
    LARGEST_PAGE,
    Duplicate,
    Guess,
    KeptLine,
    Line,
    Page,
    guessed,
    read_page,
    read_page_file,
)

SCHEME = load(shipped())
POLAND = Path(__file__).resolve().parents[2] / "demonstration" / "register-poland.txt"
COUNTRY_HEADER = "Name Comparative portfolio www Label valid until"
INDUSTRY_HEADER = "Name Country www Label valid until"
HEADING = "Cluster overview for comparative portfolio: "


def country_page(*rows: str, before: str = "") -> Page:
    return read_page("\n".join((before, COUNTRY_HEADER, *rows)), SCHEME)


def industry_page(*rows: str, portfolio: str = "Transportation and mobility") -> Page:
    before = (f"{HEADING}{portfolio}", "filter by other industry:", "« Back to overview", "")
    return read_page("\n".join((*before, INDUSTRY_HEADER, *rows)), SCHEME)


def only(page: Page) -> PastLabel:
    assert (page.duplicates, page.doubtful, page.unread) == ((), (), ())
    (row,) = page.rows
    return row


def reasons(page: Page) -> list[str]:
    assert (page.rows, page.duplicates, page.unread) == ((), (), ())
    return [kept.reason for kept in page.doubtful]


def test_the_polish_page_has_49_rows_48_organisations_and_one_duplicate() -> None:
    page = read_page_file(POLAND, SCHEME)
    assert (page.layout, page.rows_read, len(page.rows)) == ("country", 49, 48)
    assert page.duplicates == (Duplicate(50, 49, "Wschodni Klaster ICT ICT 2019/01/17"),)
    assert (page.doubtful, page.unread, page.passed_over, page.notes) == ((), (), (), ())


def test_the_polish_page_gives_all_its_portfolios_as_they_stand() -> None:
    page = read_page_file(POLAND, SCHEME)
    counted = {row.portfolio: 0 for row in page.rows}
    for row in page.rows:
        counted[row.portfolio] += 1
    assert counted == {
        "food": 2, "biotechnology": 3, "production-engineering": 5, "aviation-space": 2,
        "energy-environment": 7, "creative": 6, "construction": 5, "ict": 8, "sports-leisure-tourism": 1,
        "transport-mobility": 2, "health": 4, "materials-chemistry": 2, "micro-nano-optics": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "portfolio", "valid_until"),
    [
        ("Aviation Valley", "aviation-space", date(2013, 2, 23)),
        ("Wschodni Klaster ICT", "ict", date(2019, 1, 17)),
        ("Construction Cluster Innowator", "construction", date(2018, 6, 23)),
        ("Innovative Cluster Health and Tourism", "sports-leisure-tourism", date(2014, 9, 18)),
        ("BM³ Mazovian Cluster of Materials Technology and Engineering", "construction", date(2016, 12, 8)),
        ("Interizon - Pomerania ICT Cluster", "ict", date(2017, 6, 10)),
        ('"North-South" Logistic & Transportation Cluster', "transport-mobility", date(2017, 6, 12)),
        ("West Pomerania chemical cluster “Green Chemisty”", "materials-chemistry", date(2013, 2, 17)),
        ("Gdansk Cluster of Civil Engineering (Gdanski Klaster Budowlany)", "construction", date(2014, 5, 8)),
        ("OPTOKLASTER - Mazovian Photonic Technology Cluster", "micro-nano-optics", date(2013, 2, 15)),
    ],
)
def test_a_portfolios_words_in_the_name_do_not_mislead(name: str, portfolio: str, valid_until: date) -> None:
    found = [row for row in read_page_file(POLAND, SCHEME).rows if row.name == name]
    assert [(row.portfolio, row.valid_until, row.country) for row in found] == [(portfolio, valid_until, "")]


@pytest.mark.parametrize("portfolio", SCHEME.portfolios.values(), ids=lambda portfolio: portfolio.id)
@pytest.mark.parametrize("name", ["ICT", "Construction and Food industry", "andea", "A.C., S. e. V."])
def test_every_portfolio_is_found_next_to_the_day(portfolio: Portfolio, name: str) -> None:
    row = only(country_page(f"{name} {portfolio.name} 2015/02/11"))
    assert (row.name, row.portfolio) == (name, portfolio.id)


def test_prose_before_the_table_is_passed_over_and_kept() -> None:
    page = country_page(
        "Good Cluster ICT 2015/02/11", before="You are here: Home\n\norBronze_Labelganisations"
    )
    assert page.passed_over == (Line(1, "You are here: Home"), Line(3, "orBronze_Labelganisations"))
    assert page.rows == (
        PastLabel(line=5, name="Good Cluster", portfolio="ict", valid_until=date(2015, 2, 11)),
    )


def test_an_industry_page_gives_the_country_in_the_row_and_the_portfolio_in_its_heading() -> None:
    row = only(industry_page("ACS - Automotive Cluster of Slovenia Slovenia 2015/03/01"))
    assert row == PastLabel(
        line=6,
        name="ACS - Automotive Cluster of Slovenia",
        portfolio="transport-mobility",
        valid_until=date(2015, 3, 1),
        country="SI",
    )


@pytest.mark.parametrize(
    ("body", "name", "country"),
    [
        ("Automotive Cluster -West Slovakia Slovakia", "Automotive Cluster -West Slovakia", "SK"),
        ("Automotive Cluster of Queretaro, A.C. Mexico", "Automotive Cluster of Queretaro, A.C.", "MX"),
        ("AutoCluster.NRW Germany", "AutoCluster.NRW", "DE"),
        ("Some Cluster Former Yugoslav Republic of Macedonia", "Some Cluster", "MK"),
        ("Some Cluster United Kingdom", "Some Cluster", "GB"),
        ("Ireland North Cluster Northern Ireland", "Ireland North Cluster", "GB"),
    ],
)
def test_the_longest_name_of_a_country_is_taken(body: str, name: str, country: str) -> None:
    row = only(industry_page(f"{body} 2014/12/06"))
    assert (row.name, row.country) == (name, country)


def test_an_industry_page_without_a_known_portfolio_is_doubtful_in_every_row() -> None:
    page = industry_page("AutoCluster.NRW Germany 2014/12/06", portfolio="Basketry")
    assert reasons(page) == ["the page's heading names no portfolio of the scheme"]


def test_a_heading_is_found_whatever_its_spaces_and_case() -> None:
    page = industry_page(
        "Blue Cluster Denmark 2014/12/06", portfolio=" maritime  technologies, Water resources"
    )
    assert only(page).portfolio == "maritime-water"


def test_every_country_code_has_two_capital_letters() -> None:
    assert [code for code in COUNTRY_CODES.values() if not re.fullmatch("[A-Z]{2}", code)] == []


@pytest.mark.parametrize(
    ("line", "name", "rest"),
    [
        (
            "Arctic Cluster Production and engineering 2017/10/29 Aviation and space 2018/02/03",
            "Arctic Cluster",
            "Aviation and space 2018/02/03",
        ),
        (
            "bioPmed cluster Health and medical science 2019/01/10 Food industry 2017/02/04",
            "bioPmed cluster",
            "Food industry 2017/02/04",
        ),
    ],
)
def test_a_second_label_on_a_line_is_reported_and_not_attached(line: str, name: str, rest: str) -> None:
    page = country_page(line)
    assert [row.name for row in page.rows] == [name]
    assert [(kept.line, kept.text) for kept in page.doubtful] == [(3, rest)]
    assert page.doubtful[0].reason.startswith("a second label on one line")
    assert page.rows_read == 1


def test_what_stands_after_the_day_is_kept() -> None:
    page = country_page("Good Cluster ICT 2015/02/11 see note")
    assert [row.name for row in page.rows] == ["Good Cluster"]
    assert page.unread == (KeptLine(3, "see note", "stands after the day of the row"),)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Odd Cluster Basketry 2015/02/11", "no portfolio of the scheme stands before the day"),
        ("Lower case cluster ict 2015/02/11", "no portfolio of the scheme stands before the day"),
        ("SomethingICT 2015/02/11", "no portfolio of the scheme stands before the day"),
        ("ICT 2015/02/11", "there is no name"),
        ("*** ICT 2015/02/11", "there is no name"),
        ("2015/02/11", "there is no name; no portfolio of the scheme stands before the day"),
        ("No Such Day ICT 2015/02/31", "2015/02/31 is no day of the calendar"),
        ("No Such Month ICT 2015/13/01", "2015/13/01 is no day of the calendar"),
        ("Year Nought ICT 0000/01/01", "0000/01/01 is no day of the calendar"),
        ("Too Early ICT 2009/01/01", "2009/01/01 lies before the first label, 2010-11-01"),
        (
            "Still Too Early ICT 2012/10/01",
            "by its end the label would have begun on 2010-10-01, when none can have been given",
        ),
        (
            "Far Away ICT 9999/12/31",
            "by its end the label would have begun on 9997-12-01, when none can have been given",
        ),
        ("Association of Friends of ICT 2015/02/11", "the name breaks off"),
        ("Kluster ICT, ICT 2015/02/11", "the name breaks off"),
        ("Obr\ufffdbki Cluster ICT 2015/02/11", "a character of the name is damaged"),
        ("Two\x01Bytes ICT 2015/02/11", "a character of the name is damaged"),
        ("Other Day ICT 2015-02-11", "its day is not written as YYYY/MM/DD"),
        ("Other Day ICT 11.02.2015", "its day is not written as YYYY/MM/DD"),
        ("Short Day ICT 2015/2/11", "its day is not written as YYYY/MM/DD"),
        ("Bare Day ICT 20150211", "its day is not written as YYYY/MM/DD"),
        ("Long Day ICT 2015/02/111", "its day is not written as YYYY/MM/DD"),
    ],
)
def test_a_doubtful_row_is_kept_with_its_reason(line: str, reason: str) -> None:
    page = country_page(line)
    assert reasons(page) == [reason]
    assert [(kept.line, kept.text) for kept in page.doubtful] == [(3, line)]


def test_a_doubtful_line_with_two_labels_is_kept_whole() -> None:
    line = "Odd Cluster Basketry 2015/02/11 ICT 2016/02/11"
    assert country_page(line).doubtful == (
        KeptLine(3, line, "no portfolio of the scheme stands before the day"),
    )


def test_an_unknown_country_is_doubtful() -> None:
    assert reasons(industry_page("Some Cluster Ruritania 2014/12/06")) == [
        "no country that we know stands before the day"
    ]


def test_a_country_that_may_belong_to_the_name_is_doubtful() -> None:
    assert reasons(industry_page("ACS - Automotive Cluster of Slovenia 2015/03/01")) == [
        "the name breaks off"
    ]


def test_a_line_without_a_day_is_unread() -> None:
    page = country_page("Just words", COUNTRY_HEADER)
    assert page.unread == (
        KeptLine(3, "Just words", "there is no day in it"),
        KeptLine(4, COUNTRY_HEADER, "a header within the table"),
    )


def test_a_row_in_another_spelling_is_neither_entered_twice_nor_dropped() -> None:
    page = country_page("Klaster Obróbki ICT 2015/02/11", "Klaster - Obrobki ICT 2015/02/11")
    assert [row.name for row in page.rows] == ["Klaster Obróbki"]
    assert page.doubtful == (
        KeptLine(
            4, "Klaster - Obrobki ICT 2015/02/11", "says what line 3 says, and spells the name in another way"
        ),
    )


def test_rows_that_differ_in_the_day_or_the_portfolio_are_no_duplicates() -> None:
    page = country_page("One ICT 2015/02/11", "One ICT 2017/02/11", "One Construction 2015/02/11")
    assert (len(page.rows), page.duplicates) == (3, ())


def test_each_repetition_is_a_duplicate_of_the_first() -> None:
    page = country_page(*["One ICT 2015/02/11"] * 3)
    assert [(d.line, d.same_as) for d in page.duplicates] == [(4, 3), (5, 3)]


def test_double_spaces_tabs_and_odd_line_ends_do_not_matter() -> None:
    text = f"\ufeff{COUNTRY_HEADER.replace(' ', chr(9))}\r\n  Good\u00a0Cluster \t ICT   2015/02/11 \r\r\n"
    assert only(read_page(text, SCHEME)).name == "Good Cluster"


def test_a_label_that_would_begin_after_today_is_doubtful() -> None:
    text = f"{COUNTRY_HEADER}\nGood Cluster ICT 2018/02/11"
    assert len(read_page(text, SCHEME, today=date(2016, 2, 11)).rows) == 1
    assert len(read_page(text, SCHEME, today=date(2016, 2, 10)).doubtful) == 1


def test_a_rule_set_that_gives_no_label_begins_no_register() -> None:
    rule_sets = {
        "2007": small_rules(id="2007", in_force_from=date(2007, 1, 1), levels=()),
        "2020": small_rules(id="2020", in_force_from=date(2020, 1, 1)),
    }
    page = read_page(f"{COUNTRY_HEADER}\nOld Cluster ICT 2012/01/01", small_scheme(rule_sets=rule_sets))
    assert reasons(page) == ["2012/01/01 lies before the first label, 2020-01-01"]


@pytest.mark.parametrize("text", ["", "Country Overview\nBack to Homepage", "Name Comparative portfolio"])
def test_a_text_without_a_table_is_refused(text: str) -> None:
    with pytest.raises(Unusable, match=r"page\.txt: no table of the old register"):
        read_page(text, SCHEME, file="page.txt")


def test_a_page_without_rows_is_an_empty_page() -> None:
    page = country_page()
    assert (page.rows_read, page.rows, page.doubtful, page.unread) == (0, (), (), ())


def test_the_account_of_a_page_is_that_of_the_contract() -> None:
    page = country_page("One ICT 2015/02/11", "One ICT 2015/02/11", "ICT 2015/02/11", "words")
    assert page.as_document() == {
        "rows_read": 4,
        "accepted": 1,
        "duplicates": [{"line": 4, "same_as": 3, "text": "One ICT 2015/02/11"}],
        "doubtful": [{"line": 5, "text": "ICT 2015/02/11", "reason": "there is no name"}],
        "unread": [{"line": 6, "text": "words", "reason": "there is no day in it"}],
    }


def test_a_file_in_windows_1250_is_read_and_says_so(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(f"{COUNTRY_HEADER}\nKlaster Obróbki Śląsk ICT 2015/02/11\n".encode("windows-1250"))
    page = read_page_file(file, SCHEME)
    assert ([row.name for row in page.rows], len(page.notes)) == (["Klaster Obróbki Śląsk"], 1)


def test_a_file_that_is_no_page_is_refused_by_name(tmp_path: Path) -> None:
    large, binary, missing = (tmp_path / name for name in ("large.txt", "binary.txt", "missing.txt"))
    large.write_bytes(b"x" * (LARGEST_PAGE + 1))
    binary.write_bytes(bytes(range(256)) * 4)
    for file in (large, binary, missing):
        with pytest.raises(Unusable) as refused:
            read_page_file(file, SCHEME)
        assert refused.value.file == str(file)


PARTS = st.sampled_from(
    [
        "ICT", "Construction", "Sports, Leisure and Tourism", "Klaster", "of", "Slovenia", "2015/02/11",
        "2019/01/17", "2015/02/31", "2015-02-11", "  ", "\t", COUNTRY_HEADER, "***", "\ufffd",
    ]
) | st.text(max_size=5)  # fmt: skip
LINES = st.lists(PARTS, max_size=6).map(" ".join)


def account(page: Page) -> dict[int, list[str]]:
    """Line number → the texts that were made of it, in the order of the line."""
    texts = {
        row.line: [f"{row.name}|{row.portfolio}|{row.country}|{row.valid_until:%Y/%m/%d}"]
        for row in page.rows
    }
    texts |= {duplicate.line: [duplicate.text] for duplicate in page.duplicates}
    for kept in (*page.doubtful, *page.unread):
        texts.setdefault(kept.line, []).append(kept.text)
    return texts


@given(st.lists(LINES, max_size=8), st.sampled_from([COUNTRY_HEADER, INDUSTRY_HEADER]))
def test_every_line_is_in_one_place_and_no_text_is_lost(lines: list[str], header: str) -> None:
    text = "\n".join((f"{HEADING}ICT", header, *lines))
    page = read_page(text, SCHEME)
    split = [" ".join(line.split()) for line in re.split(r"\r\n|\r|\n", text)]
    rows = {number: line for number, line in enumerate(split, start=1) if number > 2 and line}
    said = account(page)
    assert (sorted(said), page.rows_read) == (sorted(rows), len(rows))
    names = {portfolio.id: portfolio.name for portfolio in SCHEME.portfolios.values()}
    accepted = {row.line: row for row in page.rows}
    for number, line in rows.items():
        pieces = list(said[number])
        if number in accepted:
            row = accepted[number]
            assert line.startswith(row.name)
            if not row.country:
                pieces[0] = f"{row.name} {names[row.portfolio]} {row.valid_until:%Y/%m/%d}"
            else:
                pieces[0] = line[: line.index(f"{row.valid_until:%Y/%m/%d}") + 10]
        assert "".join(pieces).replace(" ", "") == line.replace(" ", "")


@given(st.text(max_size=200) | st.lists(LINES, max_size=6).map("\n".join))
def test_no_text_raises_anything_but_a_refusal(text: str) -> None:
    try:
        page = read_page(text, SCHEME)
    except Unusable:
        return
    entries = len(page.rows) + len(page.duplicates) + len(page.doubtful) + len(page.unread)
    assert entries >= page.rows_read


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("Odd Basketry 2015/02/11", ("Odd Basketry", "", "", date(2015, 2, 11))),
        ("Food industry 2014/02/04", ("", "food", "", date(2014, 2, 4))),
        ("Just ICT words", ("Just ICT words", "", "", None)),
        ("Weavers ICT", ("Weavers", "ict", "", None)),
        ("Weavers Norway 2015/02/30", ("Weavers", "", "NO", None)),
    ],
)
def test_what_a_doubtful_row_may_say_is_guessed_for_a_person(
    text: str, guess: tuple[str, str, str, date | None]
) -> None:
    name, portfolio, country, valid_until = guess
    assert guessed(text, SCHEME) == Guess(
        name=name, portfolio=portfolio, country=country, valid_until=valid_until
    )


BREADCRUMB = "You are here: Start » Labels » Bronze » Holders"
PROSE = "Cluster organisations that were benchmarked hold the label for two years."
SPLICED = "Organisations that hold the label of the orBronze_Label_2014ganisations are listed below."


@pytest.mark.parametrize(
    "before",
    [
        [BREADCRUMB, "Poland", PROSE, PROSE, PROSE, PROSE, "", "", "« Back to overview", ""],
        ["France", PROSE, PROSE, "", ""],
        ["Back to Homepage", "Country Overview", SPLICED, PROSE, ""],
    ],
    ids=["country page of 2017", "earlier country page", "newer landing page"],
)
def test_the_layouts_of_country_pages_give_the_same_rows(before: list[str]) -> None:
    lines = [*before, COUNTRY_HEADER, "Reed & Willow Guild e. V. Creative industries 2014/05/06"]
    page = read_page("\n".join(lines), SCHEME)
    row = only(page)
    assert (page.layout, row.name, row.portfolio, row.valid_until) == (
        "country", "Reed & Willow Guild e. V.", "creative", date(2014, 5, 6),
    )  # fmt: skip
    assert (row.line, [line.text for line in page.passed_over]) == (
        len(lines),
        [one for one in before if one],
    )


def test_a_page_ends_with_or_without_a_last_line_end() -> None:
    text = f"{COUNTRY_HEADER}\nReed Guild ICT 2014/05/06"
    assert read_page(text, SCHEME).rows == read_page(f"{text}\n", SCHEME).rows

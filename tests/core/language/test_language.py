"""Numbers, days, lists and plural forms against the Common Locale Data Repository, as Babel has it."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from touchstone.core.faults import Unusable
from touchstone.core.language.language import NOUN_FORMS, PLURALS, language, languages

# English as it is written in Europe.
LOCALES = {"en": "en_GB", "lt": "lt", "pl": "pl", "de": "de"}
ALL = pytest.mark.parametrize("code", LOCALES)
# Our names for forms where we need fewer of them than the repository has.
RENAMED = {"lt": {"many": "part"}, "pl": {"many": "other", "other": "part"}}
FLOATS = st.floats(-1e9, 1e9, allow_nan=False)


def typographic(text: str) -> str:
    """Ours on purpose: a minus is U+2212 in every language, where some of the repository's have a hyphen."""
    return text.replace("-", "−")


def babel_number(value: Decimal, code: str, pattern: str) -> str:
    text = typographic(format_decimal(value, pattern, locale=LOCALES[code]))
    return "0" if text == "−0" else text


def test_the_languages_are_these_four_english_first() -> None:
    assert languages() == ("en", "de", "lt", "pl")


def test_a_language_that_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(Unusable) as caught:
        language("fr")
    assert str(caught.value) == 'language: there is none called "fr". There is: en, de, lt, pl.'


@ALL
@given(FLOATS, st.integers(0, 3))
def test_a_number_is_written_as_in_the_repository(code: str, value: float, decimals: int) -> None:
    pattern = "#,##0" + ("." + decimals * "#" if decimals else "")
    expected = babel_number(Decimal(value), code, pattern)  # of the exact value, which both round to even
    assert language(code).number(value, decimals) == expected


@ALL
@given(FLOATS, st.integers(0, 3))
def test_an_ungrouped_number_has_no_marks_between_thousands(code: str, value: float, decimals: int) -> None:
    pattern = "0" + ("." + decimals * "#" if decimals else "")
    assert language(code).ungrouped(value, decimals) == babel_number(Decimal(value), code, pattern)


@ALL
@given(st.integers(-(10**10), 10**10), st.integers(0, 3))
def test_a_fixed_number_is_rounded_half_up_as_on_paper(code: str, thousandths: int, decimals: int) -> None:
    on_paper = (Decimal(thousandths) / 1000).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    pattern = "#,##0" + ("." + decimals * "0" if decimals else "")
    told = language(code).fixed(thousandths / 1000, decimals)
    assert told.removeprefix("−") == babel_number(abs(on_paper), code, pattern)
    assert told.startswith("−") == (thousandths < 0 and on_paper != 0)


@ALL
@given(st.integers(0, 100))
def test_a_share_is_written_as_in_the_repository(code: str, share: int) -> None:
    words, locale = language(code), LOCALES[code]
    expected = format_percent(Decimal(share) / 100, locale=locale)
    # Ours on purpose: English sets the sign off as the metric system does.
    assert words.share(words.number(share)) == (
        expected.replace("%", "\u00a0%") if code == "en" else expected
    )


@pytest.mark.parametrize(
    ("code", "told"),
    [("en", "EUR 5"), ("lt", "5\u00a0EUR"), ("pl", "5\u00a0EUR"), ("de", "5\u00a0EUR")],
)
def test_an_amount_has_the_code_of_the_euro(code: str, told: str) -> None:
    assert language(code).money("5") == told


@pytest.mark.parametrize(
    ("code", "told"), [("en", "Optics"), ("lt", "„Optics“"), ("pl", "„Optics”"), ("de", "„Optics“")]
)
def test_a_name_that_no_sentence_can_bend_is_set_apart(code: str, told: str) -> None:
    assert language(code).named("Optics") == told


@ALL
@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_day_is_written_as_in_the_repository(code: str, on: date) -> None:
    # Where the repository breaks no line, in Lithuanian, neither do we.
    expected = format_date(on, "long", locale=LOCALES[code])
    assert language(code).day(on).replace("\u00a0", " ") == expected.replace("\u00a0", " ")


@ALL
@given(st.lists(st.sampled_from(["alpha", "beta", "gamma"]), min_size=1, max_size=5))
def test_words_are_listed_as_in_the_repository(code: str, words: list[str]) -> None:
    assert language(code).listed(words) == format_list(words, locale=LOCALES[code])


@pytest.mark.parametrize(("code", "last"), [("en", "or"), ("lt", "arba"), ("pl", "lub"), ("de", "oder")])
def test_a_choice_is_listed_with_the_language_s_or(code: str, last: str) -> None:
    assert language(code).listed(iter(["a", "b", "c"]), last="or") == f"a, b {last} c"


@ALL
@given(st.integers(0, 10**6))
def test_whole_numbers_have_the_plural_forms_of_the_repository(code: str, n: int) -> None:
    form = Locale.parse(LOCALES[code]).plural_form(n)
    assert PLURALS[code](n) == RENAMED.get(code, {}).get(form, form)


@ALL
@given(st.integers(-(10**6), 10**6), st.integers(0, 99))
def test_a_noun_has_the_form_that_goes_with_its_number(code: str, whole: int, hundredths: int) -> None:
    value = whole + hundredths / 100
    form = Locale.parse(LOCALES[code]).plural_form(Decimal(str(abs(value))).normalize())
    expected = RENAMED.get(code, {}).get(form, form)
    assert language(code).noun(NOUN_FORMS[code], value) == expected


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("en", "0 points more; 1 point more; 2 points more; 5 points more; 21 points more"),
        ("lt", "0 taškų daugiau; 1 tašku daugiau; 2 taškais daugiau; 5 taškais daugiau; 21 tašku daugiau"),
        ("pl", "0 punktów więcej; 1 punkt więcej; 2 punkty więcej; 5 punktów więcej; 21 punktów więcej"),
        ("de", "0 Punkte mehr; 1 Punkt mehr; 2 Punkte mehr; 5 Punkte mehr; 21 Punkte mehr"),
    ],
)
def test_a_counted_sentence_has_the_form_that_goes_with_its_count(code: str, told: str) -> None:
    assert "; ".join(language(code).counted("plan.gain", n) for n in (0, 1, 2, 5, 21)) == told


def test_a_sentence_without_names_keeps_its_braces() -> None:
    words = language("en").saying({"page": {"braces": "a {b} c"}})
    assert words.say("page.braces") == "a {b} c"
    assert words.say("page.braces", b=1) == "a 1 c"
    assert (words.code, words.say("answer.yes")) == ("en", "yes")

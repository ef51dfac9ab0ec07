"""A language of the program: its sentences, and how it writes numbers, days, lists and counts.

Each language is one TOML file beside this one. `[format]` says how numbers, days and lists are written (after
the Common Locale Data Repository); the other tables hold sentences, found by a path such as
"quality.no_answer", with {names} to be filled in. A text that depends on a count is a table of its plural
forms. All languages have the same paths and the same names in braces; a test holds them to that.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from touchstone.core.faults import Fault, Unusable

# A tree of texts as TOML gives it.
Texts = Mapping[str, Any]

ENGLISH: Final = "en"
FOLDER: Final = Path(__file__).parent
DASH: Final = "–"


def _germanic(n: int) -> str:
    return "one" if n == 1 else "other"


def _lithuanian(n: int) -> str:
    if n % 10 == 1 and n % 100 != 11:
        return "one"
    return "few" if 2 <= n % 10 <= 9 and not 11 <= n % 100 <= 19 else "other"


def _polish(n: int) -> str:
    if n == 1:
        return "one"
    return "few" if 2 <= n % 10 <= 4 and not 12 <= n % 100 <= 14 else "other"


# The plural rules of whole numbers, as CLDR names the forms; Polish "many" is "other" here.
PLURALS: Final[Mapping[str, Callable[[int], str]]] = {
    "en": _germanic,
    "de": _germanic,
    "lt": _lithuanian,
    "pl": _polish,
}

# The forms of a noun beside a number, in the order in which a text gives them with a bar between, such as
# "member|members". What goes with a number that is not whole is `PART` where the language has a form for it.
BAR: Final = "|"
PART: Final = "part"
NOUN_FORMS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("one", "other"),
    "de": ("one", "other"),
    "lt": ("one", "few", "other", PART),
    "pl": ("one", "few", "other", PART),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language. `code` is ISO 639-1."""

    code: str
    texts: Texts

    @property
    def own_name(self) -> str:
        """What the language calls itself."""
        return str(self.texts["format"]["own_name"])

    def say(self, path: str, **fill: object) -> str:
        """The sentence at a path, with its {names} filled in. Raises KeyError where there is none."""
        found = self.at(path)
        return found.format(**fill) if fill else str(found)

    def at(self, path: str) -> Any:
        # Any: a text, a table of plural forms, or a list of paragraphs.
        """What stands at a path, as it is."""
        found: Any = self.texts
        for part in path.split("."):
            found = found[part]
        return found

    def counted(self, path: str, n: int, **fill: object) -> str:
        """The sentence at a path in the plural form that goes with `n`; {n} is filled with the number."""
        forms = self.at(path)
        return str(forms[PLURALS[self.code](n)]).format(n=self.number(n), **fill)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with its thousands set off and at most so many decimals, without idle noughts."""
        form = self.texts["format"]
        return _number(value, decimals, form["thousands"], form["decimal"])

    def ungrouped(self, value: float, decimals: int = 0) -> str:
        """A number without marks between thousands, as years are written."""
        return _marked(_trimmed(f"{value:.{decimals}f}"), self.texts["format"])

    def fixed(self, value: float, decimals: int) -> str:
        """A number with exactly so many decimals, rounded half up."""
        scale = 10**decimals
        rounded = int(abs(value) * scale + 0.5 + 1e-9) / scale
        below = "-" if rounded and value < 0 else ""
        return _marked(f"{below}{rounded:,.{decimals}f}", self.texts["format"])

    def noun(self, forms: Sequence[str], value: float) -> str:
        """The form of a noun that goes with a number as it is written; `forms` are those of `NOUN_FORMS`."""
        names = NOUN_FORMS[self.code]
        if value != int(value):
            return forms[names.index(PART if PART in names else "other")]
        return forms[names.index(PLURALS[self.code](abs(int(value))))]

    def share(self, figure: str) -> str:
        """A written number as a share in per cent."""
        return str(self.texts["format"]["share"]).format(figure)

    def money(self, figure: str) -> str:
        """A written number as an amount in euro."""
        return str(self.texts["format"]["money"]).format(figure)

    def named(self, name: str) -> str:
        """A name as a sentence has it that cannot bend it: between quotation marks, but for English."""
        return str(self.texts["format"]["quoted"]).format(name)

    def day(self, on: date) -> str:
        """A day as text has it: "21 November 2026"."""
        form = self.texts["format"]
        return str(form["day"]).format(day=on.day, month=form["months"][on.month - 1], year=on.year)

    def listed(self, words: Iterable[str], last: str = "and") -> str:
        """Words as a sentence lists them: "a, b and c"; `last` is "and" or "or"."""
        *first, end = words
        return f"{', '.join(first)} {self.texts['format'][last]} {end}" if first else end

    def saying(self, texts: Texts) -> "Language":
        """The same language with more sentences."""
        return replace(self, texts={**self.texts, **texts})


def languages() -> tuple[str, ...]:
    """The codes of all languages, English first."""
    others = sorted(path.stem for path in FOLDER.glob("*.toml") if path.stem != ENGLISH)
    return (ENGLISH, *others)


@cache
def language(code: str) -> Language:
    """A language by its code. Raises Unusable, naming those there are, where it is none of them."""
    known = languages()
    if code not in known:
        raise Unusable(
            "", Fault("language", f'there is none called "{code}".', f"There is: {', '.join(known)}.")
        )
    return Language(code=code, texts=read(FOLDER / f"{code}.toml"))


@cache
def read(path: Path) -> Texts:
    """The tree of a file of sentences."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


# A report writes the same numbers over and over: in a row, a picture, its words and its table.
@lru_cache(maxsize=1 << 15)
def _number(value: float, decimals: int, thousands: str, decimal: str) -> str:
    form = {"thousands": thousands, "decimal": decimal}
    return _marked(_trimmed(f"{value:,.{decimals}f}"), form)


def _trimmed(text: str) -> str:
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _marked(text: str, form: Mapping[str, str]) -> str:
    """The language's own marks in place of those of Python; the minus is U+2212."""
    whole, point, rest = text.partition(".")
    whole = whole.replace("-", "−").replace(",", form["thousands"])
    return f"{whole}{form['decimal'] if point else ''}{rest}"

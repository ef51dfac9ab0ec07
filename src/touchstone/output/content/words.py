"""The sentences of the report in a language, and the small words that all its parts share."""

from functools import cache

from touchstone.core.benchmark.model import Group
from touchstone.core.language.language import Language, Texts, language, read
from touchstone.core.scheme.model import Scheme
from touchstone.output.printable import plain
from touchstone.output.tokens import TEMPLATES

WORDS = TEMPLATES / "words"


@cache
def words(code: str) -> Language:
    """A language with the sentences of all forms of the report. Raises Unusable where there is none."""
    spoken = language(code)
    for path in sorted((WORDS / code).glob("*.toml")):
        spoken = spoken.saying(_beside(spoken.texts, read(path)))
    return spoken


def _beside(known: Texts, more: Texts) -> Texts:
    """Tables of sentences, each with what is known of a table of the same name."""
    return {name: {**known[name], **table} if name in known else table for name, table in more.items()}


@cache
def country_name(code: str, language: str) -> str:
    """The name of an ISO 3166-1 alpha-2 code in a language (ISO 639-1); the code where there is none."""
    from babel import Locale  # 50 ms, and only names of countries need it

    return plain(str(Locale(language).territories.get(code, code)))


def group_name(group: Group, scheme: Scheme, words: Language) -> str:
    """The name of a reference group, as printed."""
    kind, _, id = group.id.partition(":")
    if kind == "country":
        return country_name(id, words.code)
    if kind not in {"portfolio", "related"}:
        return words.say(f"group.{kind}")
    name = portfolio_name(id, scheme)
    return words.say("group.related_name", name=name) if kind == "related" else name


def portfolio_name(id: str, scheme: Scheme) -> str:
    """The name of a comparative portfolio; its id where the scheme does not know it."""
    portfolio = scheme.portfolios.get(id)
    return plain(portfolio.name if portfolio else id)


def first_sentence(text: str) -> str:
    """What stands before the first full stop that a space follows, with the stop."""
    head, stop, _ = text.partition(". ")
    return f"{head}." if stop else text


def begun(text: str) -> str:
    """The same text with a capital at its beginning."""
    return text[:1].upper() + text[1:]

"""The style sheets of an SVG, as far as drawing programs write them: simple selectors and declarations."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from touchstone.core.faults import Fault, Unusable

MOST_RULES: Final = 1_000
ANY: Final = "*"

_NAME = r"[A-Za-z_][\w-]*"
_SELECTOR = re.compile(rf"(?P<tag>\*|{_NAME})?(?P<rest>(?:[.#]{_NAME})*)")
_PART = re.compile(rf"[.#]{_NAME}")
_PLAIN = "Save it with its look as attributes (“presentation attributes”)."


@dataclass(frozen=True, slots=True)
class Rule:
    """What a selector asks for, and the looks that it gives. `order` is its place in the sheet."""

    tag: str  # empty for any
    ids: frozenset[str]
    classes: frozenset[str]
    looks: Mapping[str, str]
    order: int

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """The later and the more particular rule wins (CSS 2.1, 6.4.3)."""
        return len(self.ids), len(self.classes), bool(self.tag), self.order


def rules_of(sheet: str) -> dict[str, list[Rule]]:
    """The rules of a style sheet, each under one part of its selector, for those who have that part.

    Raises Unusable for anything but plain rules with simple selectors.
    """
    text = _uncommented(sheet)
    if "@" in text or "\\" in text:
        raise _unfit("Its style sheet does more than to give looks.")
    found: dict[str, list[Rule]] = {}
    for order, (selectors, body) in enumerate(_blocks(text)):
        if order >= MOST_RULES:
            raise _unfit(f"Its style sheet has more than {MOST_RULES:,} rules.")
        looks = declarations(body)
        for selector in selectors.split(","):
            key, rule = _rule(selector.strip(), looks, order)
            found.setdefault(key, []).append(rule)
    return found


def styled(tag: str, id: str, classes: Iterable[str], rules: Mapping[str, list[Rule]]) -> dict[str, str]:
    """The looks that a style sheet gives an element."""
    own = frozenset(classes)
    keys = (ANY, tag, f"#{id}", *(f".{name}" for name in sorted(own)))
    fitting = [rule for key in keys for rule in rules.get(key, ()) if _fits(rule, tag, id, own)]
    looks: dict[str, str] = {}
    for rule in sorted(fitting, key=lambda rule: rule.rank):
        looks |= rule.looks
    return looks


def declarations(text: str) -> dict[str, str]:
    """The looks of a style attribute or of a rule: name → value."""
    return dict(_declarations(_uncommented(text)))


def _declarations(text: str) -> Iterator[tuple[str, str]]:
    for declaration in text.split(";"):
        name, _, value = declaration.partition(":")
        wanted, mark, word = value.rpartition("!")
        important = mark and word.strip().lower() == "important"
        yield name.strip().lower(), (wanted if important else value).strip()


def _uncommented(text: str) -> str:
    first, *others = text.replace("<!--", " ").replace("-->", " ").split("/*")
    return " ".join([first, *(other.partition("*/")[2] for other in others)])


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """What stands before and in each pair of braces."""
    for block in text.split("}")[:-1]:
        selectors, brace, body = block.partition("{")
        if not brace or "{" in body:
            raise _unfit("Its style sheet cannot be read.")
        yield selectors, body
    if text.rpartition("}")[2].strip():
        raise _unfit("Its style sheet cannot be read.")


def _rule(selector: str, looks: Mapping[str, str], order: int) -> tuple[str, Rule]:
    match = _SELECTOR.fullmatch(selector)
    if not selector or not match:
        raise _unfit(f"Its style sheet has a selector that is not taken (“{selector[:40]}”).")
    parts = _PART.findall(match["rest"])
    ids = frozenset(part[1:] for part in parts if part[0] == "#")
    classes = frozenset(part[1:] for part in parts if part[0] == ".")
    tag = "" if match["tag"] in {None, ANY} else match["tag"]
    key = parts[0] if parts else tag or ANY
    return key, Rule(tag, ids, classes, looks, order)


def _fits(rule: Rule, tag: str, id: str, classes: frozenset[str]) -> bool:
    return rule.tag in {"", tag} and rule.ids <= {id} and rule.classes <= classes


def _unfit(problem: str) -> Unusable:
    return Unusable("", Fault("", problem, _PLAIN))

"""The scheme pack that this installation runs, read once a process."""

from datetime import date
from functools import lru_cache

from touchstone.core.scheme.loading import load, shipped
from touchstone.core.scheme.model import RuleSet, Scheme
from touchstone.core.scheme.translation import ENGLISH

DEFAULT = "ecei"


def scheme(name: str = DEFAULT, *, language: str = ENGLISH) -> Scheme:
    """The pack of that id, in one of its languages; raises `Unusable` where it has a fault or no such one."""
    return _loaded(name, language)


@lru_cache(maxsize=16)
def _loaded(name: str, language: str) -> Scheme:
    return load(shipped(name), language)


def rule_set(name: str, id: str) -> RuleSet:
    """One rule set of a pack."""
    return scheme(name).rule_sets[id]


def rule_set_on(on: date, *, name: str = DEFAULT) -> RuleSet:
    """The rule set in force on a day."""
    return scheme(name).rule_set_on(on)

"""The one place that speaks to the permissions package, which has no types."""

from collections.abc import Callable

import rules


def permit(permission: str, rule: Callable[..., bool]) -> None:
    """Let `rule` decide on a permission: it takes the person and, where there is one, the thing."""
    rules.add_perm(permission, rules.predicate(rule))  # type: ignore[attr-defined,no-untyped-call]  # see above


def is_permitted(permission: str, person: object, thing: object) -> bool:
    """What the rule of a permission says; no where there is none."""
    return bool(rules.has_perm(permission, person, thing))  # type: ignore[attr-defined,no-untyped-call]  # see above

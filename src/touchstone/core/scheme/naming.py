"""Did you mean …? The nearest known name to a mistyped one."""

from collections.abc import Iterable
from difflib import get_close_matches

MOST_LISTED = 30


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name most like `word`, upper and lower case alike; None where nothing comes near."""
    by_folded = {name.casefold(): name for name in known}
    close = get_close_matches(word.casefold(), by_folded, n=1)
    return by_folded[close[0]] if close else None


def suggestion(word: str, known: Iterable[str]) -> str:
    """A remedy that names the nearest known name, or where nothing comes near all, if they are few."""
    names = tuple(known)
    close = nearest(word, names)
    if close is not None:
        return f'Did you mean "{close}"?'
    return f"Known are: {', '.join(names)}." if 0 < len(names) <= MOST_LISTED else ""

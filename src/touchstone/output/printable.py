"""Text from outside made fit for print: no character may break a line, a page or a file."""

import re
import unicodedata

STAND_IN = "\N{REPLACEMENT CHARACTER}"
BREAK = "\N{ZERO WIDTH SPACE}"
NO_BREAK = "\N{NO-BREAK SPACE}"
# A run of characters without a break that is longer than this would not fit a narrow column.
LONGEST_RUN = 24
# A word up to this long is hyphenated by the rules of its language, as German compounds are.
LONGEST_WORD = 36
AROUND = ".,;:!?()[]„“”‚‘’«»–"
STEP = 8
_LONG_RUN = re.compile(rf"[^ ]{{{LONGEST_RUN + 1},}}")


def plain(text: str) -> str:
    """One line of the same text, composed (NFC), without characters that steer instead of print.

    Breaks and tabs become spaces; formatting characters (direction marks, joiners, soft hyphens) go,
    because they act beyond the text that they came with; controls and what is no character become �.
    """
    # Nothing printable is among what has to go or to change, but for its composition.
    if text.replace(NO_BREAK, " ").isprintable() and unicodedata.is_normalized("NFC", text):
        return text
    return "".join(_printed(character) for character in unicodedata.normalize("NFC", text))


def shortened(text: str, longest: int) -> str:
    """A text of at most so many characters, the cut marked by an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def breakable(text: str) -> str:
    """A text whose long runs may be broken, at characters of no width."""
    return _LONG_RUN.sub(_broken, text) if len(text) > LONGEST_RUN else text


def _word(run: str) -> bool:
    """Whether a run is a word, with the marks around it."""
    letters = run.strip(AROUND)
    return letters.isalpha() and len(letters) <= LONGEST_WORD


def _printed(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Zl", "Zp"} or character in "\t\n\v\f\r\x85":
        return " "
    if category == "Cf":
        return ""
    return STAND_IN if category in {"Cc", "Cs", "Cn"} else character


def _broken(found: re.Match[str]) -> str:
    run = found[0]
    return run if _word(run) else BREAK.join(run[start : start + STEP] for start in range(0, len(run), STEP))

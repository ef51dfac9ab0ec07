"""Whether the picture of a badge shows the label that the credential inside is of: a picture can be painted.

Badges are drawn here, so what this one may look like is drawn again: the label in each state that it may have
had when the picture was saved, under each name and with each last day. Only a credential that is genuine says
what is to be drawn.
"""

from collections.abc import Iterator
from itertools import product
from typing import Final
from xml.parsers import expat

from touchstone.apps.verification.credentials import Credential
from touchstone.apps.verification.saying import label, numeral
from touchstone.core.labels.checks import Check, CheckName, Told
from touchstone.core.labels.model import Standing
from touchstone.output.badge import Badge, Size, badge_svg
from touchstone.output.badge_dots import dots, is_drawn, other_level
from touchstone.output.badge_lettering import printable
from touchstone.output.badge_shapes import shapes
from touchstone.output.baking import CREDENTIAL, PNG

OTHER: Final = (
    "The picture is not one that this register draws: it was resized, packed anew or painted over. The "
    "credential inside is genuine: look at what it says, and not at the picture."
)
_MOST: Final = 3  # names, and last days, with which a badge is drawn again
_LONGEST: Final = 2_000  # characters of a title or a description
_STANDINGS: Final = tuple(one for one in Standing if one is not Standing.NEVER)
_LOOKS: Final = tuple(product(Size, (False, True)))  # sizes, and whether for a dark ground


def picture_check(content: bytes, read: Credential) -> Check:
    """Whether the picture is one that was drawn of the credential's label."""
    if not content.startswith(PNG):
        wrong = _wrong_words(_words(content), read)
        if wrong:
            return wrong
    if not read.sound or read.told.level is None or read.told.valid_until is None:
        return _open("Not compared: only a genuine credential says what the picture should show.")
    return _png_check(content, read) if content.startswith(PNG) else _svg_check(content, read)


def _png_check(png: bytes, read: Credential) -> Check:
    shown = dots(png)
    if shown is None:
        return _open(OTHER)
    for badge in _drawn(read):
        if any(is_drawn(shown, badge, dark=dark) for dark in (False, True)):
            return _passed(badge, read)
    level = other_level(shown, next(_drawn(read)))
    if level is None:
        return _open(OTHER)
    of = f"{label(read.told.level)} of {read.told.organisation}"
    detail = f"The picture shows a {label(level)}, but the credential inside is genuine and of the {of}."
    return Check(CheckName.PICTURE, False, detail)


def _svg_check(svg: bytes, read: Credential) -> Check:
    shown = shapes(svg, without=CREDENTIAL)
    for badge in _drawn(read):
        if any(shapes(badge_svg(badge, size=size, dark=dark)) == shown for size, dark in _LOOKS):
            return _passed(badge, read)
    return _open(OTHER)


def _drawn(read: Credential) -> Iterator[Badge]:
    """What was drawn of a label, in whichever state it was: the present one first."""
    told, found = read.told, read.looked.registered
    names, ends = _names(read), [told.valid_until]
    if found:
        ends = [*reversed(found.ends), told.valid_until]
    now = found.standing if found and found.standing in _STANDINGS else Standing.VALID
    for standing, end, name in product(
        dict.fromkeys((now, *_STANDINGS)), list(dict.fromkeys(ends))[:_MOST], names[:_MOST]
    ):
        if told.level and end:
            yield Badge(
                organisation=name,
                level=told.level,
                scheme=read.scheme,
                standing=standing,
                valid_until=end,
                number=numeral(told.number or 0),
                synthetic=read.invented,
            )


def _names(read: Credential) -> list[str]:
    """How the organisation is and was called, as far as is known here."""
    found = read.looked.registered
    return list(dict.fromkeys((*(found.names if found else ()), read.told.organisation)))


def _passed(badge: Badge, read: Credential) -> Check:
    detail = (
        f"It is what this register draws of the {label(badge.level)} of {badge.organisation}: {badge.state}."
    )
    found = read.looked.registered
    if found and found.standing is not badge.standing:
        detail += " It was drawn on another day; how the label stands now is told below."
    return Check(CheckName.PICTURE, True, detail)


def _open(detail: str) -> Check:
    return Check(CheckName.PICTURE, None, detail)


def _wrong_words(words: str, read: Credential) -> Check | None:
    """What is said where the words of a picture are of another label; None where nothing is to be said."""
    told = read.told
    of = f"{label(told.level)} of {told.organisation}"
    if not words or _is_of(told, words, _names(read)):
        return None
    if read.looked.registered is None and _is_of(told, words, [""]):
        detail = f"Its words name another organisation; the credential inside is of the {of}."
        return _open(f"{detail} It may have been renamed.")
    detail = f"Its words name another label; the credential inside is of the {of}."
    return Check(CheckName.PICTURE, False, detail)


def _is_of(told: Told, words: str, names: list[str]) -> bool:
    named = any(printable(name) in words for name in names) and label(told.level) in words
    return named and (told.number is None or f"Number {numeral(told.number)}." in words)


def _words(svg: bytes) -> str:
    """Title and description of an SVG that `unbaked` has read: what it says to who cannot see it."""
    pieces: list[str] = []
    path: list[str] = []

    def start(name: str, _: object) -> None:
        path.append(name)

    def end(_: str) -> None:
        path.pop()

    def characters(text: str) -> None:
        if len(path) == 2 and path[1] in {"title", "desc"}:
            pieces.append(text)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = characters
    parser.Parse(svg, True)
    return " ".join("".join(pieces).split())[:_LONGEST]

"""The checks of a badge: the credential inside, and whether the picture shows the label that it is of."""

from typing import Final
from xml.parsers import expat

from touchstone.apps.verification.asking import Asked
from touchstone.apps.verification.credentials import Credential, read_credential, verification
from touchstone.apps.verification.saying import label, numeral
from touchstone.core.faults import Unusable
from touchstone.core.labels.checks import Check, CheckName, Kind, Told, Verification
from touchstone.output.badge_lettering import printable
from touchstone.output.baking import PNG, unbaked

STRIPPED: Final = (
    "A picture without a credential, so nothing in it can be checked. Badges are drawn with one inside; "
    "programs that make pictures smaller leave it out. Look the organisation up in the register by its name."
)
_SVG: Final = (b"<svg", b"<?xml", b"<!DOCTYPE svg", b"<!--")
_LONGEST: Final = 2_000  # characters of a title or a description
_NOT_MADE: Final = "Not checked: there is no credential in it."


def is_svg(content: bytes) -> bool:
    """Whether a content begins like an SVG."""
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:2_000]
    return start.startswith(_SVG) and b"<svg" in content


def badge(content: bytes, asked: Asked) -> Verification | None:
    """All checks of a badge; None where the picture carries no credential."""
    carried = unbaked(content)
    if carried is None:
        return None
    try:
        read = read_credential(carried, asked)
    except Unusable:
        what = Check(CheckName.WHAT, False, "A picture with something inside that is no credential.")
        return Verification(kind=Kind.BADGE, checks=(what,))
    what, *proof = read.checks
    own = Check(CheckName.WHAT, what.passed, f"A picture with a credential inside. {what.detail}")
    return verification(Kind.BADGE, read, (own, *proof, _picture_check(content, read)), asked)


def stripped() -> Verification:
    """What is said of a picture in which nothing can be checked."""
    names = (CheckName.ISSUER, CheckName.SIGNATURE, CheckName.UNCHANGED, CheckName.STATUS)
    unmade = (Check(name, None, _NOT_MADE) for name in names)
    return Verification(kind=Kind.BADGE, checks=(Check(CheckName.WHAT, True, STRIPPED), *unmade))


def _picture_check(content: bytes, read: Credential) -> Check:
    """Whether the picture says what the credential says: a picture can be drawn by anybody."""
    name, told = CheckName.PICTURE, read.told
    of = f"{label(told.level)} of {told.organisation}"
    if content.startswith(PNG):
        detail = f"What a PNG shows cannot be read here. See for yourself that it is the {of}."
        return Check(name, None, detail)
    words = _words(content)
    if not words:
        return Check(name, None, f"The picture has no words to read. See for yourself that it is the {of}.")
    if _shows(words, told):
        return Check(name, True, f"Its words name the same label: {of}.")
    return Check(name, False, f"Its words name another label; the credential inside is of the {of}.")


def _shows(words: str, told: Told) -> bool:
    named = printable(told.organisation) in words and label(told.level) in words
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

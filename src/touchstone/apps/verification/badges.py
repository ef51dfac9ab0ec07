"""The checks of a badge: the credential inside, and whether the picture shows the label that it is of."""

from typing import Final

from touchstone.apps.verification.asking import Asked
from touchstone.apps.verification.credentials import read_credential, verification
from touchstone.apps.verification.pictures import picture_check
from touchstone.core.faults import Unusable
from touchstone.core.labels.checks import Check, CheckName, Kind, Verification
from touchstone.output.baking import unbaked

STRIPPED: Final = (
    "A picture without a credential, so nothing in it can be checked. Badges are drawn with one inside; "
    "programs that make pictures smaller leave it out. Look the organisation up in the register by its name."
)
_SVG: Final = (b"<svg", b"<?xml", b"<!DOCTYPE svg", b"<!--")
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
    return verification(Kind.BADGE, read, (own, *proof, picture_check(content, read)), asked)


def stripped() -> Verification:
    """What is said of a picture in which nothing can be checked."""
    names = (CheckName.ISSUER, CheckName.SIGNATURE, CheckName.UNCHANGED, CheckName.STATUS)
    unmade = (Check(name, None, _NOT_MADE) for name in names)
    return Verification(kind=Kind.BADGE, checks=(Check(CheckName.WHAT, True, STRIPPED), *unmade))

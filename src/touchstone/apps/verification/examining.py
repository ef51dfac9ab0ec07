"""Whatever somebody hands in: told apart by how it begins, and given to the checks of its kind.

Names of files say nothing. Nothing is unpacked that is not one of the kinds known here, and nothing that it
names is fetched.
"""

from typing import Final

from touchstone.apps.verification import badges, certificates, credentials, numbers, statements
from touchstone.apps.verification.asking import Asked
from touchstone.apps.verification.links import Leads, is_link, link, number_of
from touchstone.apps.verification.saying import shortened
from touchstone.core.faults import Fault, Unusable
from touchstone.core.labels.checks import Verification
from touchstone.intake.guards import MEGABYTE, check_length
from touchstone.intake.images import codes, is_picture
from touchstone.intake.pdf import is_pdf
from touchstone.output.proof import is_proof

LIMIT: Final = 10 * MEGABYTE  # bytes of anything that is handed in
LONGEST_TEXT: Final = 4_000_000  # characters; a signed answer about 500 organisations has one million
TAKEN: Final = (
    "Hand in a certificate (PDF), a credential (JSON or token), a badge (SVG or PNG), a photo of a "
    "certificate's code, a link, or a number."
)
_OTHERS: Final = {
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"\x1f\x8b": "a packed file",
    b"GIF8": "a GIF",
    b"{\\rtf": "a text document",
}
_PAGES: Final = ("<!doctype html", "<html")


def examined(content: bytes | str, asked: Asked) -> Verification:
    """All checks of whatever was handed in. Raises Unusable where it is nothing that can be checked."""
    if isinstance(content, str):
        return _text(content, asked)
    check_length(len(content), file=asked.name, limit_bytes=LIMIT)
    if is_pdf(content):
        return _pdf(content, asked)
    if badges.is_svg(content):
        return badges.badge(content, asked) or badges.stripped()
    if is_picture(content):
        return badges.badge(content, asked) or _photo(content, asked)
    other = next((name for start, name in _OTHERS.items() if content.startswith(start)), "")
    if other:
        raise _refused(asked, f"This is {other}.")
    try:
        return _text(content.decode("utf-8-sig"), asked)
    except UnicodeDecodeError:
        raise _refused(asked, "This is no file of a kind that can be checked.") from None


def _pdf(content: bytes, asked: Asked) -> Verification:
    pdf = certificates.opened(content, asked)
    if statements.NAME in pdf.parts.files:
        return statements.sealed_statement(pdf, asked)
    return certificates.certificate(pdf, asked)


def _text(text: str, asked: Asked, *, what: str = "") -> Verification:
    bare = text.strip()
    if len(bare) > LONGEST_TEXT:
        raise _refused(asked, f"The text is longer than {LONGEST_TEXT:,} characters.")
    wanted = number_of(bare)
    if wanted is not None:
        return numbers.number(wanted, asked, what=what)
    if bare.startswith("{"):
        return statements.statement(bare, asked) if is_proof(bare) else credentials.credential(bare, asked)
    if credentials.is_token(bare):
        return credentials.credential(bare, asked)
    if is_link(bare):
        address = asked.trust.address if asked.trust else ""
        return numbers.followed(link(bare, address=address), asked, what=what or "A link")
    if bare.lower().startswith(_PAGES):
        raise _refused(asked, "This is a web page. A page can say anything; its address can be checked.")
    raise _refused(
        asked, f"Nothing that can be checked: “{shortened(bare)}”." if bare else "Nothing is in it."
    )


def _photo(content: bytes, asked: Asked) -> Verification:
    """The one label that the codes of a picture lead to; without a code, what is said of such a picture."""
    found = codes(content, file=asked.name)
    if not found:
        return badges.stripped()
    address = asked.trust.address if asked.trust else ""
    here = [code for code in found if link(code, address=address).leads is Leads.HERE]
    if len(here) > 1:
        raise _refused(asked, "The picture shows the codes of several labels.", "Photograph one at a time.")
    told = next(iter(here or found))
    others = len(found) - 1
    more = f" ({others} more in the picture, not opened)" if others else ""
    return _text(told, asked, what=f"A picture of a code{more}, with a link")


def _refused(asked: Asked, problem: str, remedy: str = TAKEN) -> Unusable:
    return Unusable(asked.name, Fault("", problem, remedy))

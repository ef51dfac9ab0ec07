"""What a check needs of a PDF from outside: the files attached to it, and where the links of its page lead.

Read under limits of the whole document, of one file, of depth and of number. Nothing of it is run or fetched.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from touchstone.core.faults import Fault, Unusable
from touchstone.intake.guards import MEGABYTE

UNPACKED_LIMIT: Final = 4 * MEGABYTE  # bytes of a part; a credential has four thousand, a proof one million
MOST_FILES: Final = 16
MOST_LINKS: Final = 32
DEEPEST: Final = 4  # levels of the tree of names; that of a certificate has one
_START: Final = b"%PDF-"
_START_WITHIN: Final = 1_024  # bytes: readers forgive something before the start


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Name → content of each file attached, and the addresses behind the links of the first page."""

    files: Mapping[str, bytes]
    links: tuple[str, ...]


def is_pdf(content: bytes) -> bool:
    """Whether a content begins like a PDF."""
    return _START in content[:_START_WITHIN]


def parts(pdf: bytes, *, file: str) -> Parts:
    """The parts of a PDF in its latest revision.

    Raises Unusable where it is no PDF, or one that is damaged or that unpacks to more than it may.
    """
    from pyhanko.pdf_utils.decode_limits import DecodeLimits, StreamDecodeLimits
    from pyhanko.pdf_utils.reader import PdfFileReader

    limits = DecodeLimits(per_stream=StreamDecodeLimits(max_output_size=UNPACKED_LIMIT))
    try:
        reader = PdfFileReader(io.BytesIO(pdf), decode_limits=limits)
        tree = _part(_part(reader.root, "/Names", {}), "/EmbeddedFiles", {})
        return Parts(files=dict(_files(tree)), links=tuple(_links(reader.root["/Pages"])))
    except Exception:  # noqa: BLE001  (the reader raises all kinds on bytes from outside)
        raise damaged(file) from None


def damaged(file: str) -> Unusable:
    """What is said of a PDF that cannot be read."""
    remedy = "It may have been cut short on its way: fetch it again from where it came."
    return Unusable(file, Fault("", "The PDF is damaged and cannot be read.", remedy))


def _files(tree: Any) -> Iterator[tuple[str, bytes]]:
    # Any: the library's objects, each kind as the file has it; what does not fit raises.
    for found, (name, described) in enumerate(_leaves(tree, DEEPEST)):
        if found >= MOST_FILES:
            raise ValueError("more files than a certificate has")
        content = bytes(described["/EF"]["/F"].data)
        yield name, content


def _leaves(node: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """The names of a tree of names (ISO 32000-1, 7.9.6), which a file may make a circle of."""
    if depth == 0:
        raise ValueError("a tree of names that does not end")
    pairs = _part(node, "/Names", ())
    for place in range(0, len(pairs) - 1, 2):
        yield _text(pairs[place]), pairs[place + 1]
    for kid in list(_part(node, "/Kids", ()))[:MOST_FILES]:
        yield from _leaves(kid.get_object(), depth - 1)


def _links(node: Any) -> Iterator[str]:
    """The addresses behind the links of the first page; its tree has few levels."""
    for _ in range(DEEPEST):
        if "/Kids" in node:
            node = node["/Kids"][0]
    for note in list(_part(node, "/Annots", ()))[:MOST_LINKS]:
        action = _part(note.get_object(), "/A", {})
        if "/URI" in action:
            yield _text(action["/URI"])


def _part(node: Any, name: str, default: Any) -> Any:
    """A member of a dictionary, looked up where it is only referred to."""
    # Any: see _files.
    return node[name] if name in node else default  # noqa: SIM401  (their `get` does not look up)


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)

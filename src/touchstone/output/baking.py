"""Baking: a credential carried inside the image of its badge, and taken out again (Open Badges 3.0, 5.3).

An SVG has it as `<openbadges:credential>`, first in the picture; a PNG as an iTXt chunk after its header.
Programs that make images smaller leave it out, and then there is nothing to find. What a stranger's file
holds is read under bounds, and nothing it names is ever fetched.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

LARGEST: Final = 2_000_000  # bytes of an image that is looked through
LONGEST: Final = 200_000  # characters of a credential

NAMESPACE: Final = "https://purl.imsglobal.org/ob/v3p0"
KEYWORD: Final = b"openbadgecredential"
PNG: Final = b"\x89PNG\r\n\x1a\n"

_SVG: Final = "http://www.w3.org/2000/svg"
_APART: Final = " "  # between the namespace of a name and the name; no namespace of ours holds it
CREDENTIAL: Final = f"{NAMESPACE}{_APART}credential"  # the part of an SVG that carries it
_TAG = re.compile(r"<svg\b[^>]*>")
# XML 1.0, production 2, and without the carriage return, which its readers turn into a line break.
_NOT_IN_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def baked_svg(svg: str, credential: str) -> str:
    """The same picture with the credential (JSON) in it. Raises ValueError for what is no bare SVG."""
    tag = _TAG.search(svg)
    if tag is None or NAMESPACE in svg:
        raise ValueError("only an SVG without a credential can be baked")
    data = _carried(credential).replace("]]>", "]]]]><![CDATA[>")
    opened = f'{tag[0][:-1]} xmlns:openbadges="{NAMESPACE}">'
    inside = f"<openbadges:credential><![CDATA[{data}]]></openbadges:credential>"
    return f"{svg[: tag.start()]}{opened}{inside}{svg[tag.end() :]}"


def baked_png(png: bytes, credential: str) -> bytes:
    """The same picture with the credential (JSON) in it. Raises ValueError for what is no bare PNG."""
    parts = chunks(png)
    if not parts or any(_named(body) for kind, body in parts if kind in _TEXTS):
        raise ValueError("only a PNG without a credential can be baked")
    # Keyword, not compressed (flag and method), no language, no translated keyword, text (ISO/IEC 15948).
    text = KEYWORD + b"\0\0\0\0\0" + _carried(credential).encode()
    after = len(PNG) + 12 + len(parts[0][1])
    return png[:after] + _chunk(b"iTXt", text) + png[after:]


def unbaked(content: bytes) -> str | None:
    """The one credential that an image carries: JSON, or a JWT. None where there is none to be had.

    None also for an image that is larger than `LARGEST`, damaged, or carries several: nobody could say which
    of them its picture stands for.
    """
    if len(content) > LARGEST:
        return None
    found = _in_png(content) if content.startswith(PNG) else _in_svg(content)
    return found if found and found.strip() and len(found) <= LONGEST else None


def _carried(credential: str) -> str:
    """The same JSON; what XML or UTF-8 cannot carry, in its strings, is written as escapes."""
    spaced = credential.replace("\r", " ")  # in JSON only ever white space
    return _NOT_IN_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", spaced)


# --- PNG

_TEXTS = (b"iTXt", b"tEXt", b"zTXt")


def _in_png(content: bytes) -> str | None:
    parts = chunks(content)
    if parts is None:
        return None
    named = [(kind, body) for kind, body in parts if kind in _TEXTS and _named(body)]
    if len(named) != 1 or named[0][0] != b"iTXt":
        return None
    return _text(named[0][1])


def _named(body: bytes) -> bool:
    return body.split(b"\0", 1)[0] == KEYWORD


def _text(body: bytes) -> str | None:
    """The text of an iTXt chunk. Not where it is compressed, which the standard of badges forbids."""
    rest = body[len(KEYWORD) + 1 :]
    parts = rest[2:].split(b"\0", 2)
    if rest[:2] != b"\0\0" or len(parts) < 3:
        return None
    try:
        return parts[2].decode()
    except UnicodeDecodeError:
        return None


def chunks(content: bytes) -> list[tuple[bytes, bytes]] | None:
    """The chunks of a PNG from header to end; None where one is cut short, damaged or out of place."""
    parts = list(_sound_chunks(content)) if content.startswith(PNG) else []
    whole = parts and parts[0][0] == b"IHDR" and parts[-1][0] == b"IEND"
    return parts if whole else None


def _sound_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Chunks up to the end of the picture, or to the first that is not sound."""
    place = len(PNG)
    while place + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, place)
        body = content[place + 8 : place + 8 + length]
        place += 12 + length
        if place > len(content) or struct.pack(">I", zlib.crc32(kind + body)) != content[place - 4 : place]:
            return
        yield kind, body
        if kind == b"IEND":
            return


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


# --- SVG


def _in_svg(content: bytes) -> str | None:
    reader = _Reader()
    try:
        reader.parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError, _Refused):
        return None
    written = "".join(reader.pieces)
    if reader.found != 1 or (reader.jwt and written.strip()):
        return None
    return reader.jwt or written


class _Refused(Exception):  # noqa: N818  (not an error of ours: a file that is not read on)
    """The document declares entities, or has its credential in a place where none belongs."""


class _Reader:
    """Notes the credential of an SVG as it comes along. Nothing else of the document is kept.

    An SVG may name its document type, as old programs do. One that declares anything of its own there is
    refused: that is how a small file unpacks to a huge one, or makes its reader open another.
    """

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.jwt = ""
        self.found = 0
        self._depth = 0
        self._inside = False
        self.parser = expat.ParserCreate(namespace_separator=_APART)
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _doctype(self, _name: str, _system: str | None, _public: str | None, internal: int) -> None:
        if internal:
            raise _Refused

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        root = self._depth == 0
        if self._inside or (root and name != f"{_SVG}{_APART}svg"):
            raise _Refused
        if name == CREDENTIAL:
            if self._depth != 1:
                raise _Refused
            self.found += 1
            self._inside = True
            self.jwt = attributes.get("verify", "")
        self._depth += 1

    def _end(self, _name: str) -> None:
        self._inside = False
        self._depth -= 1

    def _characters(self, text: str) -> None:
        if self._inside:
            self.pieces.append(text)

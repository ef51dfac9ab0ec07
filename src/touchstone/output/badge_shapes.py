"""What the SVG of a badge shows, shape by shape, to be compared with what is drawn here.

Comments, metadata, the space between parts and the names that parts have among themselves do not count, so
that a program may leave them out. Whatever else is in it does: a style, a script, a part of another language.
"""

from typing import Final
from xml.parsers import expat

Shape = tuple[int, str, tuple[tuple[str, str], ...], str]  # depth, name, attributes, words

_SVG: Final = "http://www.w3.org/2000/svg"
_APART: Final = " "  # between the namespace of a name and the name
_PASSED_OVER: Final = {f"{_SVG}{_APART}{name}" for name in ("title", "desc", "metadata")}
_NAMES: Final = {"id", "role", "aria-labelledby", "width", "height"}  # of the whole picture
# Of these languages nothing belongs into what is passed over: a style would count there too.
_DRAWN: Final = (f"{_SVG}{_APART}", f"http://www.w3.org/1999/xhtml{_APART}")
_STRANGE: Final[Shape] = (0, "", (), "")  # no part of a drawing of ours


def shapes(svg: str | bytes, *, without: str = "") -> tuple[Shape, ...] | None:
    """The parts of a drawing in their order; None where it cannot be read, or declares anything of its own.

    `without` is the namespaced name of a part that is passed over: the credential.
    """
    reader = _Reader({*_PASSED_OVER, without})
    try:
        reader.parser.Parse(svg, True)
    except (expat.ExpatError, LookupError, ValueError):
        return None
    return tuple((depth, name, own, words.strip()) for depth, name, own, words in reader.found)


class _Reader:
    def __init__(self, passed_over: set[str]) -> None:
        self.found: list[Shape] = []
        self._passed_over = passed_over
        self._depth = 0
        self._over = 0  # depth at which something that is passed over began; 0 outside of such
        self.parser = expat.ParserCreate(namespace_separator=_APART)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.ProcessingInstructionHandler = self._strange
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._over:
            self.found += [_STRANGE] if name.startswith(_DRAWN) else []
            return
        if self._depth == 2 and name in self._passed_over:
            self._over = self._depth
            return
        names = _NAMES if self._depth == 1 else set()
        kept = tuple(sorted((key, value) for key, value in attributes.items() if key not in names))
        self.found.append((self._depth, name, kept, ""))

    def _end(self, _name: str) -> None:
        if self._over == self._depth:
            self._over = 0
        self._depth -= 1

    def _characters(self, text: str) -> None:
        if self._over or (not text.strip() and self._depth == 1):
            return
        depth, name, attributes, words = self.found[-1]
        self.found[-1] = (depth, name, attributes, words + text)

    def _strange(self, _target: str, _data: str) -> None:
        self.found.append(_STRANGE)

    def _doctype(self, _name: str, _system: str | None, _public: str | None, internal: int) -> None:
        if internal:
            self.found.append(_STRANGE)

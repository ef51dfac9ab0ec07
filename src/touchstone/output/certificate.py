"""The certificate of a label: one page of A4 for the wall, set by Typst as PDF/A-3a and PDF/UA-1.

Its mark is that of the badge: a cartouche whose outline tells the level, with one, two or three streaks on
the touchstone. The same label gives the same bytes; `seal.seal` signs them afterwards.
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Final

from touchstone.core.labels.model import LabelLevel
from touchstone.core.language.language import Language
from touchstone.output.badge_large import HEIGHT, WIDTH
from touchstone.output.badge_strokes import INK, METALS, STREAKS, Metal, outline, streak
from touchstone.output.fonts import FOLDER, covered
from touchstone.output.printable import STAND_IN, breakable, plain
from touchstone.output.tokens import TEMPLATES

TEMPLATE: Final = "certificate.typ"
STANDARDS: Final = ["a-3a", "ua-1"]
REGIONS: Final = {"en": "gb"}
FRAME_WIDTH, FRAME_HEIGHT = 1116, 1638  # sixths of a millimetre
UNBROKEN: Final = frozenset({"title", "about", "alt", "shown"})  # read by programs, or copied
LONGEST_ADDRESS: Final = 200  # characters; a longer one makes a QR code that nobody's camera reads
LINE: Final = 50  # characters of an address beside the QR code
_UNPRINTABLE = re.compile(r'the text `"(?P<text>.+?)"` could not be displayed')


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A label as its certificate tells it.

    `number` is that of the ledger entry; `valid_until` is the last valid day. `notice` says what the scheme
    is not; an `imported` label was read in an older register and not decided here; a `synthetic` one is not
    real. Texts are in the language of the page.
    """

    organisation: str
    level: LabelLevel
    scheme: str
    notice: str
    decided_by: str
    rule_set: str
    valid_from: date
    valid_until: date
    number: int
    synthetic: bool = False
    imported: bool = False

    @property
    def numeral(self) -> str:
        """The number as it is printed: five digits at least."""
        return f"{self.number:05d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file inside the certificate, such as the label's credential; `kind` is its media type."""

    name: str
    data: bytes
    about: str
    kind: str = "application/json"


def certificate(
    grant: Grant, *, words: Language, address: str, attachment: Attachment | None = None
) -> bytes:
    """The certificate, not yet sealed. `address` is where anybody may check the label.

    Raises ValueError for an address that is too long for its QR code.
    """
    if len(address) > LONGEST_ADDRESS:
        raise ValueError(f"the address is longer than {LONGEST_ADDRESS} characters")
    told = _told(grant, words, address)
    attached = [_attached(attachment)] if attachment else []
    lacking: set[str] = set()
    while True:
        try:
            return _compiled({**_fitted(told, lacking, words), "attachments": attached}, grant.valid_from)
        except _typst().TypstError as error:
            # The fonts' tables promise more than shaping keeps, now and then; each turn names a new text.
            refused = _UNPRINTABLE.search(str(error.message))
            news = set(refused["text"]) - lacking if refused else set()
            if not news:
                raise
            lacking |= news


def _told(grant: Grant, words: Language, address: str) -> dict[str, Any]:
    # Any: a tree of texts, as JSON has it.
    """All that stands on the page, in words and drawings."""
    metal = METALS[grant.level, False]
    level = words.say(f"certificate.level.{grant.level}")
    facts = {
        "organisation": plain(grant.organisation),
        "scheme": plain(grant.scheme),
        "level": level,
        "number": grant.numeral,
        "from": words.day(grant.valid_from),
        "until": words.day(grant.valid_until),
        "address": address,
        "streaks": words.counted("certificate.streaks", len(STREAKS[grant.level])),
    }

    def say(name: str) -> str:
        return words.say(f"certificate.{name}", **facts)

    name = words.say(f"certificate.metal.{grant.level}")
    return {
        **{part: say(part) for part in ("title", "about", "kicker", "before", "under", "valid")},
        "language": words.code,
        "region": REGIONS.get(words.code),
        "organisation": facts["organisation"],
        "holds": say(f"holds.{grant.level}"),
        "synthetic": say("synthetic") if grant.synthetic else "",
        "metal": {"name": name, "edge": metal.edge},
        "frame": frame_svg(grant.level),
        "mark": {"svg": mark_svg(grant.level), "alt": say("mark"), "size": 16.5 if len(name) <= 6 else 13},
        "decided_by": {"label": say("decided_by"), "value": plain(grant.decided_by)},
        "rule_set": {"label": say("rule_set"), "value": plain(grant.rule_set)},
        "number": {"label": say("number"), "value": grant.numeral},
        "check": {"label": say("check"), "how": say("check_how")},
        "qr": {"svg": qr_svg(address), "alt": say("qr")},
        "seal": {"svg": seal_svg(), "alt": say("seal"), "label": say("sealed"), "how": say("sealed_how")},
        "address": address,
        "shown": _shown(address),
        "notes": _notes(grant, words),
    }


def _notes(grant: Grant, words: Language) -> list[str]:
    taken_over = [words.say("certificate.imported")] if grant.imported else []
    return [plain(grant.notice), *taken_over]


def _shown(address: str) -> str:
    """The address on paper; one that is longer than a line may be broken."""
    shown = address.removeprefix("https://")
    return shown if len(shown) <= LINE else breakable(shown)


def _attached(attachment: Attachment) -> dict[str, object]:
    # Typst takes bytes as a list of numbers, whatever they are.
    return {
        "name": attachment.name,
        "data": list(attachment.data),
        "about": attachment.about,
        "kind": attachment.kind,
    }


# --- drawings


def frame_svg(level: LabelLevel) -> str:
    """Two thin lines round the page, with the corners of the level's cartouche."""
    metal = METALS[level, False]
    lines = "".join(
        f'<path d="{outline(level, FRAME_WIDTH, FRAME_HEIGHT, inset)}" fill="none" '
        f'stroke="{metal.edge}" stroke-width="{width}"/>'
        for inset, width in ((3, 4.5), (12, 1.5))
    )
    return _svg(FRAME_WIDTH, FRAME_HEIGHT, lines)


def mark_svg(level: LabelLevel) -> str:
    """The hallmark: the badge's cartouche in its metal, with the streaks on the stone, without words."""
    metal = METALS[level, False]
    plate = "".join(
        f'<path d="{outline(level, WIDTH, HEIGHT, inset)}" fill="{fill}" stroke="{metal.edge}" '
        f'stroke-width="{width}"/>'
        for inset, fill, width in ((3, metal.plate, 3), (9, "none", 1))
    )
    return _svg(WIDTH, HEIGHT, plate + _stone(36, 49, STREAKS[level], metal))


def seal_svg() -> str:
    """The printed mark of the seal: the stone with one streak in a double ring."""
    rings = "".join(
        f'<circle cx="80" cy="80" r="{radius}" fill="none" stroke="{INK}" stroke-width="{width}"/>'
        for radius, width in ((77, 4), (68, 1.5))
    )
    bare = Metal("none", INK, "#ffffff", INK)
    return _svg(160, 160, f'{rings}<g transform="translate(80 80) scale(.86) translate(-38 -51)">'
                f"{_stone(0, 0, (0,), bare)}</g>")  # fmt: skip


def qr_svg(address: str) -> str:
    """The QR code of an address, error correction M; each run of dark modules is one rectangle."""
    import segno

    rows = segno.make(address, error="m", micro=False).matrix
    runs = "".join(
        f"M{run.start()} {y}h{run.end() - run.start()}v1.02h{run.start() - run.end()}z"
        for y, row in enumerate(rows)
        for run in re.finditer(b"\x01+", bytes(row))
    )
    return _svg(len(rows), len(rows), f'<path d="{runs}" fill="{INK}"/>')


def _stone(left: float, top: float, streaks: tuple[int, ...], metal: Metal) -> str:
    stone = f'<rect x="{left}" y="{top}" width="76" height="102" rx="9" fill="{INK}"/>'
    return stone + "".join(
        f'<path d="{streak(left + 38 + offset, top + 51)}" fill="{metal.streak}" '
        f'stroke="{INK}" stroke-width="1.6"/>'
        for offset in streaks
    )


def _svg(width: float, height: float, shapes: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{shapes}</svg>'


# --- setting


def _fitted(told: dict[str, Any], lacking: set[str], words: Language) -> dict[str, Any]:
    # Any: see _told.
    """The same with only characters that the fonts have; a note says where one was replaced."""
    replaced = False
    known = covered()

    def fit(value: Any, part: str = "") -> Any:  # Any: see _told
        nonlocal replaced
        if isinstance(value, dict):
            return {name: fit(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [fit(inner) for inner in value]
        if not isinstance(value, str) or part in {"svg", "frame", "address", "language", "region"}:
            return value
        printed = "".join(one if ord(one) in known and one not in lacking else STAND_IN for one in value)
        replaced |= printed != value
        return printed if part in UNBROKEN else breakable(printed)

    page: dict[str, Any] = fit(told)
    if replaced:
        page["notes"].append(words.say("certificate.glyphs", stand_in=STAND_IN))
    return page


def _compiled(page: dict[str, Any], on: date) -> bytes:
    # Any: see _told.
    midnight = int(datetime(on.year, on.month, on.day, tzinfo=UTC).timestamp())
    made: bytes = _compiler().compile(
        sys_inputs={"data": json.dumps(page, ensure_ascii=False)}, pdf_standards=STANDARDS, timestamp=midnight
    )
    return made


def _compiler() -> Any:
    # Any: the binding has no types. One for each certificate: a compiler is not for several threads.
    return _typst().Compiler(str(TEMPLATES / TEMPLATE), root=str(TEMPLATES), font_paths=_fonts())


@cache
def _fonts() -> Any:
    # Any: the binding has no types.
    return _typst().Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])


def _typst() -> Any:
    # Any: the binding has no types. It is loaded when the first certificate is set: 40 ms.
    import typst

    return typst

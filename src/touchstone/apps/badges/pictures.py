"""The files of a badge, made once and kept at hand: SVG and PNG with the credential inside, and JSON."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings
from django.db import connection
from django.utils import timezone

from touchstone.apps.badges.showing import Shown, is_stopped, shown
from touchstone.apps.credentials.services import credential
from touchstone.output.badge import Size, badge_svg
from touchstone.output.badge_png import badge_png
from touchstone.output.baking import baked_png, baked_svg

# Files kept at hand in each process. The largest, a PNG in double size, has some 40 KB.
KEPT: Final = 512


class Form(StrEnum):
    """As what a badge is asked for."""

    SVG = "svg"
    PNG = "png"
    JSON = "json"

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self]


_MEDIA_TYPES: Final = {
    Form.SVG: "image/svg+xml", Form.PNG: "image/png", Form.JSON: "application/json",
}  # fmt: skip


class Wanted(NamedTuple):
    """Which file of which badge. `number` is that of a grant; without, it is the label shown first.

    `scale` is how many pixels a PNG has to one of the page.
    """

    organisation: str
    form: Form = Form.SVG
    number: int | None = None
    size: Size = Size.LARGE
    dark: bool = False
    scale: int = 1


@dataclass(frozen=True, slots=True)
class Picture:
    """A file as it is sent. `etag` is strong: the same for the same bytes only."""

    content: bytes
    etag: str
    stopped: bool  # whether it should no longer be on anybody's page


def picture(wanted: Wanted, *, at: datetime) -> Picture | None:
    """The file as of a moment (aware); None where there is no such badge.

    Costs one small question to the database unless something has happened to the organisation's labels, or a
    new day has begun.
    """
    last = _last_entry(wanted.organisation)
    return _kept(wanted, last, timezone.localdate(at), settings.TOUCHSTONE_HOME) if last else None


def _last_entry(organisation: str) -> int | None:
    """The number of the last entry about an organisation: what a badge rests on changes with it."""
    # Written by hand: this is all the database is asked for most badges, and building it cost more than that.
    with connection.cursor() as cursor:
        cursor.execute(_LAST_ENTRY, [organisation])
        last: int | None = cursor.fetchone()[0]
    return last


_LAST_ENTRY: Final = "SELECT MAX(number) FROM register_ledgerentry WHERE organisation = %s"


@lru_cache(maxsize=KEPT)
def _kept(wanted: Wanted, last: int, on: date, home: Path) -> Picture | None:
    """The file of a day. It is told apart by the organisation's last entry, and by whose keys sign in it."""
    found = _shown(wanted.organisation, wanted.number, last, on, home)
    if found is None:
        return None
    content = _document(found) if wanted.form is Form.JSON else _made(wanted, found, last, on, home)
    stopped = is_stopped(found.level_now, on=on, patience=settings.TOUCHSTONE_MISUSE_PATIENCE)
    return Picture(content, f'"{hashlib.sha256(content).hexdigest()[:32]}"', stopped)


@lru_cache(maxsize=32)  # a badge is often asked for in several forms one after the other
def _shown(organisation: str, number: int | None, _last: int, on: date, _home: Path) -> Shown | None:
    return shown(organisation, number=number, on=on)


@lru_cache(maxsize=32)
def _inside(grant: int, _last: int, _on: date, _home: Path) -> str:
    return credential(grant)


def _made(wanted: Wanted, found: Shown, last: int, on: date, home: Path) -> bytes:
    inside = _inside(found.grant, last, on, home)
    if wanted.form is Form.PNG:
        drawn = badge_png(found.badge, size=wanted.size, dark=wanted.dark, scale=wanted.scale)
        return baked_png(drawn, inside)
    return baked_svg(badge_svg(found.badge, size=wanted.size, dark=wanted.dark), inside).encode()


def _document(found: Shown) -> bytes:
    return json.dumps(document(found), ensure_ascii=False, indent=1).encode() + b"\n"


def document(found: Shown) -> dict[str, object]:
    """What a badge says, in JSON's own types, with the addresses where more is said."""
    here = settings.TOUCHSTONE_ADDRESS
    return {
        "organisation": found.organisation,
        "name": found.badge.organisation,
        "level": found.held.level.value,
        "standing": found.held.standing.value,
        "title": found.badge.title,
        "state": found.badge.state,
        "synthetic": found.badge.synthetic,
        "scheme": found.badge.scheme,
        "valid_from": found.held.valid_from.isoformat(),
        "valid_until": found.held.valid_until.isoformat(),
        "renewable_until": found.held.renewable_until.isoformat(),
        "on": found.on.isoformat(),
        "number": found.grant,
        "page": f"{here}/register/{found.organisation}/",
        "verify": f"{here}/verify/{found.badge.number}/",
        "credential": f"{here}/credentials/{found.grant}.json",
    }

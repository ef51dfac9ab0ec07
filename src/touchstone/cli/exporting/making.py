"""Files of an export: addresses asked of the application, pages turned, and what they lead to."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.urls import resolve
from django.utils import timezone

from touchstone.apps.register.models import RegisterSpan
from touchstone.apps.register.services import ledger_number
from touchstone.cli.exporting import addresses, pages
from touchstone.cli.exporting.asking import Answer, Application
from touchstone.cli.exporting.folder import Folder
from touchstone.cli.exporting.ground import Ground, Sources, ground
from touchstone.cli.exporting.record import Line

TRIES: Final = 5  # while entries are made at the same time


@dataclass(slots=True, kw_only=True)
class Made:
    """What came of some addresses. `links` is file → a page that leads there; `found` are to be asked too."""

    files: dict[str, int] = field(default_factory=dict)  # name → bytes
    staged: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    found: dict[str, None] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)  # of organisations


@cache
def application() -> Application:
    """The one of this process."""
    return Application()


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """Makes files into a folder. `live` is where the application answers, `stamp` what all files rest on."""

    folder: Folder
    live: str
    stamp: str

    def organisations(self, keys: Sequence[str]) -> Made:
        """All files of some organisations of the register; made again where entries came in meanwhile."""
        for _ in range(TRIES):
            before = timezone.localdate(), ledger_number()
            made = self._organisations(keys, *before)
            if (timezone.localdate(), ledger_number()) == before:
                break
        else:
            made.faults += [f"{key}: the ledger grew while its files were made" for key in keys]
        return made

    def pages(self, some: Iterable[str]) -> Made:
        """The files of other addresses."""
        made, today = Made(), timezone.localdate()
        for address in some:
            self._write(address, made, day=today.isoformat())
        return made

    def _organisations(self, keys: Sequence[str], today: date, _number: int) -> Made:
        origins = Sources.of(self.stamp, keys).origins
        grounds = {key: ground(key, origins.get(key, ()), today=today, now=timezone.now()) for key in keys}
        each = {key: self._organisation(key, grounds[key]) for key in keys}
        relatives = {*keys, *(one for key in keys for one in (*grounds[key].others, *origins.get(key, ())))}
        sources = Sources.of(self.stamp, sorted(relatives))  # now that credentials are issued
        return Made(
            faults=[fault for made in each.values() for fault in made.faults],
            lines=[
                Line(
                    organisation=key,
                    key=sources.key(key, grounds[key].others),
                    first=grounds[key].first,
                    last=grounds[key].last,
                    others=grounds[key].others,
                    files=made.files,
                    staged=tuple(made.staged),
                    links=tuple(sorted(made.links.keys() - made.files.keys())),
                )
                for key, made in each.items()
                if not made.faults
            ],
        )

    def _organisation(self, key: str, rests_on: Ground) -> Made:
        made = Made()
        for address in addresses.of_an_organisation(key, rests_on.grants):
            self._write(address, made, rests_on=rests_on)
        return made

    def _write(self, address: str, made: Made, *, day: str = "", rests_on: Ground | None = None) -> None:
        """Write the file of an address. What rests on an organisation's ground says no day of its own."""
        file = addresses.file_of(address)
        if file is None:
            made.faults.append(f"{address}: has no file")
            return
        asked = addresses.dated(address, on=rests_on.since, known=rests_on.known) if rests_on else address
        answer = application().get(asked)
        if answer.status in (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND):
            content = pages.moved(answer.location)
        elif answer.status == HTTPStatus.OK:
            content = self._turned(address, answer, made, day)
        else:
            made.faults.append(f"{address}: was answered with {answer.status.value}")
            return
        if rests_on and file.startswith("badge/") and file.endswith(".json"):
            content = pages.dated_badge(content, rests_on.since)
        made.files[file] = len(content)
        if self.folder.write(file, content):
            made.staged.append(file)

    def _turned(self, address: str, answer: Answer, made: Made, day: str) -> bytes:
        """The content as it is exported; what it leads to is noted, and followed where it is one of many."""
        if answer.media_type in (pages.STYLE, pages.SCRIPT):
            named = pages.named_by(answer.media_type, answer.content.decode(), address)
            made.found.update(dict.fromkeys(named))
            return answer.content
        if answer.media_type != pages.PAGE:
            return answer.content
        copy = pages.Copy(
            address=address, home=settings.TOUCHSTONE_ADDRESS, live=self.live, day=day, is_there=is_there()
        )
        turned = copy.of(answer.content.decode())
        for link in copy.links:
            made.links.setdefault(str(addresses.file_of(link)), address)
        made.found.update(dict.fromkeys(filter(_is_followed, copy.links)))
        return turned.encode()


def is_there() -> Callable[[str], bool]:
    """Tells whether an address is no page of an organisation, or of one that is in the register today."""
    today, number = timezone.localdate(), ledger_number()

    def there(address: str) -> bool:
        key = None if address.startswith("/static/") else addresses.organisation_of(address)
        return key is None or _is_listed(key, today, number)

    return there


@lru_cache(maxsize=2048)
def _is_listed(key: str, today: date, _number: int) -> bool:
    return RegisterSpan.objects.on(today).filter(organisation=key).exists()


def _is_followed(address: str) -> bool:
    path = address.partition("?")[0]
    return path.startswith("/static/") or resolve(path).view_name in addresses.FOLLOWED

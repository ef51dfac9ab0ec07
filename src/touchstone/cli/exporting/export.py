"""One export: every address asked for, every page turned, every link followed to its file."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from itertools import chain

from django.conf import settings
from django.urls import resolve

from touchstone.cli.exporting import addresses, pages
from touchstone.cli.exporting.asking import Answer, Application
from touchstone.cli.exporting.folder import Folder
from touchstone.cli.exporting.search import search_files
from touchstone.core.faults import Fault, Unusable

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Export:
    """An export on its way. `faults` are what would be missing or leading nowhere in it, in words."""

    folder: Folder
    today: date
    live: str = ""
    faults: list[str] = field(default_factory=list)
    _application: Application = field(init=False, default_factory=Application)
    _keys: dict[str, None] = field(init=False, default_factory=dict)
    _asked: set[str] = field(init=False, default_factory=set)
    _waiting: deque[str] = field(init=False, default_factory=deque)
    _wanted: dict[str, str] = field(init=False, default_factory=dict)  # file → a page that leads to it

    def make(self, progress: Progress) -> None:
        """Write everything. Afterwards `faults` is empty, or the export is not to be used."""
        self._keys = dict.fromkeys(addresses.organisations(self.today))
        self._see_that_it_answers()
        for file, content in search_files(self.today):
            self.folder.write(file, content)
        for done, key in enumerate(self._keys):
            progress("organisations", done, len(self._keys))
            self._write_all(addresses.of_an_organisation(key, self.today))
        progress("pages of all", 0, 0)
        self._write_all(chain(addresses.always(), addresses.of_the_register(self.today)))
        self.faults += [
            f"{file}: is not there, and {page} leads to it"
            for file, page in sorted(self._wanted.items())
            if not self.folder.has(file)
        ]

    def _see_that_it_answers(self) -> None:
        if self._application.get("/").status == HTTPStatus.BAD_REQUEST:
            problem = f"does not answer to its own address, {settings.TOUCHSTONE_ADDRESS}."
            remedy = "Name its host in TOUCHSTONE_ALLOWED_HOSTS."
            raise Unusable("the application", Fault("", problem, remedy))

    def _is_there(self, address: str) -> bool:
        key = None if address.startswith("/static/") else addresses.organisation_of(address)
        return key is None or key in self._keys

    def _write_all(self, some: Iterable[str]) -> None:
        self._waiting.extend(some)
        while self._waiting:
            address = self._waiting.popleft()
            if address not in self._asked:
                self._asked.add(address)
                self._write(address)

    def _write(self, address: str) -> None:
        file = addresses.file_of(address)
        if file is None:
            self.faults.append(f"{address}: has no file")
            return
        answer = self._application.get(address)
        if answer.status in (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND):
            self.folder.write(file, pages.moved(answer.location))
        elif answer.status == HTTPStatus.OK:
            self.folder.write(file, self._turned(address, answer))
        else:
            self.faults.append(f"{address}: was answered with {answer.status.value}")

    def _turned(self, address: str, answer: Answer) -> bytes:
        """The content as it is exported; what it leads to is noted, and followed where it is one of many."""
        if answer.media_type in (pages.STYLE, pages.SCRIPT):
            self._waiting.extend(pages.named_by(answer.media_type, answer.content.decode(), address))
            return answer.content
        if answer.media_type != pages.PAGE:
            return answer.content
        copy = pages.Copy(
            address=address,
            home=settings.TOUCHSTONE_ADDRESS,
            live=self.live,
            day=self.today.isoformat(),
            is_there=self._is_there,
        )
        turned = copy.of(answer.content.decode())
        for link in copy.links:
            self._wanted.setdefault(str(addresses.file_of(link)), address)
        self._waiting.extend(filter(_is_followed, copy.links))
        return turned.encode()


def _is_followed(address: str) -> bool:
    path = address.partition("?")[0]
    return path.startswith("/static/") or resolve(path).view_name in addresses.FOLLOWED

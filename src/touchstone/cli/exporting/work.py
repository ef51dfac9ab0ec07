"""What processes of an export do: some organisations, or some pages of all. Each is handed this, whole.

Nothing of Django is imported before the first task, so that a process may begin with nothing.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.cli.exporting.folder import Folder
from touchstone.core.faults import Unusable

if TYPE_CHECKING:
    from touchstone.cli.exporting.making import Made

LOADED = ["touchstone.cli.exporting.loaded"]


@dataclass(frozen=True, slots=True)
class Halted:
    """Why nothing more can be made: what every other task would come to, too."""

    error: Unusable | OSError


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Tasks are numbers of `batches`: of keys of organisations, or of addresses of other pages."""

    folder: Folder
    live: str
    stamp: str
    batches: tuple[tuple[str, ...], ...]
    of_organisations: bool

    def __call__(self, task: int) -> "Made | Halted":
        from touchstone.config.startup import ready

        ready(migrate=False)
        from touchstone.cli.exporting.making import Making

        making = Making(folder=self.folder, live=self.live, stamp=self.stamp)
        try:
            if self.of_organisations:
                return making.organisations(self.batches[task])
            return making.pages(self.batches[task])
        except (Unusable, OSError) as error:
            return Halted(error)

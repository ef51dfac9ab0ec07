"""How something that is wrong is told: the place, what is wrong, what to do."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a fault does to the work: stops it, wants an answer, or is only worth a look."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `place` is a measure id, a line, a cell: where to look."""

    place: str
    problem: str
    remedy: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return ": ".join(part for part in (self.place, f"{self.problem} {self.remedy}".strip()) if part)


class Unusable(Exception):  # noqa: N818  (not an error of the program: an answer to a person)
    """Input that the work cannot go on with. Its text is one line: file, place, problem, remedy."""

    def __init__(self, file: str, *faults: Fault) -> None:
        self.file = file
        self.faults = faults
        super().__init__(file, *faults)

    def __str__(self) -> str:
        first = f"{self.file}: {self.faults[0]}" if self.file else str(self.faults[0])
        more = len(self.faults) - 1
        return first + (f" (and {more} more)" if more else "")

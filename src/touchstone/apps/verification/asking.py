"""What a check is made with: the moment, the keys that are trusted, and a register where one is at hand."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from touchstone.apps.verification.trust import Trust
from touchstone.core.labels.model import EntryKind, LabelLevel, Standing
from touchstone.core.labels.proof import Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A ledger entry as the register has it today, and how its label stands.

    Level and dates are as corrected since; `standing` and `until` are those of the label that the entry
    granted, renewals without a gap counted in; both are None where the entry grants none. `ends` are the last
    days that the label had as it was renewed, the newest one last. `names` are all names of the
    organisation, the present one first. `flaw` says how the entry itself is not as it was written; it is
    empty as a rule.
    """

    number: int
    kind: EntryKind
    key: str
    names: tuple[str, ...]
    recorded: datetime
    level: LabelLevel | None
    valid_from: date | None
    valid_until: date | None
    corrected_by: tuple[int, ...] = ()
    standing: Standing | None = None
    until: date | None = None  # the last day of the label, renewals counted in
    ends: tuple[date, ...] = ()
    renewed_by: int | None = None  # the newest grant that carries it on
    flaw: str = ""
    synthetic: bool = False  # for demonstration: the label is not real

    @property
    def name(self) -> str:
        return self.names[0]


class Register(Protocol):
    """The register of an installation, asked at one moment."""

    def label(self, number: int, *, known: datetime | None = None) -> Registered | None:
        """What the ledger entry of that number says, as known at a moment or now; None without one."""

    def headline(self, key: str) -> int | None:
        """The number of the grant that an organisation's page and badge show; None where it has none."""

    def certificate(self, sha256: str) -> int | None:
        """The number on a certificate that was made here and kept; None where no such file was."""

    def says(self, proof: Proof) -> bool | None:
        """Whether the ledger still gives a proof's answers; None where that cannot be said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a check is made with. `name` is how a refusal calls what was handed in."""

    at: datetime
    trust: Trust | None = None
    register: Register | None = None
    name: str = ""

    @property
    def today(self) -> date:
        return self.at.date()

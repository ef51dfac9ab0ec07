"""What a check of a label's certificate, credential, badge or number found, and what follows from it.

The outcome of the checks, the first line that fits:

| no. | what is so                                                        | outcome |
|-----|-------------------------------------------------------------------|---------|
| 1   | a check was made and failed                                       | invalid |
| 2   | a check that such a thing needs is missing or could not be made   | unknown |
| 3   | otherwise                                                         | valid   |

So whatever comes from an issuer that is not known here is unknown and never valid: its issuer could not be
checked. And what was checked without the register, away from any network, is unknown too, however genuine:
nobody there can say that the label was not suspended or withdrawn this morning. `genuine` tells them apart.
A badge is looked at and not read, so its picture must be shown to be ours too: with a genuine credential in a
picture that cannot be told to be ours it is unknown, and in one that plainly shows another label invalid.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from touchstone.core.labels.model import LabelLevel, Standing


class CheckName(StrEnum):
    """All checks that there are, in the order in which they are told. The words are what a person reads."""

    WHAT = "what it is"
    ISSUER = "issuer"
    SIGNATURE = "signature"
    UNCHANGED = "unchanged since"
    ATTACHMENT = "attachment belongs to the certificate"
    PICTURE = "picture shows this label"
    LEDGER = "ledger entry"
    REGISTER = "says the same as the register"
    DATES = "dates"
    SAVED = "status when the list was saved"
    STATUS = "status now"


class Outcome(StrEnum):
    """The answer to "does this hold today?"."""

    VALID = "valid"
    INVALID = "invalid"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What was handed in."""

    CERTIFICATE = "certificate"  # a sealed PDF
    CREDENTIAL = "credential"  # JSON with a proof inside, or the same as a JWT
    BADGE = "badge"  # a picture with or without a credential inside
    NUMBER = "number"  # that of a label, typed, in a link or behind a code
    ORGANISATION = "organisation"  # a link to its page or its badge
    LINK = "link"  # one that leads elsewhere
    STATEMENT = "statement"  # a signed answer on the status of labels on a day


_LABEL = frozenset({CheckName.WHAT, CheckName.LEDGER, CheckName.DATES, CheckName.STATUS})
_SIGNED = frozenset({CheckName.WHAT, CheckName.ISSUER, CheckName.SIGNATURE, CheckName.UNCHANGED})

NEEDED: Mapping[Kind, frozenset[CheckName]] = {
    Kind.CERTIFICATE: _SIGNED | _LABEL | {CheckName.REGISTER},
    Kind.CREDENTIAL: _SIGNED | _LABEL | {CheckName.REGISTER},
    Kind.BADGE: _SIGNED | _LABEL | {CheckName.REGISTER, CheckName.PICTURE},
    Kind.NUMBER: _LABEL,
    Kind.ORGANISATION: _LABEL,
    Kind.LINK: frozenset({CheckName.WHAT, CheckName.ISSUER}),
    Kind.STATEMENT: _SIGNED,
}


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `passed` is None where it could not be made; `detail` says what was found, or why not."""

    name: CheckName
    passed: bool | None
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The label that something is about, as it says itself or as the register has it.

    `organisation` is the name; `number` that of the ledger entry that granted the label. Anything may be
    missing.
    """

    organisation: str = ""
    key: str = ""
    number: int | None = None
    level: LabelLevel | None = None
    valid_from: date | None = None
    valid_until: date | None = None  # the last valid day


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """All checks of one thing, in the order of `CheckName`, with what it says and how the label stands now.

    `standing` is None where nobody could look it up; `valid_until` is the last day of the label as it stands
    now, which a renewal moves on. A `synthetic` label is there for demonstration and is not real.
    """

    kind: Kind
    checks: tuple[Check, ...]
    told: Told = Told()
    standing: Standing | None = None
    valid_until: date | None = None
    synthetic: bool = False

    @property
    def outcome(self) -> Outcome:
        """See the table above."""
        if any(check.passed is False for check in self.checks):
            return Outcome.INVALID
        if NEEDED[self.kind] <= {check.name for check in self.checks if check.passed}:
            return Outcome.VALID
        return Outcome.UNKNOWN

    @property
    def genuine(self) -> bool:
        """Whether it was issued by whom it says, and is unchanged, whatever became of the label."""
        return self._passed >= _SIGNED and not self._failed & (
            _SIGNED | {CheckName.ATTACHMENT, CheckName.PICTURE, CheckName.LEDGER}
        )

    def check(self, name: CheckName) -> Check | None:
        """The check of that name, where it was to be made."""
        return next((check for check in self.checks if check.name is name), None)

    @property
    def _passed(self) -> frozenset[CheckName]:
        return frozenset(check.name for check in self.checks if check.passed)

    @property
    def _failed(self) -> frozenset[CheckName]:
        return frozenset(check.name for check in self.checks if check.passed is False)

    def as_document(self) -> dict[str, object]:
        """The outcome in JSON's own types."""
        return {
            "outcome": self.outcome.value,
            "checks": [
                {"name": check.name.value, "passed": check.passed, "detail": check.detail}
                for check in self.checks
            ],
        }

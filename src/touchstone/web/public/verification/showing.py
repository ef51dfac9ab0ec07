"""A verification as a page tells it: the answer first, then each check, then what was left open."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from touchstone.apps.verification.answers import answer
from touchstone.core.labels.checks import Check, CheckName, Kind, Outcome, Verification
from touchstone.core.labels.model import Standing

CHECKS: dict[CheckName, Promise] = {
    CheckName.WHAT: _("What it is"),
    CheckName.ISSUER: _("Issuer"),
    CheckName.SIGNATURE: _("Signature"),
    CheckName.UNCHANGED: _("Unchanged since"),
    CheckName.ATTACHMENT: _("Attachment belongs to it"),
    CheckName.PICTURE: _("Picture shows this label"),
    CheckName.LEDGER: _("Ledger entry"),
    CheckName.REGISTER: _("Says the same as the register"),
    CheckName.DATES: _("Dates"),
    CheckName.SAVED: _("Status when the list was saved"),
    CheckName.STATUS: _("Status now"),
}
RESULTS: dict[bool | None, tuple[str, Promise]] = {
    True: ("passed", _("passed")),
    False: ("failed", _("failed")),
    None: ("open", _("not checked")),
}
_HEADINGS: dict[Outcome, Promise] = {
    Outcome.VALID: _("Valid today"),
    Outcome.INVALID: _("Not valid"),
    Outcome.UNKNOWN: _("This cannot be confirmed"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One check of the list; `result` names its shape, `word` says it."""

    name: Promise
    result: str
    word: Promise
    detail: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A verification for the template."""

    found: Verification
    heading: Promise
    answer: str
    made: list[Line]
    left_open: list[Line]

    @property
    def outcome(self) -> str:
        return self.found.outcome.value

    @property
    def result(self) -> str:
        """Of which shape the mark before the heading is."""
        return {Outcome.VALID: "passed", Outcome.INVALID: "failed", Outcome.UNKNOWN: "open"}[
            self.found.outcome
        ]

    @property
    def tally(self) -> str:
        """How many checks were made, and how many of them failed."""
        failed = sum(line.result == "failed" for line in self.made)
        made = ngettext("%(count)d check was made", "%(count)d checks were made", len(self.made))
        of_them = ngettext("%(count)d failed", "%(count)d failed", failed) if failed else _("none failed")
        return f"{made % {'count': len(self.made)}}; {of_them % {'count': failed} if failed else of_them}."

    @property
    def has_badge(self) -> bool:
        """Whether the badge that the register draws today may stand beside the facts.

        Not of what was never issued so; but beside a picture that was painted over it shows the difference.
        """
        found = self.found
        registered = found.genuine or found.kind in (Kind.NUMBER, Kind.ORGANISATION) or _is_painted(found)
        return bool(registered and found.standing and found.standing is not Standing.NEVER)


def shown(found: Verification) -> Shown:
    """The verification, arranged."""
    return Shown(
        found=found,
        heading=_heading(found),
        answer=answer(found),
        made=[_line(check) for check in found.checks if check.passed is not None],
        left_open=[_line(check) for check in found.checks if check.passed is None],
    )


def _heading(found: Verification) -> Promise:
    if found.outcome is Outcome.VALID and found.kind is Kind.STATEMENT:
        return _("Genuine")
    if found.outcome is Outcome.INVALID and found.genuine:
        return _("Not valid today")
    return _HEADINGS[found.outcome]


def _is_painted(found: Verification) -> bool:
    picture, signature = found.check(CheckName.PICTURE), found.check(CheckName.SIGNATURE)
    failed = picture is not None and picture.passed is False
    return failed and signature is not None and signature.passed is True


def _line(check: Check) -> Line:
    result, word = RESULTS[check.passed]
    return Line(CHECKS[check.name], result, word, check.detail)

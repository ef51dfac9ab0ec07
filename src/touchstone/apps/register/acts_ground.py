"""What the ledger knows of an organisation when something is to be entered, and what every act needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from touchstone.apps.organisations.models import Organisation
from touchstone.apps.pack import scheme
from touchstone.apps.refusal import Refused
from touchstone.apps.register.ledger import append, history, lock, recorded
from touchstone.core.labels.known import KnownAct, as_known, described
from touchstone.core.labels.model import Act, Entry, EntryKind, LabelLevel, LevelStatus
from touchstone.core.labels.status import status_of

FIRST_DAY, LAST_DAY = date(2010, 1, 1), date(2199, 12, 31)  # no label is older, no plan reaches further
LONGEST_REASON = 1_000  # characters
LONGEST_NAME = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The acts of one organisation with their corrections, as of the moment at which another is entered."""

    organisation: str
    entries: tuple[Entry, ...]
    acts: tuple[KnownAct, ...]
    at: datetime

    @property
    def first_day(self) -> date:
        """The day on which its first label began."""
        begun = (known.act.valid_from for known in self.acts if known.act.kind.grants)
        return min(filter(None, begun), default=self.acts[0].act.effective)

    def described(self, on: date) -> Act:
        """How the organisation was called and where it stood on a day."""
        return described(self.acts, on=on)

    def levels(self, on: date) -> dict[LabelLevel, LevelStatus]:
        """How each level that had begun by then stands on a day."""
        now = status_of(self.acts, self.organisation, on=on, known=self.at, rule_sets=scheme().rule_sets)
        return {held.level: held for held in now.levels}

    def grant(self, level: LabelLevel | None, on: date) -> Act:
        """The newest grant of a level, or of any, that had begun by a day: what a stop of it rests on."""
        grants = [known.act for known in self.acts if known.act.kind.grants]
        begun = [act for act in grants if act.valid_from and act.valid_from <= on]
        own = [act for act in begun if level in {None, act.level}]
        return (own or begun or grants or [self.acts[-1].act])[-1]

    def gone(self, on: date) -> Act | None:
        """The merger or split by which the organisation has ceased by a day."""
        acts = (known.act for known in self.acts if known.act.kind.passes_on)
        ended = (act for act in acts if act.effective <= on and self.organisation not in act.others)
        return next(ended, None)

    def enter(
        self, kind: EntryKind, *, effective: date, actor: str, reason: str, **fields: Any
    ) -> Entry:  # any field of an act
        """Append an act, with case and rule set of the grant concerned and all else as known on its day."""
        known, grant = self.described(effective), self.grant(fields.get("level"), effective)
        own: dict[str, Any] = {
            "name": known.name,
            "country": known.country,
            "portfolio": known.portfolio,
            "website": known.website,
            "host": known.host,
            "rule_set": grant.rule_set,
            "case": grant.case,
        }
        act = Act(
            kind=kind, organisation=self.organisation, effective=effective, recorded=self.at,
            actor=actor.strip(), reason=reason.strip(), **(own | fields),
        )  # fmt: skip
        return append(act=act)


def ground(organisation: str, *, at: datetime) -> Ground:
    """Lock the ledger and look at an organisation. Refused where the ledger has nothing of it."""
    lock()
    here = ground_of(organisation, at=recorded(at))
    if not here.entries:
        raise Refused(f"The ledger knows no organisation “{organisation}”. Look its key up in the register.")
    return here


def ground_of(organisation: str, *, at: datetime) -> Ground:
    """What the ledger knows of an organisation, which may be nothing."""
    entries = history(organisation)
    return Ground(organisation=organisation, entries=entries, acts=as_known(entries), at=at)


def require_day(effective: date, here: Ground | None = None) -> None:
    """Refused for a day that no act can take effect on, or that lies before the first label."""
    if not FIRST_DAY <= effective <= LAST_DAY:
        raise Refused(f"{effective} cannot be meant. Give a day from {FIRST_DAY} to {LAST_DAY}.")
    if here and effective < here.first_day:
        name = here.described(effective).name
        raise Refused(f"On {effective} {name} had no label yet: its first one began on {here.first_day}.")


def require_reason(reason: str, *, needed: bool) -> None:
    """Refused where a reason is missing or longer than one can be."""
    if needed and not reason.strip():
        raise Refused("Say why: the reason stands in the ledger for everybody to read.")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"The reason has {len(reason)} characters; {LONGEST_REASON} are the most.")


def require_going_on(here: Ground, on: date) -> None:
    """Refused where an organisation has gone into others by a day."""
    ended = here.gone(on)
    if ended:
        became = ", ".join(ended.others)
        raise Refused(f"{ended.name} ceases on {ended.effective} already: it becomes {became}.")


def require_others(here: Ground, others: Sequence[str], on: date) -> None:
    """Refused where what an organisation is to become is nothing, itself, unknown or gone."""
    if not others:
        raise Refused("Name what it becomes: at least one other organisation.")
    for key in others:
        if key == here.organisation:
            raise Refused("An organisation cannot go into itself.")
        there = ground_of(key, at=here.at)
        if not there.entries and not Organisation.objects.filter(key=key).exists():
            raise Refused(f"There is no organisation “{key}”. Add it first.")
        require_going_on(there, on)

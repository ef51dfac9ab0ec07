"""This installation's register, as the checks ask it."""

from collections.abc import Sequence
from datetime import date, datetime

from touchstone.apps import pack
from touchstone.apps.certificates.models import Certificate
from touchstone.apps.credentials.telling import told as credentials_told
from touchstone.apps.proofs.services import answer
from touchstone.apps.register import signing
from touchstone.apps.register.histories import restored
from touchstone.apps.register.models import LedgerEntry
from touchstone.apps.register.services import history, status
from touchstone.apps.verification.asking import Registered
from touchstone.core.faults import Unusable
from touchstone.core.labels.grants import Fate, Grant, grants
from touchstone.core.labels.known import KnownAct, as_known, known_entries, told
from touchstone.core.labels.ledger import FIRST_PREVIOUS, UnknownKey, hash_of
from touchstone.core.labels.model import Act, Entry, Standing
from touchstone.core.labels.proof import Proof
from touchstone.core.labels.status import status_of
from touchstone.output.printable import plain


class OwnRegister:
    """The register as known at a moment (aware)."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def label(self, number: int, *, known: datetime | None = None) -> Registered | None:
        """What the ledger entry of that number says, as known at a moment or now; None without one."""
        row = LedgerEntry.objects.filter(number=number).first()
        if row is None:
            return None
        flaw = _flaw(row)
        try:
            entry, entries = restored(row), history(row.organisation)
        except Unusable as unusable:
            raise Unusable("the ledger", *unusable.faults) from unusable
        return self._registered(entry, entries, known or self._now(entries), flaw)

    def headline(self, key: str) -> int | None:
        """The number of the grant that an organisation's page and badge show; None where it has none."""
        entries = history(key)
        if not entries:
            return None
        now = status(key, on=self.at.date(), known=self._now(entries))
        of_level = [one for one in self._grants(entries, self._now(entries)) if one.act.level is now.level]
        begun = [one for one in of_level if one.fate is not Fate.NOT_BEGUN] or of_level
        return max((one.number for one in begun), default=None)

    def certificate(self, sha256: str) -> int | None:
        """The number on a certificate that was made here and kept; None where no such file was."""
        return Certificate.objects.filter(sha256=sha256).values_list("entry", flat=True).first()

    def says(self, proof: Proof) -> bool | None:
        """Whether the ledger still gives a proof's answers; None where that cannot be said."""
        asked = [line.asked for line in proof.lines]
        question = proof.question
        try:
            again = answer(
                asked,
                level=question.level,
                match=question.match,
                on=question.on,
                at=self.at,
                known=question.known,
                upto=proof.ledger.number,
            )
        except Unusable:
            return None
        return again == proof

    def _registered(
        self, entry: Entry, entries: tuple[Entry, ...], known: datetime, flaw: str
    ) -> Registered | None:
        acts = as_known(known_entries(entries, known=known))
        if not acts or entry.act.recorded > known:
            return None
        said = told(acts)
        name, others = said.on(self.at.date()).name, said.former_names(self.at.date())
        granted = {one.number: one for one in self._grants(entries, known)}
        own = granted.get(entry.number)
        run = _run(own, granted) if own else ()
        last = run[-1] if run else None
        act = own.act if own else entry.act
        return Registered(
            number=entry.number,
            kind=entry.act.kind,
            key=entry.act.organisation,
            names=tuple(dict.fromkeys(map(plain, (name, *others, entry.act.name)))),
            recorded=entry.act.recorded,
            level=act.level,
            valid_from=act.valid_from,
            valid_until=act.valid_until,
            corrected_by=own.corrected_by if own else (),
            standing=_standing(last.fate) if last else None,
            until=last.act.valid_until if last else None,
            ends=(*(one.act.valid_until for one in run if one.act.valid_until), *self._shown(acts, act)),
            renewed_by=last.number if len(run) > 1 and last else None,
            flaw=flaw,
            synthetic=credentials_told(act).synthetic,
        )

    def _grants(self, entries: tuple[Entry, ...], known: datetime) -> tuple[Grant, ...]:
        return grants(entries, on=self.at.date(), known=known, rule_sets=pack.scheme().rule_sets)

    def _shown(self, acts: Sequence[KnownAct], granted: Act) -> tuple[date, ...]:
        """The last day that the badge of a level shows today, a renewal entered ahead counted in."""
        rules = pack.scheme().rule_sets
        now = status_of(acts, granted.organisation, on=self.at.date(), known=self.at, rule_sets=rules)
        return tuple(held.valid_until for held in now.levels if held.level is granted.level)

    def _now(self, entries: tuple[Entry, ...]) -> datetime:
        """Now, which is after all that is recorded, also where the clock was set back since."""
        return max(self.at, *(entry.act.recorded for entry in entries))


def _run(own: Grant, granted: dict[int, Grant]) -> tuple[Grant, ...]:
    """A grant and those that carry its label on to this day, renewal after renewal."""
    run = [own]
    while run[-1].renewed_by in granted and run[-1].fate is Fate.RENEWED:
        run.append(granted[run[-1].renewed_by])
    return tuple(run)


def _standing(fate: Fate) -> Standing:
    """The standing of the last grant of a run, which is renewed by none."""
    return Standing.NEVER if fate is Fate.NOT_BEGUN else Standing(fate.value)


def _flaw(row: LedgerEntry) -> str:
    """How an entry is not as it was written; empty where it is. Of the chain only its own link."""
    before = LedgerEntry.objects.filter(number=row.number - 1).values_list("hash", flat=True).first()
    if row.previous != (before if row.number > 1 else FIRST_PREVIOUS):
        return "it does not follow the entry before it."
    kept = row.as_stored()
    if kept.hash != hash_of(previous=kept.previous, number=kept.number, document=kept.document):
        return "its digest differs."
    try:
        right = signing.checker()(kept.key, bytes.fromhex(kept.hash), bytes.fromhex(kept.signature))
    except (UnknownKey, ValueError):
        return "its signature cannot be checked."
    if not right:
        return "its signature is wrong."
    last = signing.signers().retired.get(kept.key)
    return "its key had signed its last before." if last and kept.number > last.entry else ""

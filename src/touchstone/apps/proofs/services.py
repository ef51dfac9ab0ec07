"""Status on a day, as proof: the answer, and the two files that can be checked years later.

Nothing is kept. The same question, as known at the same moment, has the same answer whenever it is asked.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from touchstone.apps import pack
from touchstone.apps.certificates.services import the_seal
from touchstone.apps.proofs.finding import Found, find, suggestions
from touchstone.apps.refusal import Refused
from touchstone.apps.register import services as register
from touchstone.apps.register import signing
from touchstone.apps.register.histories import restored
from touchstone.apps.register.models import LedgerEntry, LedgerHead
from touchstone.core.labels.known import as_known, described
from touchstone.core.labels.ledger import FIRST_PREVIOUS
from touchstone.core.labels.model import LabelLevel
from touchstone.core.labels.proof import (
    Candidate,
    Finding,
    LedgerPoint,
    Line,
    Match,
    Proof,
    Question,
    line_of,
    unknown,
)
from touchstone.core.labels.status import status_of
from touchstone.output.keys import public_keys
from touchstone.output.proof import ProofCheck, check_proof, signed_proof
from touchstone.output.proof_pdf import proof_pdf
from touchstone.output.seal import seal

__all__ = ["MOST", "SUGGESTED", "Refused", "answer", "check", "document", "pdf", "suggested"]

MOST = 500  # names in one question
SUGGESTED = 25  # so many of those that were not found get names that are like them


def answer(
    names: Sequence[str],
    *,
    level: LabelLevel,
    match: Match,
    on: date,
    at: datetime,
    known: datetime | None = None,
    upto: int | None = None,
) -> Proof:
    """Whether each of these names, keys or numbers held such a label on a day, as known at a moment.

    `at` is now, and `known` by default too. `upto` names the last ledger entry to look at, for who asks the
    same again. Refuses no name, more than 500, and a moment that has not come yet.
    """
    if not names:
        raise Refused(_("No organisation was named. Write at least one name, one a line."))
    if len(names) > MOST:
        told = _("%(count)s names were given. A proof answers for at most %(most)s: ask in several parts.")
        raise Refused(told % {"count": f"{len(names):,}", "most": MOST})
    known = _known(known, at)
    _close_day(at)
    point = _point(known, upto)
    question = Question(level=level, match=match, on=on, known=known)
    found = find(names, upto=point.number)
    lines = tuple(_line(name, question, found) for name in names)
    return Proof(installation=settings.TOUCHSTONE_ADDRESS, question=question, ledger=point, lines=lines)


def suggested(proof: Proof, *, today: date) -> dict[str, tuple[str, ...]]:
    """Names of the register that are like those which were not found. They are no part of the proof."""
    missing = [line.asked for line in proof.lines if line.finding is Finding.NONE][:SUGGESTED]
    return {text: like for text in missing if (like := suggestions(text, on=today))}


def document(proof: Proof) -> str:
    """The signed file of a proof: the same bytes whenever the same is asked."""
    return signed_proof(proof, signing.signer(first=proof.ledger.number == 0))


def pdf(proof: Proof, *, language: str, at: datetime) -> bytes:
    """The proof as a sealed PDF with the signed file attached. `at` is the time of sealing."""
    made = proof_pdf(proof, signed=document(proof), language=language)
    return seal(made, the_seal(at=at), at=at)


def check(content: str | bytes) -> ProofCheck:
    """The check of a proof's file against all keys that are kept here."""
    return check_proof(content, public_keys(Path(settings.TOUCHSTONE_HOME) / "keys"))


def _known(known: datetime | None, at: datetime) -> datetime:
    """The moment asked for. Now is after all that is recorded, also where the clock was set back since."""
    tail = LedgerEntry.objects.order_by("-number").first()
    now = max(at, _recorded(tail)) if tail else at
    if known is not None and known > now:
        raise Refused(_("Nobody knows yet what will be known then. Choose today or a day before it."))
    return known or now


def _close_day(at: datetime) -> None:
    """See that the head of yesterday is written: a proof names the last one, and must do so ever after."""
    # Where the clock is far off it is refused, and the next entry closes the days before it.
    with suppress(Refused):
        register.close_day(at=at)


def _point(known: datetime, upto: int | None) -> LedgerPoint:
    """How far the ledger reached at a moment."""
    number = _last_by(known) if upto is None else min(upto, _last_by(known))
    last = LedgerEntry.objects.filter(number=number).first()
    # Days are heads' in UTC, and one is closed when it is over.
    head = LedgerHead.objects.filter(day__lt=known.date(), number__lte=number).order_by("-day").first()
    return LedgerPoint(
        number=number,
        hash=last.hash if last else FIRST_PREVIOUS,
        head=head.hash if head else "",
        head_day=head.day if head else None,
    )


def _last_by(known: datetime) -> int:
    """The number of the last entry that was recorded by a moment: halves the ledger, which is in order."""
    tail = LedgerEntry.objects.order_by("-number").first()
    low, high = 0, tail.number if tail else 0
    while low < high:
        middle = (low + high + 1) // 2
        if _recorded(LedgerEntry.objects.get(number=middle)) <= known:
            low = middle
        else:
            high = middle - 1
    return low


def _recorded(row: LedgerEntry) -> datetime:
    return restored(row).act.recorded


def _line(asked: str, question: Question, found: Found) -> Line:
    acts = {key: as_known(found.entries[key]) for key in sorted(found.keys[asked])}
    candidates = [Candidate(key=key, name=described(own, on=question.on).name) for key, own in acts.items()]
    if len(candidates) != 1:
        return unknown(asked, candidates)
    ((key, own),) = acts.items()
    status = status_of(own, key, on=question.on, known=question.known, rule_sets=pack.scheme().rule_sets)
    return line_of(
        question, asked, candidates[0], status, entries=(entry.number for entry in found.entries[key])
    )

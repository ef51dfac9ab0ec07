"""Proof of what the register said: the labels of some organisations on a day, as known at a moment.

A proof names the last ledger entry that it rests on, and that entry's hash. Whoever keeps the ledger can so
say years later whether the same question still has the same answer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, TypeVar

from touchstone.core.faults import Fault, Unusable
from touchstone.core.labels.documents import moment_text
from touchstone.core.labels.model import LabelLevel, LevelStatus, Standing, Status

FORMAT: Final = "touchstone-proof/1"
T = TypeVar("T")
# A tree of texts, numbers and flags, as JSON has it.
Document = dict[str, Any]


class Match(StrEnum):
    """Whether a higher level answers the question too."""

    AT_LEAST = "at_least"
    EXACTLY = "exactly"


class Finding(StrEnum):
    """What came of looking for an organisation. It is never guessed which one is meant."""

    ONE = "one"
    NONE = "none"
    SEVERAL = "several"


class Verdict(StrEnum):
    """The answer of a line. Unknown is said of what was not found, and of nothing else."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Was such a label valid on a day (`on`), by what was known at a moment (`known`, aware)?"""

    level: LabelLevel
    match: Match
    on: date
    known: datetime

    def asks_for(self, level: LabelLevel) -> bool:
        """Whether a label of that level, where it is valid, makes the answer yes."""
        return level is self.level or (self.match is Match.AT_LEAST and level.rank > self.level.rank)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An organisation that a text may mean: its key, and its name as then known."""

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The answer about one text that was asked.

    `candidates` are the organisations of that name: one, none or several. `shown` is the label that decides,
    None where there was none; `levels` are all labels on the day, `entries` the ledger entries of the
    organisation that all this follows from, `successors` the keys of what it had become by a merger or split.
    """

    asked: str
    verdict: Verdict
    candidates: tuple[Candidate, ...] = ()
    shown: LevelStatus | None = None
    levels: tuple[LevelStatus, ...] = ()
    entries: tuple[int, ...] = ()
    successors: tuple[str, ...] = ()

    @property
    def finding(self) -> Finding:
        if len(self.candidates) > 1:
            return Finding.SEVERAL
        return Finding.ONE if self.candidates else Finding.NONE

    @property
    def standing(self) -> Standing | None:
        """How the label that decides stands; None where it is not known whose it is."""
        if self.finding is not Finding.ONE:
            return None
        return self.shown.standing if self.shown else Standing.NEVER


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPoint:
    """How far the ledger reached: number and hash of its last entry (0 and 64 zeros while it was empty).

    `head` is the hash of the last daily head published by then, `head_day` its day; empty before the first.
    """

    number: int
    hash: str
    head: str = ""
    head_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A question, and the answer about each organisation. `installation` is the address of who answers."""

    installation: str
    question: Question
    ledger: LedgerPoint
    lines: tuple[Line, ...]

    def count(self, verdict: Verdict) -> int:
        """How many lines have this answer."""
        return sum(line.verdict is verdict for line in self.lines)


def line_of(
    question: Question, asked: str, organisation: Candidate, status: Status, *, entries: Iterable[int]
) -> Line:
    """The answer about an organisation that was found.

    The label that decides is the best one that was asked for; where there is none, the best one of all.
    """
    wanted = [level for level in status.levels if question.asks_for(level.level)]
    shown = next(iter((*wanted, *status.levels)), None)
    holds = any(level.standing is Standing.VALID for level in wanted)
    return Line(
        asked=asked,
        verdict=Verdict.YES if holds else Verdict.NO,
        candidates=(organisation,),
        shown=shown,
        levels=status.levels,
        entries=tuple(entries),
        successors=status.successors,
    )


def unknown(asked: str, candidates: Iterable[Candidate]) -> Line:
    """The line of a text that means no organisation, or several."""
    return Line(asked=asked, verdict=Verdict.UNKNOWN, candidates=tuple(candidates))


# --- as a document ------------------------------------------------------------------------------------


def proof_as_document(proof: Proof) -> Document:
    """The proof in JSON's own types; `documents.canonical` of it is what is signed."""
    question, ledger = proof.question, proof.ledger
    return {
        "format": FORMAT,
        "installation": proof.installation,
        "question": {
            "level": question.level.value,
            "match": question.match.value,
            "on": question.on.isoformat(),
            "known": moment_text(question.known),
        },
        "ledger": {
            "number": ledger.number,
            "hash": ledger.hash,
            "head": ledger.head,
            "head_day": _text_of(ledger.head_day),
        },
        "summary": {verdict.value: proof.count(verdict) for verdict in Verdict},
        "answers": [_line_document(line) for line in proof.lines],
    }


def proof_from_document(document: object) -> Proof:
    """The proof that a parsed document holds. Raises Unusable where it says more, less or anything else."""
    try:
        proof = _proof(document)
        written = proof_as_document(proof)
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError) as error:
        raise Unusable("", Fault("proof", "is not what a proof of this program says.")) from error
    if not _same(written, document):
        raise Unusable("", Fault("proof", "is not written as a proof of this program is."))
    return proof


def _line_document(line: Line) -> Document:
    return {
        "asked": line.asked,
        "found": line.finding.value,
        "organisations": [{"key": one.key, "name": one.name} for one in line.candidates],
        "answer": line.verdict.value,
        "label": line.shown and _level_document(line.shown),
        "standing": line.standing and line.standing.value,
        "labels": [_level_document(level) for level in line.levels],
        "entries": list(line.entries),
        "successors": list(line.successors),
    }


def _level_document(level: LevelStatus) -> Document:
    return {
        "level": level.level.value,
        "standing": level.standing.value,
        "valid_from": level.valid_from.isoformat(),
        "valid_until": level.valid_until.isoformat(),
        "renewable_until": level.renewable_until.isoformat(),
    }


def _proof(document: Any) -> Proof:
    # Any: parsed JSON from outside. What does not fit raises, and what was passed over shows afterwards.
    question, ledger = document["question"], document["ledger"]
    return Proof(
        installation=_is(str, document["installation"]),
        question=Question(
            level=LabelLevel(question["level"]),
            match=Match(question["match"]),
            on=date.fromisoformat(question["on"]),
            known=datetime.fromisoformat(question["known"]),
        ),
        ledger=LedgerPoint(
            number=_is(int, ledger["number"]),
            hash=_is(str, ledger["hash"]),
            head=_is(str, ledger["head"]),
            head_day=date.fromisoformat(ledger["head_day"]) if ledger["head_day"] else None,
        ),
        lines=tuple(map(_line, document["answers"])),
    )


def _line(document: Any) -> Line:
    # Any: see _proof.
    return Line(
        asked=_is(str, document["asked"]),
        verdict=Verdict(document["answer"]),
        candidates=tuple(map(_candidate, document["organisations"])),
        shown=_level(document["label"]) if document["label"] else None,
        levels=tuple(map(_level, document["labels"])),
        entries=tuple(_is(int, number) for number in document["entries"]),
        successors=tuple(_is(str, key) for key in document["successors"]),
    )


def _candidate(document: Any) -> Candidate:
    # Any: see _proof.
    return Candidate(key=_is(str, document["key"]), name=_is(str, document["name"]))


def _level(document: Any) -> LevelStatus:
    # Any: see _proof.
    days = {name: date.fromisoformat(document[name]) for name in _DAYS}
    return LevelStatus(level=LabelLevel(document["level"]), standing=Standing(document["standing"]), **days)


_DAYS = ("valid_from", "valid_until", "renewable_until")


def _is(kind: type[T], value: object) -> T:
    if type(value) is not kind:  # a flag is a number to Python, and to nobody else
        raise TypeError(f"not {kind}")
    return value


def _same(ours: object, theirs: object) -> bool:
    """Whether two documents are equal, types too: to Python, 1 is the same as True and as 1.0."""
    if type(ours) is not type(theirs):
        return False
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        return ours.keys() == theirs.keys() and all(_same(ours[name], theirs[name]) for name in ours)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(_same, ours, theirs))
    return ours == theirs


def _text_of(day: date | None) -> str:
    return day.isoformat() if day else ""

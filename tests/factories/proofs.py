"""Proofs by hand: a question of November 2026 about a handful of organisations."""

from datetime import UTC, date, datetime
from typing import Any

from touchstone.core.labels.model import LabelLevel, LevelStatus, Standing, Status
from touchstone.core.labels.proof import (
    Candidate,
    LedgerPoint,
    Line,
    Match,
    Proof,
    Question,
    Verdict,
    line_of,
    unknown,
)

ON = date(2026, 11, 21)
KNOWN = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
AMBER = Candidate(key="lt-amber", name="Amber Cluster")


def question(**changes: Any) -> Question:
    """Was the Silver label or a higher one valid on 21 November 2026?"""
    fields = {"level": LabelLevel.SILVER, "match": Match.AT_LEAST, "on": ON, "known": KNOWN}
    return Question(**(fields | changes))


def held(level: LabelLevel = LabelLevel.SILVER, standing: Standing = Standing.VALID) -> LevelStatus:
    """A level that runs to the end of 2026."""
    return LevelStatus(
        level=level,
        standing=standing,
        valid_from=date(2024, 1, 10),
        valid_until=date(2026, 12, 31),
        renewable_until=date(2027, 12, 31),
    )


def status(*levels: LevelStatus, successors: tuple[str, ...] = ()) -> Status:
    """The status of Amber with these levels, the best first."""
    best = levels[0] if levels else None
    return Status(
        organisation=AMBER.key,
        standing=best.standing if best else Standing.NEVER,
        level=best.level if best else None,
        valid_from=best.valid_from if best else None,
        valid_until=best.valid_until if best else None,
        renewable_until=best.renewable_until if best else None,
        on=ON,
        known=KNOWN,
        levels=levels,
        successors=successors,
    )


def line(*levels: LevelStatus, asked: str = AMBER.name, **changes: Any) -> Line:
    """The answer about Amber with these levels."""
    return line_of(question(**changes), asked, AMBER, status(*levels), entries=(3, 18, 19, 20))


def proof(*lines: Line, **changes: Any) -> Proof:
    """A proof of these lines; without, of one of each kind."""
    every = (
        line(held()),
        line(held(LabelLevel.BRONZE, Standing.SUSPENDED), asked="amber"),
        line(asked="lt-amber"),
        unknown("Nobody", ()),
        unknown("Twins", (AMBER, Candidate(key="pl-twin", name="Twins"))),
    )
    fields = {
        "installation": "https://labels.example.org",
        "question": question(),
        "ledger": LedgerPoint(number=20, hash="ab" * 32, head="cd" * 32, head_day=date(2026, 11, 20)),
        "lines": lines or every,
    }
    return Proof(**(fields | changes))


VERDICTS = (Verdict.YES, Verdict.NO, Verdict.NO, Verdict.UNKNOWN, Verdict.UNKNOWN)

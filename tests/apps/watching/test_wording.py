"""What watchers are told of each kind of entry, in words."""

from datetime import date
from typing import Any

import pytest

from factories.labels import act, moment
from touchstone.apps.watching import wording
from touchstone.core.labels.model import ENTERED_TWICE, Entry, EntryKind, LabelLevel

BY_DAY = {"effective": date(2026, 11, 21)}


def said(kind: EntryKind, **fields: Any) -> str:
    made = Entry(number=7, act=act(kind, **fields), previous="", hash="", key="", signature="")
    return wording.of_entry(made).removeprefix("Aviation Valley: ").removesuffix(" (Ledger entry 7.)")


PERIOD = "valid from 10 January 2024 until 31 January 2026."
KINDS = {
    EntryKind.AWARD: ({}, f"the Bronze label was awarded, {PERIOD}"),
    EntryKind.RENEWAL: ({}, f"the Bronze label was renewed, {PERIOD}"),
    EntryKind.UPGRADE: ({"level": LabelLevel.GOLD}, f"raised to the Gold label, {PERIOD}"),
    EntryKind.SUSPENSION: (BY_DAY, "every label was suspended as of 21 November 2026."),
    EntryKind.REINSTATEMENT: (
        {**BY_DAY, "level": LabelLevel.SILVER},
        "the Silver label was reinstated as of 21 November 2026.",
    ),
    EntryKind.WITHDRAWAL: (
        {**BY_DAY, "level": LabelLevel.SILVER, "reason": "Given\n\nback."},
        "the Silver label was withdrawn as of 21 November 2026. Reason: Given back.",
    ),
    EntryKind.CORRECTION: (
        {"corrects": 3, "valid_until": date(2026, 2, 1), "renewable_until": date(2027, 5, 1)},
        "ledger entry 3 was corrected. It now says: valid until 1 February 2026, renewable until 1 May 2027.",
    ),
    EntryKind.RENAME: (BY_DAY, "this is the organisation's name as of 21 November 2026."),
    EntryKind.HOST: ({**BY_DAY, "host": "Stone Ltd"}, "carried by Stone Ltd as of 21 November 2026."),
    EntryKind.MERGER: (
        {**BY_DAY, "others": ("pl-a", "pl-b")},
        "merged as of 21 November 2026. It has become: pl-a, pl-b.",
    ),
    EntryKind.SPLIT: ({**BY_DAY, "others": ("pl-a",)}, "split as of 21 November 2026. It has become: pl-a."),
}


@pytest.mark.parametrize("kind", EntryKind)
def test_each_kind_of_entry_has_its_sentence(kind: EntryKind) -> None:
    fields, sentence = KINDS[kind]
    assert said(kind, **fields) == sentence


def test_a_correction_of_a_level_alone_says_no_days() -> None:
    assert said(EntryKind.CORRECTION, corrects=3) == "ledger entry 3 was corrected."


def test_a_host_that_is_gone_is_said() -> None:
    assert said(EntryKind.HOST, **BY_DAY) == "carried by no body that is known as of 21 November 2026."


def test_a_name_with_line_breaks_stays_in_its_line() -> None:
    assert "\n" not in said(EntryKind.AWARD, name="A\n\nStop it: http://evil", recorded=moment())


@pytest.mark.parametrize(
    ("today", "left"),
    [(date(2026, 12, 31), "today"), (date(2026, 12, 30), "in 1 day"), (date(2026, 12, 1), "in 30 days")],
)
def test_an_end_is_told_with_the_days_that_are_left(today: date, left: str) -> None:
    assert wording.of_end("Amber", "gold", date(2026, 12, 31), today=today) == (
        f"Amber: the Gold label ends on 31 December 2026, {left}, unless it is renewed."
    )


def test_two_records_of_one_organisation_are_not_said_to_have_merged() -> None:
    told = said(EntryKind.MERGER, **BY_DAY, others=("pl-a",), origin=ENTERED_TWICE)
    assert told == "was entered twice. As of 21 November 2026 its labels stand under: pl-a."

"""Ledgers of one organisation over a few weeks in which anything may happen, for property tests."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate

from hypothesis import strategies as st

from factories.labels import act, award, moment, unchained
from touchstone.core.labels.model import Entry, EntryKind, LabelLevel

KEY = "pl-aviation-valley"
BEGIN = date(2020, 1, 1)

DAYS = st.integers(0, 40).map(lambda number: BEGIN + timedelta(days=number))
LEVELS = st.sampled_from([LabelLevel.BRONZE, LabelLevel.GOLD])
NAMES = st.sampled_from(["Aviation Valley", "Aviation Hill", "Sky"])
HOSTS = st.sampled_from(["", "University", "Foundation"])
BECAME = st.sampled_from([("pl-other",), (KEY, "pl-third"), ("pl-third", "pl-other")])
GRANTS = st.builds(
    lambda kind, level, start, length, grace, host: award(
        start,
        start + timedelta(days=length),
        kind=kind,
        level=level,
        renewable_until=None if grace is None else start + timedelta(days=length + grace),
        host=host,
    ),
    st.sampled_from([EntryKind.AWARD, EntryKind.RENEWAL, EntryKind.UPGRADE]),
    LEVELS,
    DAYS,
    st.integers(0, 15),
    st.none() | st.integers(0, 10),
    HOSTS,
)
STOPS = st.builds(
    lambda kind, level, effective: act(kind, level=level, effective=effective),
    st.sampled_from([EntryKind.SUSPENSION, EntryKind.REINSTATEMENT, EntryKind.WITHDRAWAL]),
    st.none() | LEVELS,
    DAYS,
)
CHANGES = st.builds(
    lambda kind, name, host, effective: act(kind, name=name, host=host, effective=effective),
    st.sampled_from([EntryKind.RENAME, EntryKind.HOST]),
    NAMES,
    HOSTS,
    DAYS,
)
PASSINGS = st.builds(
    lambda kind, others, effective: act(kind, others=others, effective=effective),
    st.sampled_from([EntryKind.MERGER, EntryKind.SPLIT]),
    BECAME,
    DAYS,
)
CORRECTIONS = st.builds(
    lambda **given: act(EntryKind.CORRECTION, **given),
    corrects=st.integers(1, 8),
    level=st.none() | LEVELS,
    effective=DAYS,
    valid_from=st.none() | DAYS,
    valid_until=st.none() | DAYS,
    name=NAMES,
    host=HOSTS,
    others=st.just(()) | BECAME,
)


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[Entry, ...]:
    """Up to eight entries of one organisation, recorded over the days and effective on any of them."""
    acts = draw(st.lists(GRANTS | STOPS | CHANGES | PASSINGS | CORRECTIONS, max_size=8))
    waits = draw(st.lists(st.integers(0, 10), min_size=len(acts), max_size=len(acts)))
    recorded = accumulate(waits, initial=0)
    return unchained(
        replace(one, recorded=moment("2020-01-01") + timedelta(days=day))
        for one, day in zip(acts, recorded, strict=False)
    )

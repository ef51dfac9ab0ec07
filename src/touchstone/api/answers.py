"""What is answered to each question, in JSON's own types."""

from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from touchstone.api import cursors
from touchstone.api.answering import MEDIA_TYPE, as_bytes, link, written
from touchstone.api.problems import NO_ORGANISATION, PARAMETERS, Refusal
from touchstone.api.schemas import KEY, EntriesAsked, ListAsked
from touchstone.apps import pack
from touchstone.apps.register import services
from touchstone.apps.register.histories import restored
from touchstone.apps.register.models import LedgerEntry, LedgerHead, RegisterGroup
from touchstone.apps.register.opening_lists import Listed, Wanted, listed, listing
from touchstone.core.faults import Fault
from touchstone.core.labels.documents import moment_text
from touchstone.core.labels.known import as_known, known_entries
from touchstone.core.labels.ledger import entry_as_document
from touchstone.core.labels.model import Entry, LabelLevel, LevelStatus, Standing
from touchstone.core.labels.register import HistoryLine, Relative
from touchstone.core.labels.register import history as lines_of
from touchstone.core.scheme.naming import suggestion

Document = dict[str, object]
_KNOWN: Final = "@known@"  # stands in a kept answer for the moment, which each answer tells anew


def organisations(
    request: HttpRequest, asked: ListAsked, on: date, known: datetime, now: datetime
) -> HttpResponse:
    """A page of the register; Link tells the next one too."""
    wanted = _wanted(asked, on, None if known >= now else known)
    question = (on, asked.known, *(getattr(asked, name) for name in _FILTERS))
    page = listing(wanted, after=cursors.after(asked.cursor, question), limit=asked.limit)
    following = None
    if page.next is not None:
        kept = {**request.GET.dict(), "cursor": cursors.cursor(page.next, question)}
        following = link(f"{request.path}?{urlencode(kept)}")
    items = [_in_short(one) for one in page.items]
    answer = written({"on": on, "known": known, "items": items, "next": following})
    if following:
        answer["Link"] = f'<{following}>; rel="next"'
    return answer


def organisation(key: str, on: date, known: datetime) -> Document:
    """One organisation with its levels, its origin and what it became."""
    row = services.row(key, on=on, known=known) if KEY.fullmatch(key) else None
    if row is None:
        raise Refusal(NO_ORGANISATION, detail=_not_on_the_day(key, on))
    return {
        **_in_short(listed(row, row.status.levels[0])),
        "levels": [_level(one) for one in row.status.levels],
        "successors": [_relative(one) for one in row.successors],
        "predecessors": [_relative(one) for one in row.predecessors],
        "badge": link(f"/badge/{key}.svg"),
        "history": link(reverse("api:api-1:history", args=[key])),
    }


def status(key: str, on: date, known: datetime, now: datetime, number: int) -> HttpResponse:
    """The label on a day. What is known now is kept until the ledger grows, so that it is told quickly."""
    if known < now:
        return HttpResponse(_status(key, on, known, moment_text(known)), content_type=MEDIA_TYPE)
    kept = _status_now(key, on, number)
    return HttpResponse(kept.replace(_KNOWN.encode(), moment_text(now).encode()), content_type=MEDIA_TYPE)


def history(key: str, known: datetime) -> Document:
    """All that happened to an organisation's labels, as known at a moment."""
    entries = known_entries(_entries_of(key), known=known)
    reasons = {entry.number: entry.act.reason for entry in entries}
    items = [_line(line, reasons[line.number]) for line in lines_of(as_known(entries))]
    return {"organisation": key, "known": known, "items": items}


def figures(on: date) -> Document:
    """The two figures, of all organisations and of each level."""
    both = services.figures(on=on)
    # On a day there is one row a level and organisation.
    told = RegisterGroup.objects.on(on).by("level", "standing")
    levels = [
        {
            "level": level.value,
            "valid": told.get((level, Standing.VALID), 0),
            "ever": sum(told.get((level, standing), 0) for standing in Standing),
        }
        for level in LabelLevel
    ]
    return {"on": on, "valid": both.valid, "ever": both.ever, "levels": levels}


def entries(request: HttpRequest, asked: EntriesAsked) -> HttpResponse:
    """Entries of the ledger by number."""
    kept = list(LedgerEntry.objects.filter(number__gt=asked.after).order_by("number")[: asked.limit + 1])
    following = None
    if len(kept) > asked.limit:
        query = urlencode({**request.GET.dict(), "after": kept[asked.limit - 1].number})
        following = link(f"{request.path}?{query}")
    items = [entry_as_document(restored(row)) for row in kept[: asked.limit]]
    answer = written({"items": items, "next": following})
    if following:
        answer["Link"] = f'<{following}>; rel="next"'
    return answer


def heads(_: int) -> Document:
    """All heads of the ledger, oldest first."""
    return {"items": list(LedgerHead.objects.order_by("day").values(*_HEAD))}


def scheme(_: int) -> Document:
    """The scheme in short."""
    told = pack.scheme()
    rule_sets = sorted(told.rule_sets.values(), key=lambda rules: rules.in_force_from)
    return {
        "id": told.id,
        "name": told.name,
        "levels": [{"id": level.value, "name": level.value.capitalize()} for level in LabelLevel],
        "portfolios": [{"id": one.id, "name": one.name} for one in told.portfolios.values()],
        "rule_sets": [
            {"id": r.id, "name": r.name, "in_force_from": r.in_force_from, "decided_by": r.decided_by}
            for r in rule_sets
        ],
    }


_HEAD: Final = ("day", "number", "entry", "previous", "hash", "key", "signature")
_FILTERS: Final = ("q", "country", "portfolio", "level", "state", "expiring_within")


def _wanted(asked: ListAsked, on: date, known: datetime | None) -> Wanted:
    portfolios = pack.scheme().portfolios
    if asked.portfolio and asked.portfolio not in portfolios:
        remedy = suggestion(asked.portfolio, portfolios) or "See /api/v1/scheme for their ids."
        raise Refusal(PARAMETERS, Fault("portfolio", "is none of the scheme’s.", remedy))
    return Wanted(
        on=on,
        known=known,
        q=asked.q,
        country=asked.country,
        portfolio=asked.portfolio,
        level=LabelLevel(asked.level) if asked.level else None,
        state=Standing(asked.state) if asked.state else None,
        expiring_within=asked.expiring_within,
    )


def _in_short(one: Listed) -> Document:
    return {
        "key": one.key,
        "name": one.name,
        "former_names": list(one.former_names),
        "country": one.country,
        "portfolio": one.portfolio,
        "website": one.website,
        "host": one.host,
        **_level(one.level),
        "first_labelled_on": one.first_labelled_on,
        "page": link(reverse("public:organisation", args=[one.key])),
    }


def _level(one: LevelStatus) -> Document:
    return {
        "level": one.level.value,
        "status": one.standing.value,
        "valid_from": one.valid_from,
        "valid_until": one.valid_until,
        "renewable_until": one.renewable_until,
    }


def _relative(one: Relative) -> Document:
    return {"key": one.organisation, "name": one.name, "kind": one.kind.value, "effective": one.effective}


def _line(line: HistoryLine, reason: str) -> Document:
    told = {**asdict(line), "reason": reason, "kind": line.kind.value}
    return {**told, "level": line.level and line.level.value}


def _entries_of(key: str) -> tuple[Entry, ...]:
    """The entries of an organisation; raises Refusal where there are none."""
    found = services.history(key) if KEY.fullmatch(key) else ()
    if not found:
        raise Refusal(NO_ORGANISATION)
    return found


@lru_cache(maxsize=20_000)
def _status_now(key: str, on: date, number: int) -> bytes:  # noqa: ARG001  (the number is what it is kept by)
    told = services.status_now(key, on=on) if KEY.fullmatch(key) else None
    if told is None:  # no label by then, or no such organisation: the ledger tells which
        return _status(key, on, datetime.max.replace(tzinfo=UTC), _KNOWN)
    return as_bytes({**services.status_document(told), "known": _KNOWN})


def _status(key: str, on: date, known: datetime, told: str) -> bytes:
    """The answer; `told` is what it says of its moment."""
    if not KEY.fullmatch(key):
        raise Refusal(NO_ORGANISATION)
    now = services.status(key, on=on, known=known)
    if now.standing is Standing.NEVER and not LedgerEntry.objects.filter(organisation=key).exists():
        raise Refusal(NO_ORGANISATION)
    return as_bytes({**services.status_document(now), "known": told})


def _not_on_the_day(key: str, on: date) -> str:
    """What a missing row means: an organisation that held nothing yet, or none at all ("")."""
    if KEY.fullmatch(key) and LedgerEntry.objects.filter(organisation=key).exists():
        return f"As known at that moment, the organisation held no label on {on} or before."
    return ""

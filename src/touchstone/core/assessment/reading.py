"""Answers as a JSON document, read strictly and written back.

Reading collects every fault, so that a person mends a file once and not fault by fault.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date

from touchstone.core.assessment.countries import country_code
from touchstone.core.assessment.model import Answer, AnswerState, Assessment, Organisation, Value
from touchstone.core.assessment.texts import LONGEST, quoted
from touchstone.core.assessment.values import read_day, read_text, read_value
from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.model import Kind, Measure, Scheme
from touchstone.core.scheme.naming import nearest, suggestion

# The first cluster was benchmarked in 2007; an earlier day is a slip of the keyboard.
EARLIEST_INTERVIEW = date(2007, 1, 1)

TOP_KEYS = ("scheme", "organisation", "interviewed_on", "answers")
ORGANISATION_KEYS = ("id", "name", "country", "portfolio", "website")
ANSWER_KEYS = ("value", "verified", "note", "evidence", "reason", "state", "carried_from", "confirmed")
LONGEST_NAME = 300

_WEBSITE = re.compile(r"https?://[\w-]+(\.[\w-]+)*(:\d{1,5})?([/?#][^\s\"<>\\]*)?")
_NEEDS_REASON = (AnswerState.NOT_APPLICABLE, AnswerState.UNKNOWN)

Faults = list[Fault]
Table = Mapping[str, object]


def from_document(document: object, scheme: Scheme, *, file: str, today: date) -> Assessment:
    """The assessment that a parsed JSON document holds.

    Args:
        document: what a JSON parser gave.
        scheme: the pack whose measures are answered.
        file: the name that faults are told under.
        today: an interview after this day is refused.

    Raises:
        Unusable: with every fault, each under the measure or key that it belongs to.
    """
    faults: Faults = []
    table = _table(document, "", faults, TOP_KEYS)
    _check_scheme(table.get("scheme"), scheme, faults)
    assessment = Assessment(
        scheme=scheme.id,
        organisation=_organisation(table.get("organisation"), scheme, faults),
        interviewed_on=_interview(table.get("interviewed_on"), today, faults),
        answers=_answers(table.get("answers"), scheme, faults),
    )
    faults += _carried_too_late(assessment)
    if faults:
        raise Unusable(file, *faults)
    return assessment


def as_document(assessment: Assessment) -> dict[str, object]:
    """The JSON form; an answer that is a mere value stands as that value, one not asked yet is left out."""
    organisation = assessment.organisation
    return {
        "scheme": assessment.scheme,
        "organisation": {key: getattr(organisation, key) for key in ORGANISATION_KEYS},
        "interviewed_on": assessment.interviewed_on.isoformat(),
        "answers": {id: _written(answer) for id, answer in assessment.answers.items() if answer != Answer()},
    }


def read_portfolio(raw: str, scheme: Scheme) -> str | None:
    """The id of the portfolio that a text names by its id or its full name; None where there is none."""
    by_word = {portfolio.name.casefold(): id for id, portfolio in scheme.portfolios.items()}
    by_word |= {id.casefold(): id for id in scheme.portfolios}
    return by_word.get(raw.strip().casefold())


def _table(raw: object, place: str, faults: Faults, known: Collection[str]) -> Table:
    """An object with none but known keys; where it is none, a fault and nothing."""
    if not isinstance(raw, dict):
        what = "There is no object here." if raw is None else f"{quoted(raw).capitalize()} is not an object."
        faults.append(Fault(place or "the whole file", what, f"Write it as {{…}} with {', '.join(known)}."))
        return {}
    for key in raw:
        if key not in known:
            faults.append(
                Fault(_under(place, key), "This key is not known here.", suggestion(key[:60], known))
            )
    return raw


def _under(place: str, key: str) -> str:
    short = quoted(key).strip('"')
    return f"{place}.{short}" if place else short


def _check_scheme(raw: object, scheme: Scheme, faults: Faults) -> None:
    if raw is None:
        faults.append(Fault("scheme", "The scheme is not named.", f'Write "scheme": "{scheme.id}".'))
    elif raw != scheme.id:
        problem = f"{quoted(raw)} is not the scheme in use."
        faults.append(Fault("scheme", problem, f'Write "{scheme.id}" if the answers are for it.'))


def _organisation(raw: object, scheme: Scheme, faults: Faults) -> Organisation:
    table = _table(raw, "organisation", faults, ORGANISATION_KEYS)
    if not isinstance(raw, dict):
        return Organisation(id="", name="", country="", portfolio="")
    name = _required(table, "name", "Write the organisation's full name.", faults)
    return Organisation(
        id=_text(table.get("id"), "organisation.id", faults, LONGEST_NAME) or _id_of(name),
        name=name,
        country=_country(table, faults),
        portfolio=_portfolio(table, scheme, faults),
        website=_website(_text(table.get("website"), "organisation.website", faults), faults),
    )


def _required(table: Table, key: str, remedy: str, faults: Faults) -> str:
    """A short text that must not be empty."""
    place = f"organisation.{key}"
    before = len(faults)
    text = _text(table.get(key), place, faults, LONGEST_NAME)
    if not text and len(faults) == before:
        faults.append(Fault(place, "This is empty.", remedy))
    return text


def _id_of(name: str) -> str:
    """An id for an organisation that gave none: its name in small letters with dashes."""
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-")


def _country(table: Table, faults: Faults) -> str:
    remedy = "Write the ISO code of two letters, such as LT."
    text = _required(table, "country", remedy, faults)
    code = country_code(text)
    if text and code is None:
        faults.append(Fault("organisation.country", f"{quoted(text)} is not a country code.", remedy))
    return code or ""


def _portfolio(table: Table, scheme: Scheme, faults: Faults) -> str:
    remedy = f"Known are: {', '.join(scheme.portfolios)}."
    text = _required(table, "portfolio", remedy, faults)
    id = read_portfolio(text, scheme)
    if text and id is None:
        names = (*scheme.portfolios, *(portfolio.name for portfolio in scheme.portfolios.values()))
        close = nearest(text, names)
        remedy = f'Did you mean "{close}"?' if close else remedy
        faults.append(Fault("organisation.portfolio", f"{quoted(text)} is not a portfolio.", remedy))
    return id or ""


def _website(text: str, faults: Faults) -> str:
    website = f"https://{text}" if text and "://" not in text else text
    if website and not _WEBSITE.fullmatch(website):
        problem = f"{quoted(text)} is not a web address."
        faults.append(Fault("organisation.website", problem, "Write it such as https://www.example.org."))
    return website


def _interview(raw: object, today: date, faults: Faults) -> date:
    place = "interviewed_on"
    if raw in (None, ""):
        faults.append(Fault(place, "The day of the interview is missing.", "Write a day such as 2026-10-12."))
        return today
    day = read_day(raw, place)
    if isinstance(day, Fault):
        faults.append(day)
        return today
    if day > today:
        faults.append(Fault(place, f"{day} is in the future.", f"Write {today} or an earlier day."))
    elif day < EARLIEST_INTERVIEW:
        faults.append(Fault(place, f"{day} is before benchmarking began in 2007.", "Correct the year."))
    return day


def _answers(raw: object, scheme: Scheme, faults: Faults) -> dict[str, Answer]:
    if not isinstance(raw, dict):
        faults.append(Fault("answers", "There are no answers here.", 'Write {"A1.founded": 2012, …}.'))
        return {}
    if len(raw) > 2 * len(scheme.measures) + 10:  # nobody mends thousands of unknown keys one by one
        problem = f"There are {len(raw)} answers, but the scheme has {len(scheme.measures)} measures."
        faults.append(Fault("answers", problem, "Start from an empty questionnaire: touchstone assess new."))
        return {}
    return dict(_each_answer(raw, scheme, faults))


def _each_answer(raw: Table, scheme: Scheme, faults: Faults) -> Iterator[tuple[str, Answer]]:
    for id, given in raw.items():
        measure = scheme.measures.get(id)
        if measure is None:
            faults.append(_unknown_measure(id, scheme))
        elif given is not None:
            answer = _answer(given, measure, faults)
            if answer != Answer():
                yield id, answer


def _unknown_measure(id: str, scheme: Scheme) -> Fault:
    close = nearest(id[:60], scheme.measures)
    remedy = f'Did you mean "{close}"?' if close else "touchstone scheme show lists the measures."
    return Fault(quoted(id).strip('"') or '""', f"The scheme {scheme.id} has no such measure.", remedy)


def _answer(given: object, measure: Measure, faults: Faults) -> Answer:
    table = _table(given, measure.id, faults, ANSWER_KEYS) if isinstance(given, dict) else {"value": given}
    before = len(faults)
    answer = Answer(
        declared=_value(table.get("value"), measure, measure.id, faults),
        verified=_value(table.get("verified"), measure, f"{measure.id} verified", faults),
        reason=_text(table.get("reason"), f"{measure.id} reason", faults),
        note=_text(table.get("note"), f"{measure.id} note", faults),
        evidence=_evidence(table.get("evidence"), f"{measure.id} evidence", faults),
        carried_from=_carried_from(table.get("carried_from"), measure.id, faults),
        confirmed=_confirmed(table, measure.id, faults),
    )
    if len(faults) > before:  # what is wrong already would only be told a second time
        return answer
    return _in_state(answer, table.get("state"), measure.id, faults)


def _in_state(answer: Answer, raw: object, id: str, faults: Faults) -> Answer:
    """The answer in the state that it names or that follows from its value; with the faults of that."""
    follows = AnswerState.NOT_ASKED if answer.said is None else AnswerState.ANSWERED
    state = next((known for known in AnswerState if known == raw), follows)
    if raw is not None and state != raw:
        remedy = f"Write one of: {', '.join(AnswerState)}."
        faults.append(Fault(id, f"{quoted(raw)} is not the state of an answer.", remedy))
    elif state is AnswerState.ANSWERED and answer.said is None:
        faults.append(
            Fault(id, "It is marked as answered without a value.", "Add the value or another state.")
        )
    elif state is not AnswerState.ANSWERED and answer.said is not None:
        remedy = "Remove the value or the state."
        faults.append(Fault(id, f'It has a value although it is marked as "{state}".', remedy))
    elif state in _NEEDS_REASON and not answer.reason:
        faults.append(Fault(id, f'It is marked as "{state}" without a reason.', "Add the reason."))
    return replace(answer, state=state)


def _value(raw: object, measure: Measure, place: str, faults: Faults) -> Value | None:
    if raw is None or (raw == "" and measure.kind is Kind.TEXT):
        return None
    value = read_value(raw, measure)
    if isinstance(value, Fault):
        faults.append(Fault(place, value.problem, value.remedy))
        return None
    return value


def _text(raw: object, place: str, faults: Faults, longest: int = LONGEST) -> str:
    if raw is None:
        return ""
    text = read_text(raw, place, longest)
    if isinstance(text, Fault):
        faults.append(text)
        return ""
    return text


def _evidence(raw: object, place: str, faults: Faults) -> tuple[str, ...]:
    entries = raw if isinstance(raw, list) else [raw]
    texts = (_text(entry, place, faults) for entry in entries)
    return tuple(text for text in texts if text)


def _carried_from(raw: object, id: str, faults: Faults) -> date | None:
    """The day when a carried answer was true."""
    if raw is None:
        return None
    day = read_day(raw, f"{id} carried_from")
    if isinstance(day, Fault):
        faults.append(day)
        return None
    return day


def _confirmed(table: Table, id: str, faults: Faults) -> bool:
    """Whether a carried answer was confirmed; only a carried one can be."""
    raw = table.get("confirmed")
    place = f"{id} confirmed"
    if raw is not None and not isinstance(raw, bool):
        faults.append(Fault(place, f"{quoted(raw)} is neither true nor false.", "Write true or false."))
    elif raw is not None and table.get("carried_from") is None:
        remedy = "Add carried_from, the day when it was true, or leave this out."
        faults.append(Fault(place, "Only an answer that was carried forward can be confirmed.", remedy))
    return raw is True


def _carried_too_late(assessment: Assessment) -> Iterator[Fault]:
    on = assessment.interviewed_on
    for id, answer in assessment.answers.items():
        if answer.carried_from is not None and answer.carried_from > on:
            problem = f"{answer.carried_from} is after the interview on {on}."
            yield Fault(f"{id} carried_from", problem, "Write the day of the interview before.")


def _written(answer: Answer) -> object:
    if answer == Answer(state=AnswerState.ANSWERED, declared=answer.declared):
        return answer.declared
    parts = {
        "value": answer.declared,
        "verified": answer.verified,
        "note": answer.note,
        "evidence": list(answer.evidence),
        "reason": answer.reason,
        "state": None if answer.state is AnswerState.ANSWERED else answer.state.value,
        "carried_from": answer.carried_from and answer.carried_from.isoformat(),
        "confirmed": None if answer.carried_from is None else answer.confirmed,
    }
    return {key: part for key, part in parts.items() if part not in (None, "", [])}

"""What was chosen on the page of a list: text to choice."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from touchstone.apps.participants.models import Choice
from touchstone.apps.participants.questions import PairQuestion, PlaceQuestion
from touchstone.apps.participants.services import Said
from touchstone.core.assessment.distance import Position
from touchstone.core.assessment.places import Doubtful, Found, Gazetteer, Place, locate
from touchstone.core.assessment.placing import CANDIDATES_NAMED, described
from touchstone.core.assessment.texts import unprintable

OTHER, LEAVE_OUT, SAME, DIFFERENT = "other", "out", "same", "different"
LONGEST = 300
_NUMBER = r"[-+]?\d{1,3}(?:%s\d{1,12})?"
_WITH_POINTS = re.compile(rf"({_NUMBER})\s*[,;\s]\s*({_NUMBER})" % (r"\.", r"\."), re.ASCII)
_WITH_COMMAS = re.compile(rf"({_NUMBER})\s*[;\s]\s*({_NUMBER})" % (",", ","), re.ASCII)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a page sent: by question what is said, and faults with the text as it was typed."""

    said: Mapping[str, Said | None]
    faults: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)


class Unclear(Exception):  # noqa: N818  (an answer to a person)
    """A typed place that is none, or several. Its text says what to do."""


def field_of(question: str) -> str:
    """The name of the choices of a question."""
    return f"choice:{question}"


def typed_field_of(question: str) -> str:
    """The name of the field of another place."""
    return f"typed:{question}"


def value_of(place: Place) -> str:
    """How a candidate is told from the others."""
    return f"{place.latitude!r},{place.longitude!r}"


def sent(
    fields: Mapping[str, str],
    places: Iterable[PlaceQuestion],
    pairs: Iterable[PairQuestion],
    gazetteer: Gazetteer,
) -> Sent:
    """What a form says of the questions that were on its page."""
    said: dict[str, Said | None] = dict(_pairs(fields, pairs))
    faults: dict[str, str] = {}
    typed: dict[str, str] = {}
    for question in places:
        if field_of(question.key) in fields or fields.get(typed_field_of(question.key), "").strip():
            try:
                said[question.key] = _place(fields, question, gazetteer)
            except Unclear as unclear:
                faults[question.key] = str(unclear)
                typed[question.key] = fields.get(typed_field_of(question.key), "")[:LONGEST]
    return Sent(said, faults, typed)


def _pairs(fields: Mapping[str, str], pairs: Iterable[PairQuestion]) -> Iterator[tuple[str, Said | None]]:
    verdicts = {SAME: Choice.Verdict.SAME, DIFFERENT: Choice.Verdict.DIFFERENT}
    for question in pairs:
        value = fields.get(field_of(question.key))
        if value is not None:
            verdict = verdicts.get(value)
            yield question.key, Said(verdict=verdict) if verdict else None


def _place(fields: Mapping[str, str], question: PlaceQuestion, gazetteer: Gazetteer) -> Said | None:
    """What is said of a place; a text beside no choice is meant as another place."""
    value = fields.get(field_of(question.key), "")
    text = " ".join(fields.get(typed_field_of(question.key), "").split())
    if value == LEAVE_OUT:
        return Said(verdict=Choice.Verdict.LEFT_OUT)
    if value == OTHER or (not value and text):
        return _typed(text, question, gazetteer)
    place = next((place for place in question.candidates if value_of(place) == value), None)
    return None if place is None else _placed(described(place), place.position)


def _typed(text: str, question: PlaceQuestion, gazetteer: Gazetteer) -> Said:
    if not text:
        raise Unclear(_("Type the place or its coordinates, or choose another answer."))
    if len(text) > LONGEST or unprintable(text):
        raise Unclear(_("This is too long or has signs that cannot be shown. Type the place alone."))
    position = _coordinates(text)
    if position is not None:
        return _placed(text, position)
    return _placed(text, _found(text, question.country, gazetteer).position)


def _found(text: str, country: str, gazetteer: Gazetteer) -> Place:
    if not country:
        raise Unclear(_("The list gives no country for it. Type the coordinates, such as 54.687, 25.280."))
    located = locate(text, country, gazetteer)
    if isinstance(located, Found):
        return located.place
    if isinstance(located, Doubtful):
        shown = "; ".join(described(place) for place in located.candidates[:CANDIDATES_NAMED])
        raise Unclear(
            _("“%(text)s” may be several places: %(places)s. Add its region, or type the coordinates.")
            % {"text": text, "places": shown}
        )
    if located.near:
        names = _(" or ").join(located.near)
        raise Unclear(
            _("“%(text)s” is not among the places of %(country)s. Did you mean %(names)s?")
            % {"text": text, "country": country, "names": names}
        )
    raise Unclear(
        _("“%(text)s” is not among the places of %(country)s. Type the coordinates, such as 54.687, 25.280.")
        % {"text": text, "country": country}
    )


def _coordinates(text: str) -> Position | None:
    """Latitude and longitude where a text is two numbers: 54.687, 25.280 or 54,687; 25,280."""
    match = _WITH_POINTS.fullmatch(text) or _WITH_COMMAS.fullmatch(text)
    if match is None:
        return None
    latitude, longitude = (float(number.replace(",", ".")) for number in match.groups())
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise Unclear(_("Coordinates are degrees: the latitude up to 90, then the longitude up to 180."))
    return latitude, longitude


def _placed(name: str, position: Position) -> Said:
    return Said(
        verdict=Choice.Verdict.PLACED, place=name[:LONGEST], latitude=position[0], longitude=position[1]
    )

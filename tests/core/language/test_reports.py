"""What core says inside a report, said in each language."""

from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from factories.reports import INTERVIEW, assessment, organisation, population
from factories.small_scheme import small_scheme
from touchstone.core.assessment.model import Value
from touchstone.core.benchmark.comparison import compare
from touchstone.core.benchmark.model import Comparison
from touchstone.core.benchmark.prepared import prepare
from touchstone.core.benchmark.releases import Release, renew
from touchstone.core.faults import Unusable
from touchstone.core.report.report import Report, make_report
from touchstone.core.scheme.model import Plausibility

FEW: Final[dict[str, Value]] = {
    "A1.members": 10, "A1.founded": 2012, "B1.staff": 1.0, "B1.deputy": False, "B2.plan": 0,
}  # fmt: skip


def made(code: str, answers: dict[str, Value], size: int = 60) -> Report:
    peers = population(size)
    return make_report(assessment(answers), scheme=small_scheme(language=code), population=peers)


def judged(code: str, answers: dict[str, Value]) -> list[str]:
    appraisal = made(code, answers).appraisal
    reasons = [one.reason for one in appraisal.judgements]
    return reasons + [one.reason for one in appraisal.criteria]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (
            "lt",
            (
                "Members: 10 members; minimumui – bent 15 members, geltonai – bent 25 members, "
                "žaliai – bent 40 members|"
                "Staff: 1 FTE; žaliai – bent 1,5 FTE. Deputy: ne; žaliai – taip|"
                "Plan: 0 (none); geltonai – bent 1 (a list), žaliai – bent 2 (complete)|"
                "Patikrins sekretoriatas|"
                "Members: 10 members; reikia: bent 15 members. Staff: 1 FTE; reikia: bent 0,5 FTE"
            ),
        ),
        (
            "pl",
            (
                "Members: 10 members; na minimum – co najmniej 15 members, na żółty – co najmniej 25 "
                "members, "
                "na zielony – co najmniej 40 members|"
                "Staff: 1 FTE; na zielony – co najmniej 1,5 FTE. Deputy: nie; na zielony – tak|"
                "Plan: 0 (none); na żółty – co najmniej 1 (a list), na zielony – co najmniej 2 (complete)|"
                "Sprawdza sekretariat|"
                "Members: 10 members; wymagane: co najmniej 15 members. "
                "Staff: 1 FTE; wymagane: co najmniej 0,5 FTE"
            ),
        ),
        (
            "de",
            (
                "Members: 10 members; als Minimum mindestens 15 members, für Gelb mindestens 25 members, "
                "für Grün mindestens 40 members|"
                "Staff: 1 FTE; für Grün mindestens 1,5 FTE. Deputy: nein; für Grün „ja“|"
                "Plan: 0 (none); für Gelb mindestens 1 (a list), für Grün mindestens 2 (complete)|"
                "Wird vom Sekretariat geprüft|"
                "Members: 10 members; verlangt: mindestens 15 members. "
                "Staff: 1 FTE; verlangt: mindestens 0,5 FTE"
            ),
        ),
    ],
)
def test_reasons_tell_the_own_value_and_what_was_asked(code: str, told: str) -> None:
    assert "|".join(judged(code, FEW)) == told


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("lt", "Neatsakyta: Members per FTE, Staff ir Deputy|Members: neatsakyta; reikia: bent 15 members."),
        (
            "pl",
            (
                "Brak odpowiedzi: Members per FTE, Staff i Deputy|"
                "Members: brak odpowiedzi; wymagane: co najmniej 15 members."
            ),
        ),
        (
            "de",
            (
                "Ohne Angabe: Members per FTE, Staff und Deputy|"
                "Members: keine Angabe; verlangt: mindestens 15 members."
            ),
        ),
    ],
)
def test_what_was_not_answered_is_named(code: str, told: str) -> None:
    missing, asked = told.split("|")
    reasons = judged(code, {})
    assert (reasons[1], reasons[4].partition(" Staff")[0]) == (missing, asked)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("lt", "Portfelio mediana: 39 members (30 palyginamųjų organizacijų)"),
        ("pl", "Mediana portfolio: 39 members (30 organizacji porównywanych)"),
        ("de", "Median des Portfolios: 39 members (30 Vergleichsorganisationen)"),
    ],
)
def test_a_recommendation_tells_the_median(code: str, told: str) -> None:
    first = made(code, FEW).appraisal.recommendations[0]
    assert first.reason.rpartition(". ")[2] == told


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (
            "lt",
            (
                'Grupės "portfolio:ict" (4 palyginamosios organizacijos) duomenys nerodomi. '
                "Joje mažiau nei 5 palyginamosios organizacijos. "
                'Vietoj jos lyginama su grupe "related:ict".'
            ),
        ),
        (
            "pl",
            (
                'Danych grupy "portfolio:ict" (4 organizacje porównywane) nie pokazano. '
                "Ma mniej niż 5 organizacji porównywanych. "
                'Zamiast tego porównano z grupą "related:ict".'
            ),
        ),
        (
            "de",
            (
                'Von der Gruppe "portfolio:ict" (4 Vergleichsorganisationen) wird nichts gezeigt. '
                "Sie hat weniger als 5 Vergleichsorganisationen. "
                'Stattdessen wird mit "related:ict" verglichen.'
            ),
        ),
    ],
)
def test_a_group_that_is_withheld_says_why(code: str, told: str) -> None:
    assert made(code, FEW, size=8).notes[0] == told


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("lt", "Palyginamųjų organizacijų 2026-10-12 nėra, todėl nieko nelyginama."),
        ("pl", "Na dzień 2026-10-12 nie ma organizacji porównywanych, więc niczego nie porównano."),
        ("de", "Zum 2026-10-12 gibt es keine Vergleichsorganisation; daher wird nichts verglichen."),
    ],
)
def test_a_day_without_peers_is_told(code: str, told: str) -> None:
    assert made(code, FEW, size=0).notes == (told,)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (
            "lt",
            (
                'Grupės "gold" 1 duomens kraštiniai procentiliai nerodomi: jie atskleistų pavienes '
                "organizacijas."
            ),
        ),
        (
            "pl",
            (
                'W grupie "gold" nie pokazano skrajnych percentyli 1 miary: mówiłyby o pojedynczych '
                "organizacjach."
            ),
        ),
        (
            "de",
            (
                'In der Gruppe "gold" werden bei 1 Messgröße die äußeren Perzentile nicht gezeigt, '
                "weil sie einzelne Organisationen verraten würden."
            ),
        ),
    ],
)
def test_tails_that_are_withheld_are_told(code: str, told: str) -> None:
    assert made(code, FEW).notes == (told,)


def looked(code: str, release: Release) -> Comparison:
    scheme = small_scheme(language=code)
    return compare(
        FEW,
        organisation=organisation(),
        population=population(),
        scheme=scheme,
        on=INTERVIEW,
        release=release,
    )


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (
            "lt",
            (
                "Skelbiamo rinkinio naudoti negalima, todėl apie palyginamąsias organizacijas nerodoma "
                "nieko. "
                'Jis sudarytas pagal schemą "other", o ne "small".'
            ),
        ),
        (
            "pl",
            (
                "Z opublikowanego zestawienia nie można skorzystać, więc o organizacjach porównywanych nie "
                'pokazano niczego. Dotyczy systemu "other", a nie "small".'
            ),
        ),
        (
            "de",
            (
                "Die Veröffentlichung ist nicht verwendbar; daher wird von den Vergleichsorganisationen "
                "nichts "
                'gezeigt. Sie gehört zum Verfahren "other", nicht zu "small".'
            ),
        ),
    ],
)
def test_a_release_that_cannot_be_used_says_why(code: str, told: str) -> None:
    scheme = small_scheme()
    release = renew(None, prepare(population(), scheme), scheme=scheme, on=date(2026, 1, 1))
    assert looked(code, replace(release, scheme="other")).notes == (told,)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (
            "lt",
            (
                "Nurodyta 9, bet pagal A1.founded išeina 14. Pataisykite A1.founded arba palikite A1.age "
                "tuščią: "
                "ši reikšmė apskaičiuojama.|Pridėta 1,5; dalių suma 101,5.|"
                "Kitos dalys jau sudaro 100. Jei tokios dalies nėra, įrašykite 0: tuščia dalis reiškia, kad "
                "neatsakyta, o ne nulį."
            ),
        ),
        (
            "pl",
            (
                "Podano 9, ale z A1.founded wynika 14. Proszę poprawić A1.founded albo zostawić A1.age bez "
                "odpowiedzi: ta wartość jest obliczana.|Pridėta 1,5; dalių suma 101,5.|"
                "Pozostałe części dają już razem 100. Jeśli takiej części nie ma, proszę wpisać 0: puste "
                "pole to "
                "brak odpowiedzi, a nie zero."
            ),
        ),
        (
            "de",
            (
                "Angegeben ist 9, aber aus A1.founded folgt 14. Berichtigen Sie A1.founded oder lassen Sie "
                "A1.age leer: Der Wert wird berechnet.|Pridėta 1,5; dalių suma 101,5.|"
                "Die übrigen Teile ergeben zusammen schon 100. Geben Sie 0 an, wo es nichts gibt: Ein leerer "
                "Teil gilt als fehlend, nicht als null."
            ),
        ),
    ],
)
def test_what_contradicts_itself_is_told(code: str, told: str) -> None:
    """The message of a rule is the pack's, whatever its language; the program writes the figures in it."""
    too_much = Plausibility(
        id="1",
        kind="parts_of",
        measures=("B1.staff",),
        message="Pridėta {missing}; dalių suma {total}.",
        severity="warning",
        total=103,
    )
    whole = replace(too_much, id="2", measures=("A1.members", "B2.public"), message="", total=100)
    scheme = small_scheme(language=code, plausibility=(too_much, whole))
    answers: dict[str, Value] = {"A1.founded": 2012, "A1.age": 9, "B1.staff": 101.5, "A1.members": 100}
    report = make_report(assessment(answers), scheme=scheme, population=population())
    assert "|".join(str(fault).partition(": ")[2] for fault in report.faults) == told


def test_a_pack_in_a_language_that_the_program_does_not_speak_is_refused() -> None:
    with pytest.raises(Unusable) as caught:
        made("fi", FEW)
    assert str(caught.value) == 'language: there is none called "fi". There is: en, de, lt, pl.'

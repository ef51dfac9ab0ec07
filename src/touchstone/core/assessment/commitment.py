"""How a participant shows that it is committed: what an evidence says in words, by indicator A6.

Any one of three kinds is enough. Words are recognised in the languages that lists come in; what is not
recognised still is evidence, of no kind that a program can tell.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from touchstone.core.assessment.spelling import plain


class Commitment(StrEnum):
    """The three kinds of evidence of indicator A6."""

    AGREEMENT = "agreement"  # signed: a membership agreement, a letter of intent or the like
    SUPPORT = "support"  # a regular fee or other support, in kind and staff time too
    CONTRIBUTION = "contribution"  # regular and active: projects, workshops, working groups


# Beginnings of words, without accents and case; after a star the word may begin before: Mitgliedsvertrag.
_WORDS: Mapping[Commitment, str] = {
    Commitment.AGREEMENT: """
    agreement, contract, signed, signature, letter of intent, loi, mou, memorandum, charter,
    declaration, statute, accession, application form, membership form, sutart, pasiras, ketinim,
    deklarac, umow, porozum, podpis, list intencyjny, deklaracj, *vertrag, *vereinbarung, unterschr,
    unterzeichnet, absichtserklarung, beitrittserkl, accord, convention, signe, contrat, acuerdo,
    contrato, firmad, accordo, contratto, firmato, ligum, leping, smlouv, zmluv, szerzod, *sopimus,
    *avtal, *aftale, acord, ugovor, dogovor, pogodb, sozlesme, договір, договор, угод, συμφων
    """,
    Commitment.SUPPORT: """
    fee, fees, dues, subscription, paid, payment, invoice, sponsor, donation, financial, co financ,
    cofinanc, in kind, inkind, staff time, secondment, support, mokest, parama, saskait, skladk,
    wsparci, faktur, oplat, wplat, *beitrag, *beitrage, *gebuhr, spende, rechnung, sachleist,
    cotisation, facture, cuota, factura, quota, fattura, biedra nauda, iemaks, liikmemaks, prispev,
    tagdij, *maksu, *avgift, *kontingent, kontyngent, cotizat, clanarin, aidat, внес, сбор,
    συνδρομ
    """,
    Commitment.CONTRIBUTION: """
    working group, workgroup, task force, minutes, workshop, project, attendance, participat, event,
    contribution, active, board member, committee, meeting, grupes, darbo grup, projekt, protokol,
    dalyv, grup robocz, grupa robocz, udzial, warsztat, spotkan, *arbeitsgruppe, arbeitskreis, teilnahm,
    teilnehm, veranstaltung, sitzung, groupe de travail, projet, reunion, atelier, grupo de trabajo,
    proyecto, taller, gruppo di lavoro, progetto, darba grup, toorihm, pracovni skup, tyoryhm, hanke,
    arbetsgrupp, arbeidsgruppe, arbejdsgruppe, radna grup, delovn, proje, проект, εργο
    """,
}
# What says that there is none: alone, or at the beginning of what there is not.
_NONE = """
    no, none, not, nothing, n a, na, false, missing, pending, nein, keine, kein, nie, brak, ne, nera,
    non, aucun, aucune, ninguno, ninguna, nessuno, nessuna, nav, ei, zadny, zadna, nincs, nej, nei,
    ingen, nu, hayir, yok, ні, нет, οχι
"""
_NOT = """
    no, not, without, missing, unsigned, kein, keine, keinen, ohne, nie, brak, bez, nera,
    sans, pas de, sin, senza
"""
_ZERO = re.compile(r"[0 ]*( ?(eur|euro|pln|usd|gbp))?")
_PARTS = re.compile(r"[,;\n]|\b(?:but|aber|ale|mais|pero|ma)\b", re.IGNORECASE)


def denied(text: str) -> bool:
    """Whether a cell says that there is no evidence: it is empty, a dash, a zero, a no, or "not signed"."""
    return not _said(text)


@lru_cache(maxsize=1024)  # a list says the same of most of its rows
def kinds_in(text: str) -> tuple[Commitment, ...]:
    """The kinds of commitment that an evidence names, in the order of the indicator."""
    said = _said(text)
    return tuple(kind for kind, pattern in _BEGINNINGS.items() if any(map(pattern.search, said)))


@lru_cache(maxsize=1024)
def _said(text: str) -> tuple[str, ...]:
    """The parts of a text that say that there is something, in plain words."""
    parts = (plain(part) for part in _PARTS.split(text))
    return tuple(part for part in parts if not _says_none(part))


def _says_none(words: str) -> bool:
    return words in _ALONE or bool(_ZERO.fullmatch(words) or _DENYING.match(words))


def _pattern(words: str) -> re.Pattern[str]:
    each = (phrase.replace("*", r"\w*") for phrase in _phrases(words))
    return re.compile(rf"(?:^| )(?:{'|'.join(each)})")


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in text.split(","))


_ALONE = frozenset(_phrases(_NONE))
_DENYING = re.compile(rf"(?:{'|'.join(_phrases(_NOT))})(?: (?!\d)|$)")  # not: No. 12
_BEGINNINGS = {kind: _pattern(words) for kind, words in _WORDS.items()}

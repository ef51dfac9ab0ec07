"""A proof on paper: a table of answers, set by Typst as PDF/A-3a and PDF/UA-1, the signed file attached.

The same proof gives the same bytes; `seal.seal` signs them afterwards.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from touchstone.core.labels.proof import Finding, Line, Proof, Verdict
from touchstone.core.language.language import DASH, Language
from touchstone.output.content.words import words
from touchstone.output.pdf import noted_pdf
from touchstone.output.printable import STAND_IN, plain
from touchstone.output.proof import NAME

VERIFY = "/verify/"  # below the installation's address


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A label and its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the table, in words."""

    number: str
    organisation: str
    remarks: tuple[str, ...]
    verdict: str
    answer: str
    label: str
    period: str
    entries: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading, and what stands below it."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that the template prints."""

    language: str
    title: str
    about: str
    kicker: str
    installation: str
    known: str
    summary: str
    facts: tuple[Fact, ...]
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    meaning: Part
    checking: Part
    notes: tuple[str, ...] = ()


def proof_pdf(proof: Proof, *, signed: str, language: str) -> bytes:
    """The PDF, not yet sealed. `signed` is the text of the signed file.

    Raises Unusable where there is no such language.
    """
    told = words(language)
    page = _page(proof, told)
    raw = {
        "name": NAME,
        "text": signed,
        "about": page.title,
        # What is copied stays whole: texts of a page may have breaks of no width in long runs.
        "address": quote(proof.installation, safe=":/[]@") + VERIFY,
        "hashes": [one for one in (proof.ledger.hash, proof.ledger.head) if one],
        "hash": told.say("proof.hash"),
    }
    note = told.say("proof.glyphs", stand_in=STAND_IN, file=NAME)
    return noted_pdf("proof", page, raw, on=proof.question.known.date(), note=note)


def _page(proof: Proof, told: Language) -> Page:
    question = proof.question
    level = told.say(f"proof.level.{question.level}")
    title = told.say(f"proof.title.{question.match}", level=level, on=told.day(question.on))
    known = f"{told.day(question.known.date())}, {question.known:%H:%M:%S} UTC"
    counts = {verdict.value: told.number(proof.count(verdict)) for verdict in Verdict}
    return Page(
        language=told.code,
        title=title[:1].upper() + title[1:],
        about=told.say("proof.about", known=known, number=proof.ledger.number),
        kicker=told.say("proof.kicker"),
        installation=plain(proof.installation),
        known=known,
        summary=told.say("proof.summary", **counts, total=told.number(len(proof.lines))),
        facts=tuple(_facts(proof, told, level=level, known=known)),
        heads=tuple(
            told.say(f"proof.{name}")
            for name in ("number", "organisation", "answer", "label", "period", "entries")
        ),
        rows=tuple(_row(number, line, told) for number, line in enumerate(proof.lines, start=1)),
        meaning=Part(title=told.say("proof.meaning"), lines=tuple(_meaning(proof, told))),
        checking=_checking(told),
    )


def _facts(proof: Proof, told: Language, *, level: str, known: str) -> Iterator[Fact]:
    question, ledger = proof.question, proof.ledger
    wanted = told.say(f"proof.wanted.{question.match}", level=level)
    number = told.number(ledger.number) if ledger.number else told.say("proof.empty_ledger")
    yield Fact(label=told.say("proof.question"), value=wanted[:1].upper() + wanted[1:])
    yield Fact(label=told.say("proof.day"), value=told.day(question.on))
    yield Fact(label=told.say("proof.known"), value=known)
    yield Fact(label=told.say("proof.register"), value=plain(proof.installation))
    yield Fact(label=told.say("proof.entry"), value=number)
    head = told.day(ledger.head_day) if ledger.head_day else told.say("proof.no_head")
    yield Fact(label=told.say("proof.head"), value=head)


def _row(number: int, line: Line, told: Language) -> Row:
    asked = plain(line.asked)
    one = line.candidates[0] if line.finding is Finding.ONE else None
    shown = line.shown
    return Row(
        number=str(number),
        organisation=plain(one.name) if one else asked,
        remarks=tuple(_remarks(line, asked, told)),
        verdict=line.verdict.value,
        answer=told.say(f"proof.verdict.{line.verdict}"),
        label=_label(line, told),
        period=told.say("proof.until", **{"from": shown.valid_from, "until": shown.valid_until})
        if shown
        else DASH,
        entries=_ranges(line.entries) or DASH,
    )


def _ranges(numbers: Iterable[int]) -> str:
    """Ascending numbers, those in a row together: "3, 18–20"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("–".join(map(str, run)) for run in runs)


def _label(line: Line, told: Language) -> str:
    if line.shown is None:
        return told.say("proof.no_label") if line.finding is Finding.ONE else DASH
    level, standing = line.shown.level, line.shown.standing
    said = f"{told.say(f'proof.level.{level}')}, {told.say(f'proof.standing.{standing}')}"
    return said[:1].upper() + said[1:]


def _remarks(line: Line, asked: str, told: Language) -> Iterator[str]:
    if line.finding is Finding.NONE:
        yield told.say("proof.not_found")
    elif line.finding is Finding.SEVERAL:
        yield told.say("proof.several", keys=", ".join(one.key for one in line.candidates))
    else:
        yield line.candidates[0].key
        if asked not in {line.candidates[0].key, plain(line.candidates[0].name)}:
            yield told.say("proof.asked_as", asked=asked)
    if line.successors:
        yield told.say("proof.became", keys=", ".join(line.successors))


def _meaning(proof: Proof, told: Language) -> Iterator[str]:
    for verdict in Verdict:
        if proof.count(verdict):
            yield told.say(f"proof.means_{verdict}")
    if proof.question.on > proof.question.known.date():
        yield told.say("proof.means_later")


def _checking(told: Language) -> Part:
    lines = told.say("proof.checking_file", file=NAME), told.say("proof.checking_where")
    return Part(title=told.say("proof.checking"), lines=lines)

"""The report as an Excel workbook: every figure in tidy tables, ready for charts of one's own.

Text stays text: nothing that an organisation wrote can become a formula or a link. What is not known, or may
not be shown, is an empty cell.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final

from touchstone.core.assessment.model import Value
from touchstone.core.benchmark.change import Movement
from touchstone.core.benchmark.model import Figure, Group
from touchstone.core.language.language import Language
from touchstone.core.report.report import NOTHING, Report
from touchstone.core.report.standing import position, reference_group
from touchstone.core.scheme.model import Kind, Measure, Scheme
from touchstone.output.content.model import Content
from touchstone.output.content.words import group_name, words
from touchstone.output.sheets import PLAIN, Book, Cell, Column, Forms, Row
from touchstone.output.workbook_charts import add_charts

FORMS: Final[Mapping[Kind, Forms]] = {
    Kind.COUNT: Forms(own="#,##0", figure="#,##0.0"),
    Kind.NUMBER: Forms(own="#,##0.00", figure="#,##0.00"),
    Kind.SHARE: Forms(own="0.0", figure="0.0"),
    Kind.SCALE: Forms(own="0", figure="0.0"),
    Kind.YEAR: Forms(own="0", figure="0"),
    Kind.MONEY: Forms(own="#,##0", figure="#,##0"),
}
SPREAD: Final = ("n", "p5", "p25", "median", "p75", "p95", "percentile")
CHANGES: Final = ("n", "p25", "median", "p75", "percentile")
# The committed participants of three days, as the participant list or the interview says.
GROWTH: Final = ("A6.two_years_ago", "A6.one_year_ago", "A6.total")
WIDTHS: Final[Mapping[str, float]] = {
    "measure": 24, "label": 44, "indicator": 34, "area": 26, "group": 34, "part": 44, "composition": 28,
    "sources": 44, "quality": 40, "criterion": 70, "source": 70, "address": 60, "note": 110, "who": 22,
    "remark": 40, "shown": 26, "kind": 22, "withheld": 44, "hash": 68, "dimension": 26, "position": 18,
    "direction": 16, "unit": 20, "certainty": 14, "thresholds": 14,
}  # fmt: skip
NUMBERS: Final[Mapping[str, str]] = {
    "n": "0", "percentile": "0.0", "distance": "0.000", "years": "0.0", "due": "yyyy-mm-dd",
    **dict.fromkeys(("p5", "p25", "median", "p75", "p95", "step"), "figure"), "own": "own",
}  # fmt: skip
LONG_TEXTS: Final = ("reason", "missing", "todo", "next", "proof", "unproven", "effect", "note", "criterion")
SPARE: Final = 10  # empty lines of the plan, for what the organisation adds
LONG: Final = 44  # the width of a column of long texts

_spread = attrgetter(*SPREAD)
_changes = attrgetter(*CHANGES)
_long = attrgetter("n", "shown", *SPREAD[1:])

Table = tuple[Sequence[Column], Iterable[Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What all sheets are written from. `group` is the reference group, `names` those of all groups by id."""

    report: Report
    content: Content
    scheme: Scheme
    words: Language
    group: Group | None
    names: Mapping[str, str]

    def figure(self, measure: str) -> Figure:
        """What may be shown of a measure in the reference group."""
        return self.report.figure(measure, self.group.id) if self.group else NOTHING

    def columns(self, *ids: str) -> list[Column]:
        return [_column(id, self.words) for id in ids]


def book(report: Report, content: Content, scheme: Scheme) -> bytes:
    """The workbook in the language of the report. The date in the file is the report's own.

    Sheets about what is not there are left out: the change without an assessment before, say.
    """
    spoken = words(report.language)
    names = {group.id: group_name(group, scheme, spoken) for group in report.comparison.groups}
    basis = Basis(
        report=report,
        content=content,
        scheme=scheme,
        words=spoken,
        group=reference_group(report.comparison),
        names=names,
    )
    made = Book(title=content.title, comments=content.synthetic, on=report.on)
    tables = {name: table for name, make in SHEETS.items() if (table := make(basis))}
    _about(made, basis, tables)
    add_charts(made, report, scheme, spoken, basis.group, names)
    for name, (columns, rows) in tables.items():
        title = spoken.say(f"workbook.sheet.{name}")
        made.table(name.capitalize(), title, columns, rows, fixed=2 if name in {"figures", "change"} else 1)
    return made.content()


def _column(id: str, said: Language) -> Column:
    form = "wrap" if id in LONG_TEXTS else NUMBERS.get(id, "")
    width = WIDTHS.get(id, LONG if form == "wrap" else 12)
    return Column(title=said.say(f"workbook.column.{id}"), width=width, form=form)


def _about(made: Book, basis: Basis, tables: Iterable[str]) -> None:
    content, said = basis.content, basis.words
    rows: list[tuple[str, str]] = [(content.title, "")]
    if content.synthetic:
        rows.append((content.synthetic_mark, content.synthetic))
    rows += [(fact.label, fact.value) for fact in content.facts]
    group = basis.names[basis.group.id] if basis.group else said.say("workbook.about.no_group")
    rows.append((said.say("workbook.about.group"), group))
    rows += [("", text) for text in (content.notice, content.summary.opening, content.summary.compared)]
    rows.append(("", said.say("workbook.about.tables")))
    rows += [(said.say(f"workbook.sheet.{name}"), said.say(f"workbook.holds.{name}")) for name in tables]
    made.pairs(said.say("workbook.sheet.about"), rows)


def _figures(basis: Basis) -> Table:
    columns = basis.columns(
        "measure", "label", "indicator", "area", "unit", "direction", "own", *SPREAD, "position",
        "certainty", "sources",
    )  # fmt: skip
    return columns, _figure_rows(basis)


def _figure_rows(basis: Basis) -> Iterator[Row]:
    scheme, said = basis.scheme, basis.words
    directions, certainties = said.at("workbook.direction"), said.at("workbook.certainty")
    for indicator in scheme.indicators.values():
        area = scheme.areas[indicator.area].name
        for measure in indicator.measures:
            own = own_value(measure, basis.report, said)
            sources = measure.origin.sources or indicator.origin.sources
            yield (
                FORMS.get(measure.kind, PLAIN),
                (
                    measure.id,
                    measure.label,
                    indicator.name,
                    area,
                    measure.unit,
                    directions[measure.direction.value],
                    own,
                    *_beside(measure, basis),
                    certainties[measure.origin.certainty.value],
                    "; ".join(scheme.sources[id].title for id in sources),
                ),
            )


def _beside(measure: Measure, basis: Basis) -> Sequence[Cell]:
    """The reference group's figures of a measure, and the place of the own value in words."""
    if not measure.kind.numeric:
        return (None,) * (len(SPREAD) + 1)
    figure = basis.figure(measure.id)
    place = position(basis.report.comparison.own.get(measure.id), figure)
    word = basis.words.say(f"workbook.position.{place.replace(' ', '_')}") if place else None
    return (*_spread(figure), word)


def own_value(measure: Measure, report: Report, said: Language) -> Cell:
    """The own value as a cell holds it; None where there is none that can be compared."""
    value = report.values.get(measure.id)
    if measure.kind.numeric:
        return value if measure.id in report.comparison.own else None
    return _in_words(value, measure, said)


def _in_words(value: Value | None, measure: Measure, said: Language) -> Cell:
    if isinstance(value, bool):
        return said.say("workbook.yes" if value else "workbook.no")
    return next((option.label for option in measure.options if option.id == value), value)


def _groups(basis: Basis) -> Table:
    columns = basis.columns("measure", "label", "group", "n", "shown", *SPREAD[1:])
    return columns, _group_rows(basis)


def _group_rows(basis: Basis) -> Iterator[Row]:
    report, scheme = basis.report, basis.scheme
    shown = basis.words.at("group")
    for id in report.measures:
        measure = scheme.measures[id]
        for group, name in basis.names.items():
            n, level, *figures = _long(report.figure(id, group))
            yield FORMS[measure.kind], (id, measure.label, name, n, shown[level], *figures)


def _peers(basis: Basis) -> Table:
    rows = [
        (PLAIN, (basis.names[group.id], row.kind, group.n, row.shown, row.withheld, group.digest))
        for row, group in zip(basis.content.groups, basis.report.comparison.groups, strict=True)
    ]
    return basis.columns("group", "kind", "n", "shown", "withheld", "hash"), rows


def _compositions(basis: Basis) -> Table | None:
    report, measures = basis.report, basis.scheme.measures
    groups = [Column(title=name, width=22, form="figure") for name in basis.names.values()]
    rows = [
        (
            FORMS[Kind.SHARE],
            (
                whole.name,
                measures[part].label,
                part,
                own_value(measures[part], report, basis.words),
                *(report.figure(part, group).median for group in basis.names),
            ),
        )
        for whole in basis.scheme.compositions.values()
        for part in whole.parts
    ]
    return ([*basis.columns("composition", "part", "measure", "own"), *groups], rows) if rows else None


def _distances(basis: Basis) -> Table | None:
    names = {id: whole.name for id, whole in basis.scheme.compositions.items()}
    rows = [
        (Forms(figure="0.000"), (names[id], basis.names[group], whole.distance, *_changes(whole.others)))
        for id, wholes in basis.report.wholes.items()
        for group, whole in wholes.items()
    ]
    return (basis.columns("composition", "group", "distance", *CHANGES), rows) if rows else None


def _change(basis: Basis) -> Table | None:
    moved = basis.report.movement
    if moved is None:
        return None
    columns = basis.columns("measure", "label", "indicator", "unit", "since", "years", "step", *CHANGES)
    return columns, _change_rows(basis, moved)


def _change_rows(basis: Basis, moved: Movement) -> Iterator[Row]:
    scheme = basis.scheme
    since = moved.since.isoformat()
    group = basis.group.id if basis.group else ""
    for id, figures in moved.figures.items():
        measure = scheme.measures[id]
        found = _changes(figures.get(group, NOTHING))
        about = (id, measure.label, scheme.indicators[measure.indicator].name, measure.unit)
        yield FORMS[measure.kind], (*about, since, moved.years, moved.own.get(id), *found)


def _quality(basis: Basis) -> Table:
    columns = basis.columns(
        "number", "quality", "dimension", "light", "points", "of", "gate", "met", "reason", "missing",
        "thresholds",
    )  # fmt: skip
    return columns, _quality_rows(basis)


def _quality_rows(basis: Basis) -> Iterator[Row]:
    scheme, said = basis.scheme, basis.words
    for one in basis.report.appraisal.judgements:
        quality = scheme.quality[one.quality]
        cells = (
            one.quality,
            quality.name,
            scheme.dimensions[quality.dimension].name,
            said.say(f"light.{one.light}"),
            one.points,
            quality.points,
            said.say("workbook.yes" if one.gate else "workbook.no"),
            None if one.gate_met is None else said.say("workbook.yes" if one.gate_met else "workbook.no"),
            one.reason,
            ", ".join(scheme.measures[id].label for id in one.missing),
            said.say(f"workbook.certainty.{quality.thresholds.value}"),
        )
        yield PLAIN, cells


def _recommended(basis: Basis) -> Table:
    columns = basis.columns(
        "order", "number", "quality", "light", "gate", "todo", "next", "effort", "reason", "proof",
        "unproven", "effect",
    )  # fmt: skip
    said = basis.words
    rows = [
        (
            PLAIN,
            (
                one.number, one.quality, one.name, one.light.word,
                said.say("workbook.yes" if one.gate else "workbook.no"),
                one.text, one.next, one.effort, one.reason, one.proof, one.unproven, one.effect,
            ),
        )
        for one in basis.content.recommendations
    ]  # fmt: skip
    return columns, rows


def _plan(basis: Basis) -> Table:
    said = basis.words
    due, state = basis.columns("due", "state")
    columns = [
        *basis.columns("number", "quality", "next", "effort", "who"),
        replace(due, prompt=said.say("workbook.state.due")),
        replace(
            state, choices=tuple(said.at("workbook.state.words")), prompt=said.say("workbook.state.prompt")
        ),
        *basis.columns("remark"),
    ]
    rows = [(one.quality, one.name, one.next, one.effort) for one in basis.content.plan]
    rows += [("",) * 4] * SPARE
    return columns, [(PLAIN, (*row, None, None, None, None)) for row in rows]


def _growth(basis: Basis) -> Table | None:
    measures, report = basis.scheme.measures, basis.report
    rows = [
        (FORMS[Kind.COUNT], (measures[id].label, own_value(measures[id], report, basis.words)))
        for id in GROWTH
        if id in report.comparison.own
    ]
    when, number = basis.columns("label", "participants")
    return ((when, replace(number, form="own")), rows) if rows else None


def _eligible(basis: Basis) -> Table:
    met = {True: "met", False: "unmet", None: "open"}
    rows = [
        (
            PLAIN,
            (basis.scheme.criteria[one.criterion].text, basis.words.say(f"ready.{met[one.met]}"), one.reason),
        )
        for one in basis.report.appraisal.criteria
    ]
    return basis.columns("criterion", "met", "reason"), rows


def _sources(basis: Basis) -> Table:
    rows = [(PLAIN, (source.title, source.url)) for source in basis.scheme.sources.values()]
    return basis.columns("source", "address"), rows


def _notes(basis: Basis) -> Table:
    rows = [(PLAIN, (text,)) for text in (*basis.content.withheld, *basis.content.notes)]
    return basis.columns("note"), rows


SHEETS: Final = {
    "figures": _figures,
    "groups": _groups,
    "peers": _peers,
    "compositions": _compositions,
    "distances": _distances,
    "change": _change,
    "quality": _quality,
    "recommendations": _recommended,
    "plan": _plan,
    "growth": _growth,
    "eligibility": _eligible,
    "sources": _sources,
    "notes": _notes,
}

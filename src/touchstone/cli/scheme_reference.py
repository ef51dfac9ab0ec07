"""The manual's pages on the scheme, written from the shipped pack."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from touchstone.cli.speaking import counted
from touchstone.core.scheme.clauses import ENDS, STARTS, process_told
from touchstone.core.scheme.difference import Change, differences, rule_set_differences
from touchstone.core.scheme.folders import lineage, names
from touchstone.core.scheme.loading import load, shipped
from touchstone.core.scheme.model import (
    Advice,
    Criterion,
    Direction,
    Disclosure,
    Effort,
    Indicator,
    Kind,
    Light,
    Measure,
    Named,
    Origin,
    Plausibility,
    QualityIndicator,
    RuleSet,
    Scheme,
)
from touchstone.core.scheme.translation import languages
from touchstone.core.scheme.wording import certainty, conditions, day, derivation, listed, number, reach

Lines = Iterator[str]
Link = Callable[[str], str]  # an id as the page writes it
WRITTEN = "Written from the scheme pack by `script/docs`; a test compares."
DIRECTIONS: Mapping[Direction, str] = {
    Direction.HIGHER: "more is better",
    Direction.LOWER: "less is better",
    Direction.RANGE: "neither very little nor very much is good; shown without judgement",
    Direction.DESCRIPTIVE: "shown without judgement",
}
EFFORTS: Mapping[Effort, str] = {
    Effort.DAYS: "a few days",
    Effort.WEEKS: "a few weeks",
    Effort.MONTHS: "a few months",
    Effort.YEAR: "about a year",
}
SILVER = {True: "yes", False: "no", None: "not known"}
SIZES: Mapping[str, str] = {
    "median_from": "peers with a value, from which on the median is shown",
    "quartiles_from": "peers with a value, from which on the quartiles are shown",
    "full_from": "peers with a value, from which on the 5th and 95th percentile are shown",
    "difference": "organisations by which two published groups differ at the least, if they differ",
    "oldest_years": "years that the assessment of a peer may be old",
    "dominance": "per cent of a group’s sum; a tail that rests on a value above it is held back",
}


def pages(folder: Path) -> dict[str, str]:
    """The pages by file name, as Markdown."""
    scheme = load(folder)
    written = {
        "README.md": _index(scheme, languages(folder)),
        **{_area_page(area.id): _area(area, scheme) for area in scheme.areas.values()},
        **{_dimension_page(one.id): _dimension(one, scheme) for one in scheme.dimensions.values()},
        "rule-sets.md": _rule_sets(scheme),
        "groups.md": _groups(scheme),
        "plausibility.md": _plausibility(scheme),
        "overlays.md": _overlays(folder, scheme),
    }
    return {name: "\n\n".join(lines) + "\n" for name, lines in written.items()}


def write(folder: Path) -> None:
    """Write the pages, and take away those of items that the pack no longer has."""
    folder.mkdir(parents=True, exist_ok=True)
    written = pages(shipped())
    for file in folder.glob("*.md"):
        if file.name not in written:
            file.unlink()
    for name, page in written.items():
        (folder / name).write_text(page, encoding="utf-8")


def _area_page(id: str) -> str:
    return f"area-{id.lower()}.md"


def _dimension_page(id: str) -> str:
    return f"dimension-{id.lower()}.md"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    cells = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in cells)


def _anchor(id: str) -> str:
    return f'<a id="{id}"></a>'


def _indicator_link(id: str, scheme: Scheme) -> str:
    return f"[{id}]({_area_page(scheme.indicators[id].area)}#{id})"


def _quality_link(id: str, scheme: Scheme) -> str:
    return f"[{id}]({_dimension_page(scheme.quality[id].dimension)}#{id})"


def _sure(origin: Origin, scheme: Scheme) -> str:
    """How sure an item is and where it comes from, with links."""
    sources = [scheme.sources[id] for id in origin.sources]
    linked = [f"[{source.title}]({source.url})" if source.url else source.title for source in sources]
    return f"*{certainty(origin.certainty).capitalize()}.*" + (f" {'; '.join(linked)}." if linked else "")


def _index(scheme: Scheme, spoken: Sequence[str]) -> Lines:
    own = [indicator for indicator in scheme.indicators.values() if not indicator.supplementary]
    points = sum(quality.points for quality in scheme.quality.values())
    yield f"# {scheme.name}"
    yield WRITTEN
    yield f"**{scheme.notice}**"
    yield (
        f"{counted(len(own), 'indicator')} describe a cluster organisation and are compared with peers; "
        f"{counted(len(scheme.indicators) - len(own), 'supplementary one')} stand beside them. "
        f"{counted(len(scheme.quality), 'quality indicator')} are judged, with {points} points in all. "
        f"The texts are there in {listed(f'`{language}`' for language in spoken)}; "
        "`touchstone scheme show ID --lang LANGUAGE` prints them."
    )
    yield (
        "A quality indicator has levels. Each gives points and a light: green, yellow or red. The lowest "
        "level of a gate stops the label, however many points there are. What a label asks for besides, how "
        "long it runs and who decides stands in the rule set of the day."
    )
    yield (
        "Every item says how sure it is: *published* was read in the source named; *rebuilt* was put "
        "together from sources or from the practice of benchmarking; *our default* is a choice of this pack "
        "and no official rule. A source was read as a stored copy; the page may have changed since."
    )
    yield "## Pages"
    yield (
        f"- What is asked: {listed(_page_links('area', scheme.areas.values()))}\n"
        f"- What is judged: {listed(_page_links('dimension', scheme.dimensions.values()))}\n"
        "- [Rule sets by date, and who is eligible](rule-sets.md)\n"
        "- [Groups, classes, compositions and disclosure control](groups.md)\n"
        "- [Rules that answers must satisfy together](plausibility.md)\n"
        "- [Packs that extend this one](overlays.md)\n"
        "- [Other methods on the same answers](../../explanation/methods.md)\n"
        "- [The format of a pack](../scheme-pack.md)"
    )
    yield "## What is asked"
    yield _table(("indicator", "area"), _indicator_rows(scheme))
    yield "## What is judged"
    yield _table(("quality indicator", "dimension", "points", "gate", "Silver"), _quality_rows(scheme))


def _page_links(kind: str, parts: Iterable[Named]) -> Iterator[str]:
    return (f"[{one.id} {one.name}]({kind}-{one.id.lower()}.md)" for one in parts)


def _indicator_rows(scheme: Scheme) -> Iterator[tuple[str, ...]]:
    for indicator in scheme.indicators.values():
        link = f"{_indicator_link(indicator.id, scheme)} {indicator.name}"
        yield link, f"{indicator.area} {scheme.areas[indicator.area].name}"


def _quality_rows(scheme: Scheme) -> Iterator[tuple[str, ...]]:
    for quality in scheme.quality.values():
        yield (
            f"{_quality_link(quality.id, scheme)} {quality.name}",
            f"{quality.dimension} {scheme.dimensions[quality.dimension].name}",
            str(quality.points),
            "gate" if quality.gate else "",
            SILVER[quality.silver],
        )


def _area(area: Named, scheme: Scheme) -> Lines:
    yield f"# Area {area.id}: {area.name}"
    yield f"{WRITTEN} [All of the scheme](README.md)"
    for indicator in scheme.indicators.values():
        if indicator.area == area.id:
            yield from _indicator(indicator, scheme)


def _indicator(indicator: Indicator, scheme: Scheme) -> Lines:
    yield f"{_anchor(indicator.id)}\n\n## {indicator.id} {indicator.name}"
    yield from _indicator_body(indicator, scheme, lambda word: _quality_link(word, scheme))


def _indicator_body(indicator: Indicator, scheme: Scheme, link: Link) -> Lines:
    yield f"> {indicator.question}"
    yield indicator.definition
    yield "\n".join(
        f"- **{title}.** {text}"
        for title, text in (
            ("How to count", indicator.counting),
            ("Example", indicator.example),
            ("Common mistakes", indicator.mistakes),
            ("Why", indicator.why),
            ("Evidence", indicator.evidence),
            ("Direction", f"{DIRECTIONS[indicator.direction].capitalize()}."),
            ("Judged in", f"{listed(map(link, indicator.quality))}." if indicator.quality else "Nothing."),
            ("How sure", _sure(indicator.origin, scheme)),
        )
    )
    heads = "measure", "what", "range and unit", "how", "direction", "how sure"
    yield _table(heads, (_measure_row(measure) for measure in indicator.measures))
    yield from _worded(indicator.measures)


def _measure_row(measure: Measure) -> tuple[str, ...]:
    how = measure.help
    if measure.derived is not None:
        how = f"{how} Derived: {derivation(measure.derived)}.".strip()
    elif measure.from_participants:
        how = f"{how} The participant list gives it.".strip()
    words = certainty(measure.origin.certainty)
    return f"`{measure.id}`", measure.label, reach(measure), how, DIRECTIONS[measure.direction], words


def _worded(measures: Sequence[Measure]) -> Lines:
    """The worded answers, once for neighbours that share them."""
    with_options = [measure for measure in measures if measure.options]
    for options, found in groupby(with_options, key=lambda measure: measure.options):
        ids = listed(f"`{measure.id}`" for measure in found)
        yield f"Answers of {ids}: " + "; ".join(f"**{o.id}** {o.label}" for o in options) + "."


def _dimension(dimension: Named, scheme: Scheme) -> Lines:
    yield f"# Dimension {dimension.id}: {dimension.name}"
    yield f"{WRITTEN} [All of the scheme](README.md)"
    for quality in scheme.quality.values():
        if quality.dimension == dimension.id:
            yield from _quality(quality, scheme)


def _quality(quality: QualityIndicator, scheme: Scheme) -> Lines:
    yield f"{_anchor(quality.id)}\n\n## {quality.id} {quality.name}"
    yield from _quality_body(quality, scheme, lambda word: _indicator_link(word, scheme))


def _quality_body(quality: QualityIndicator, scheme: Scheme, link: Link) -> Lines:
    yield quality.judged
    yield "\n".join(
        f"- **{title}.** {text}"
        for title, text in (
            ("Evidence", quality.evidence),
            ("Points", f"Up to {quality.points}." if quality.points else "None: it is a gate only."),
            ("Gate", "Yes: a level that misses it stops the label." if quality.gate else "No."),
            ("Audited for Silver", f"{SILVER[quality.silver].capitalize()}."),
            ("Rests on", f"{listed(map(link, _rests_on(quality, scheme)))}."),
            ("Name and number", _sure(quality.origin, scheme)),
            ("Levels and gate", f"*{certainty(quality.thresholds).capitalize()}.*"),
        )
    )
    heads = "points", "light", "level", "reached with"
    yield _table(heads, _level_rows(quality, scheme))
    yield from _advice([scheme.advice[key] for key in scheme.advice if key[0] == quality.id])


def _rests_on(quality: QualityIndicator, scheme: Scheme) -> Iterable[str]:
    return dict.fromkeys(scheme.measures[id].indicator for id in quality.measures)


def _level_rows(quality: QualityIndicator, scheme: Scheme) -> Iterator[tuple[str, ...]]:
    for level in quality.levels:
        light = f"{level.light.value}, misses the gate" if level.misses_gate else level.light.value
        yield str(level.points), light, level.text, conditions(level.when, scheme.measures)


def _advice(found: Sequence[Advice]) -> Lines:
    titles = {Light.RED: "Advice where red", Light.YELLOW: "Advice where yellow"}
    if found:
        lines = [f"- **{titles[advice.light]}.** {advice.text}" for advice in found]
        yield "\n".join((*lines, *_first_step(found[0])))


def _first_step(advice: Advice) -> Iterator[str]:
    """The same for each light."""
    if advice.next and advice.effort:
        yield f"- **First step.** {advice.next} *The whole takes {EFFORTS[advice.effort]}.*"


def _rule_sets(scheme: Scheme) -> Lines:
    yield "# Rule sets by date"
    yield f"{WRITTEN} [All of the scheme](README.md)"
    yield (
        "A case is judged by the rules in force on the day of its interview. `touchstone scheme diff A B` "
        "tells how two of them differ."
    )
    rule_sets = tuple(scheme.rule_sets.values())
    yield _table(
        ("rule set", "in force from", "labels", "first label", "renewal"),
        (
            (
                f"[{rules.name}](#{rules.id})",
                day(rules.in_force_from),
                _labels(rules),
                f"{rules.validity.first_months} months",
                f"{rules.validity.renewal_months} months",
            )
            for rules in rule_sets
        ),
    )
    for earlier, rules in zip((None, *rule_sets), rule_sets, strict=False):
        yield f"{_anchor(rules.id)}\n\n## {rules.name}"
        yield from _rule_set(rules, scheme)
        if earlier is not None:
            changes = rule_set_differences(earlier, rules, criteria=scheme.criteria)
            against = f"Against [{earlier.name}](#{earlier.id}):"
            yield f"{against}\n\n" + "\n".join(f"- {change.text}" for change in changes)
    yield "## Who is eligible"
    yield _criteria(scheme.criteria.values(), scheme)


def _criteria(criteria: Iterable[Criterion], scheme: Scheme) -> str:
    return _table(
        ("criterion", "asks", "met with", "how sure"),
        (
            (
                f"{_anchor(one.id)}`{one.id}`",
                one.text,
                conditions(one.when, scheme.measures),
                _sure(one.origin, scheme),
            )
            for one in criteria
        ),
    )


def _labels(rules: RuleSet) -> str:
    return listed(level.capitalize() for level in rules.levels)


def _rule_set(rules: RuleSet, scheme: Scheme) -> Lines:
    validity = rules.validity
    start, end = STARTS[validity.renewal_from], ENDS[validity.end]
    yield f"In force from {day(rules.in_force_from)}. {rules.changed}"
    yield _table(
        ("rule", "says"),
        (
            ("labels", _labels(rules)),
            ("decided by", rules.decided_by),
            ("eligibility", listed(_criterion_link(id) for id in rules.eligibility)),
            (
                "a first label runs",
                f"{validity.first_months} months from the interview, {end}",
            ),
            ("a renewal runs", f"{validity.renewal_months} months from {start}, {end}"),
            ("renewable", f"until {validity.grace_months} months after the end"),
            *_gold(rules),
            ("process, as far as known", " ".join(process_told(rules)) or "not known"),
            ("how sure", _sure(rules.origin, scheme)),
        ),
    )


def _gold(rules: RuleSet) -> Iterator[tuple[str, str]]:
    if rules.pass_share is not None:
        least = (
            "whatever the lights" if rules.pass_light is Light.RED else f"no light below {rules.pass_light}"
        )
        yield "Gold needs", f"{number(rules.pass_share)} % of the points, {least}"


def _criterion_link(id: str) -> str:
    return f"[`{id}`](#{id})"


def _groups(scheme: Scheme) -> Lines:
    yield "# Groups, classes, compositions and disclosure control"
    yield f"{WRITTEN} [All of the scheme](README.md)"
    yield from _portfolios(scheme)
    yield from _classings(scheme)
    yield from _compositions(scheme)
    yield "## Disclosure control"
    yield from _disclosure(scheme.disclosure, scheme)


def _portfolios(scheme: Scheme) -> Lines:
    yield "## Portfolios"
    yield (
        "A portfolio with too few peers is widened by those related to it, in this order. The order is our "
        "default; how sure the names are stands below."
    )
    portfolios = scheme.portfolios.values()
    yield _table(
        ("portfolio", "related"),
        ((one.name, "; ".join(scheme.portfolios[id].name for id in one.related)) for one in portfolios),
    )
    named = [(origin, [*found]) for origin, found in groupby(portfolios, key=lambda one: one.origin)]
    for origin, found in named:
        whose = "Names" if len(named) == 1 else f"Names of {listed(one.name for one in found)}"
        yield f"{whose}: {_sure(origin, scheme)}"


def _classings(scheme: Scheme) -> Lines:
    yield "## Classes"
    yield "Groups may be narrowed to a class. A class reaches from its start up to the next one’s."
    yield _table(
        ("classing", "measure", "classes", "how sure"),
        (
            (
                one.name,
                f"`{one.measure}`",
                listed(f"{step.name} (from {number(step.start)})" for step in one.steps),
                _sure(one.origin, scheme),
            )
            for one in scheme.classings.values()
        ),
    )


def _compositions(scheme: Scheme) -> Lines:
    yield "## Compositions"
    yield "Shares that make one whole, compared part by part and as a whole."
    yield _table(
        ("composition", "parts", "how sure"),
        (
            (one.name, listed(f"`{id}`" for id in one.parts), _sure(one.origin, scheme))
            for one in scheme.compositions.values()
        ),
    )


def _disclosure(sizes: Disclosure | None, scheme: Scheme) -> Lines:
    if sizes is None:
        yield "The pack sets no sizes: nothing of any group is shown."
        return
    yield _table(
        ("size", "is", "of"),
        ((f"`{key}`", number(getattr(sizes, key)), words) for key, words in SIZES.items()),
    )
    yield _sure(sizes.origin, scheme)


def _plausibility(scheme: Scheme) -> Lines:
    yield "# Rules that answers must satisfy together"
    yield f"{WRITTEN} [All of the scheme](README.md)"
    yield "An error stops the work, a warning wants an answer, a hint is worth a look."
    yield _table(
        ("rule", "measures", "must", "severity", "says where it is broken", "how sure"),
        (
            (
                f"`{rule.id}`",
                listed(f"`{id}`" for id in rule.measures),
                _must(rule, scheme),
                rule.severity,
                rule.message,
                _sure(rule.origin, scheme),
            )
            for rule in scheme.plausibility
        ),
    )


def _must(rule: Plausibility, scheme: Scheme) -> str:
    """What a rule asks of its measures."""
    less = listed(f"`{id}`" for id in rule.less)
    asked = {
        "parts_of": f"add up to {number(rule.total)}",
        "sums_to_measure": f"add up to `{rule.limit}`",
        "not_above": f"be no more than `{rule.limit}`",
        "between": _span(rule, scheme),
        "not_after_interview": "be no later than the interview",
        "balance": f"less {less}, come to `{rule.limit}`",
    }[rule.kind]
    return f"{asked}, give or take {number(rule.tolerance)}" if rule.tolerance else asked


def _span(rule: Plausibility, scheme: Scheme) -> str:
    year = any(scheme.measures[id].kind is Kind.YEAR for id in rule.measures)
    ends = [
        f"{word} {f'{end:g}' if year else number(end)}"
        for word, end in (("at least", rule.low), ("at most", rule.high))
        if end is not None
    ]
    return f"be {listed(ends)}"


def _overlays(folder: Path, scheme: Scheme) -> Lines:
    yield "# Packs that extend this one"
    yield f"{WRITTEN} [All of the scheme](README.md)"
    for name in names():
        other = shipped(name)
        if [base.resolve() for base in lineage(other).folders[1:]][:1] == [folder.resolve()]:
            yield from _overlay(scheme, load(other))


def _overlay(scheme: Scheme, other: Scheme) -> Lines:
    yield f"## {other.name}"
    yield f"`{other.id}`. **{other.notice}**"
    for kind, found in groupby(differences(scheme, other), key=lambda change: change.kind):
        yield f"### {kind.capitalize()}"
        yield "\n".join(map(_change, found))
    yield from _new_in_full(scheme, other)


def _new_in_full(scheme: Scheme, other: Scheme) -> Lines:
    """What an overlay adds, with all that is said of it; what it shares stands on the other pages."""
    for rules in other.rule_sets.values():
        if rules.id not in scheme.rule_sets:
            yield f"### In full: {rules.name}"
            yield from _rule_set(rules, other)
            yield _criteria((other.criteria[id] for id in rules.eligibility), other)
    for indicator in other.indicators.values():
        if indicator.id not in scheme.indicators:
            yield f"### In full: {indicator.id} {indicator.name}"
            yield from _indicator_body(indicator, other, _code)
    for quality in other.quality.values():
        if quality.id not in scheme.quality:
            yield f"### In full: {quality.id} {quality.name}"
            yield from _quality_body(quality, other, _code)


def _code(id: str) -> str:
    return f"`{id}`"


def _change(change: Change) -> str:
    return f"- `{change.id}` {change.text}"


if __name__ == "__main__":
    write(Path(sys.argv[1]))

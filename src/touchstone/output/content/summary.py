"""Cover, summary, and the groups compared."""

from collections.abc import Iterator, Sequence

from touchstone.core.benchmark.model import Comparison, Group
from touchstone.core.quality.appraisal import reaches
from touchstone.core.quality.conditions import every
from touchstone.core.quality.model import Judgement, Score
from touchstone.core.report.report import Report
from touchstone.core.report.standing import reference_group
from touchstone.core.scheme.model import Scheme
from touchstone.output.charts import Parts, light_shape, parts_chart, score_bar
from touchstone.output.content.appraised import STATES, lever
from touchstone.output.content.model import Chart, Fact, GroupRow, LightCount, Step, Summary
from touchstone.output.content.words import DASH, country_name, day, group_name, one_decimal, say
from touchstone.output.printable import plain

LIGHTS = ("green", "yellow", "red", "not_assessed")
LEVERS = 5


def facts(report: Report, scheme: Scheme) -> tuple[Fact, ...]:
    """What stands on the cover, and at the head of a workbook."""
    organisation, rules = report.organisation, report.rule_set
    lines = {
        "portfolio": _portfolio(report, scheme),
        "country": country_name(organisation.country),
        "website": organisation.website,
        "interviewed": day(report.interviewed_on),
        "peers_on": day(report.on),
        "scheme": report.scheme_name,
        "rule_set": say("cover.in_force", name=rules.name, day=day(rules.in_force_from)),
        "number": report.number,
        "digest": report.comparison.digest,
    }
    return tuple(Fact(label=say(f"cover.{id}"), value=plain(value)) for id, value in lines.items() if value)


def summary(report: Report, scheme: Scheme) -> Summary:
    """One page: points, standing by area, lights, steps towards a label, and what to do first."""
    score = report.appraisal.score
    recommendations = report.appraisal.recommendations
    return Summary(
        facts=_facts_in_a_line(report, scheme),
        opening=say("summary.opening", points=score.points, max=score.max, share=one_decimal(score.share)),
        compared=_compared(report.comparison, scheme, report),
        standing=_standing(report, scheme),
        lights=lights(report.appraisal.judgements),
        score=_score(score, report),
        steps=_steps(report),
        levers=tuple(lever(one, scheme) for one in recommendations[:LEVERS]),
        more=say("summary.more", count=len(recommendations)) if len(recommendations) > LEVERS else "",
    )


def lights(judgements: Sequence[Judgement]) -> tuple[LightCount, ...]:
    """How many indicators have which light."""
    return tuple(
        LightCount(
            light=light,
            word=say(f"light.{light}"),
            shape=light_shape(light),
            count=sum(judgement.light == light for judgement in judgements),
        )
        for light in LIGHTS
    )


def groups(report: Report, scheme: Scheme) -> tuple[GroupRow, ...]:
    """The reference groups, with what was withheld and why."""
    return tuple(
        GroupRow(
            name=group_name(group, scheme),
            kind=say(f"group.{group.id.partition(':')[0]}"),
            n=f"{group.n:,}",
            shown=say(f"group.{_most_shown(group, report.comparison)}"),
            withheld=plain(group.withheld) or DASH,
        )
        for group in report.comparison.groups
    )


def _portfolio(report: Report, scheme: Scheme) -> str:
    portfolio = scheme.portfolios.get(report.organisation.portfolio)
    return portfolio.name if portfolio else report.organisation.portfolio


def _facts_in_a_line(report: Report, scheme: Scheme) -> str:
    return say(
        "summary.facts",
        portfolio=plain(_portfolio(report, scheme)),
        country=plain(country_name(report.organisation.country)),
        interviewed=day(report.interviewed_on),
        rule_set=plain(report.rule_set.name),
        number=report.number,
    )


def _most_shown(group: Group, comparison: Comparison) -> str:
    found = {figures[group.id].shown for figures in comparison.figures.values() if group.id in figures}
    return next((shown for shown in ("full", "quartiles", "median") if shown in found), "none")


def _compared(comparison: Comparison, scheme: Scheme, report: Report) -> str:
    group = reference_group(comparison)
    if group is None:
        return say("summary.compared_none")
    peers = f"{group.n:,} {'peer' if group.n == 1 else 'peers'}"
    return say("summary.compared", peers=peers, group=group_name(group, scheme), day=day(report.on))


def _standing(report: Report, scheme: Scheme) -> Chart | None:
    group = reference_group(report.comparison)
    rows = [
        Parts(
            name=f"{one.area}  {plain(scheme.areas[one.area].name)}",
            counts=(one.weaker, one.middle, one.better),
        )
        for one in report.standings
        if one.counted
    ]
    if group is None or not rows:
        return None
    picture = parts_chart(
        id="standing",
        title=say("summary.stands"),
        names=(say("summary.weaker"), say("summary.middle"), say("summary.better")),
        rows=rows,
    )
    caption = say("summary.stands_caption", group=group_name(group, scheme))
    return Chart(title="", svg=picture.svg, alt=picture.alt, caption=caption)


def _score(score: Score, report: Report) -> Chart:
    picture = score_bar(
        id="score",
        title=say("summary.score_title"),
        points=score.points,
        maximum=score.max,
        line=_line(score, report),
        line_name=say("summary.line"),
    )
    return Chart(title="", svg=picture.svg, alt=picture.alt, caption="")


def _line(score: Score, report: Report) -> float | None:
    share = report.rule_set.pass_share
    return None if share is None else share * score.max / 100


def _steps(report: Report) -> tuple[Step, ...]:
    return _eligibility_step(report), _gates_step(report), *_points_step(report)


def _eligibility_step(report: Report) -> Step:
    states = [one.met for one in report.appraisal.criteria]
    return _step("eligibility", asks={"count": len(states)}, states=states, state=report.appraisal.eligible)


def _gates_step(report: Report) -> Step:
    states = [one.gate_met for one in report.appraisal.judgements if one.gate]
    return _step("gates", asks={"count": len(states)}, states=states, state=every(states))


def _step(id: str, *, asks: dict[str, int], states: Sequence[bool | None], state: bool | None) -> Step:
    return Step(
        name=say(f"ready.{id}"),
        asks=say(f"ready.{id}_asks", **asks),
        here=say("ready.counted", met=states.count(True), unmet=states.count(False), open=states.count(None)),
        state=STATES[state],
        word=say(f"ready.{STATES[state]}"),
    )


def _points_step(report: Report) -> Iterator[Step]:
    """The points that Gold needs; nothing where the rules know no Gold."""
    score, line = report.appraisal.score, _line(report.appraisal.score, report)
    if line is None:
        return
    red = sum(one.light == "red" for one in report.appraisal.judgements)
    # While an answer is missing points can still come; a light below its threshold stays there.
    assessed = [one for one in report.appraisal.judgements if one.light != "not_assessed"]
    above = all(reaches(one, report.rule_set.pass_light) for one in assessed)
    waiting = score.not_assessed > 0 and above
    state = True if score.passed else None if waiting else False
    yield Step(
        name=say("ready.points"),
        asks=say(
            "ready.points_asks",
            line=f"{line:g}",
            max=score.max,
            share=f"{report.rule_set.pass_share:g}",
            light=say(f"light.{report.rule_set.pass_light}"),
        ),
        here=say("ready.points_counted", points=score.points, red=red, open=score.not_assessed),
        state=STATES[state],
        word=say(f"ready.{STATES[state]}"),
    )

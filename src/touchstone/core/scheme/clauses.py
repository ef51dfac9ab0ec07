"""The rules of a rule set clause by clause: how each reads, and what two rule sets say otherwise."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from touchstone.core.scheme.model import Light, Meeting, Process, RuleSet, Topic
from touchstone.core.scheme.wording import listed, number

ENDS = {"day": "to the day", "month": "until the last day of the month"}
STARTS = {"interview": "the interview", "previous_end": "the previous end"}
MEETINGS: Mapping[Meeting, str] = {"on_site": "on site", "video": "by video"}
TOPICS: Mapping[Topic, str] = {
    "digital": "digital change",
    "green": "green change",
    "social": "the social economy",
}
ASSESSED = ("bronze", "silver", "gold")


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule in words. `value` is None where a rule set says nothing of it.

    `now` says it in full, without a full stop; `before` is how it ends the sentence "…; before …".
    """

    value: Callable[[RuleSet], object]
    now: Callable[[RuleSet], str]
    before: Callable[[RuleSet], str]
    level: str = ""  # of which it speaks; that a level is gone says already that its rules are


def told(one: RuleSet, other: RuleSet) -> Iterator[str]:
    """A sentence for each clause that reads otherwise in `other` than in `one`."""
    for clause in CLAUSES:
        earlier, later = clause.value(one), clause.value(other)
        if earlier == later:
            continue
        if later is None and clause.level and clause.level not in other.levels:
            continue
        if later is None:
            yield f"No longer said: {clause.now(one)}."
        elif earlier is None:
            yield f"{_capital(clause.now(other))}."
        else:
            yield f"{_capital(clause.now(other))}; before {clause.before(one)}."


def process_told(rules: RuleSet) -> tuple[str, ...]:
    """All that is known of the process under some rules, a sentence each."""
    return tuple(f"{_capital(one.now(rules))}." for one in PROCESS if one.value(rules) is not None)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _renewal(rules: RuleSet) -> str:
    return f"{rules.validity.renewal_months} months from {STARTS[rules.validity.renewal_from]}"


def _share(rules: RuleSet) -> str:
    return f"{number(rules.pass_share or 0)} %"


def _light(rules: RuleSet, asks: str, takes: str) -> str:
    """No light is below red: such rules ask for none."""
    return f"{takes} any light" if rules.pass_light is Light.RED else f"{asks} at least {rules.pass_light}"


def _experts(level: str) -> Clause:
    def counted(rules: RuleSet) -> str:
        experts = rules.process.experts[level]
        return f"by {experts} {'expert' if experts == 1 else 'experts'}"

    return Clause(
        lambda rules: rules.process.experts.get(level),
        lambda rules: f"{level.capitalize()} is assessed {counted(rules)}",
        counted,
        level,
    )


def _required(level: str) -> Clause:
    def said(_: RuleSet) -> str:
        return f"one minimum requirement that is missed stops {level.capitalize()}"

    return Clause(
        lambda rules: level in (rules.process.minimum_requirements or ()) or None, said, said, level
    )


def _of_process(
    value: Callable[[Process], object],
    now: Callable[[Process], str],
    before: Callable[[Process], str],
    level: str = "",
) -> Clause:
    return Clause(
        lambda rules: value(rules.process),
        lambda rules: now(rules.process),
        lambda rules: before(rules.process),
        level,
    )


def _ways(process: Process) -> str:
    return listed((MEETINGS[way] for way in process.interview or ()), last="or")


def _topics(process: Process) -> str:
    return listed(TOPICS[topic] for topic in process.topics or ())


def _months(process: Process) -> str:
    least, most = process.silver_after_months or (0, 0)
    return f"{least} to {most} months after the first"


def _areas(process: Process) -> str:
    return f"{process.improvement_areas} {'area' if process.improvement_areas == 1 else 'areas'}"


PROCESS: tuple[Clause, ...] = (
    *(_experts(level) for level in ASSESSED),
    _of_process(
        lambda process: process.foreign_expert,
        lambda process: (
            "one of the experts for Gold comes from another country"
            if process.foreign_expert
            else "the experts for Gold may all come from one country"
        ),
        lambda process: "one of them had to" if process.foreign_expert else "none had to",
        "gold",
    ),
    _of_process(
        lambda process: process.expert_recommends,
        lambda process: (
            "the expert recommends whether to give the label, and somebody decides on it"
            if process.expert_recommends
            else "who is benchmarked is given Bronze, without a recommendation or a decision"
        ),
        lambda process: (
            "the expert recommended it" if process.expert_recommends else "Bronze was given without that"
        ),
    ),
    _of_process(
        lambda process: process.interview,
        lambda process: f"the benchmarking interview is held {_ways(process)}",
        _ways,
    ),
    _of_process(
        lambda process: process.topics,
        lambda process: f"the questionnaire asks about {_topics(process)} too",
        lambda process: f"about {_topics(process)}",
    ),
    _of_process(
        lambda process: process.silver_after_months,
        lambda process: f"Silver asks for a second benchmarking, {_months(process)}",
        _months,
        "silver",
    ),
    _of_process(
        lambda process: process.improvement_areas,
        lambda process: f"Silver asks for {_areas(process)} of improvement with evidence",
        lambda process: f"for {_areas(process)}",
        "silver",
    ),
    *(_required(level) for level in ASSESSED),
)

# How a rule reads where it holds now, and where it held before.
CLAUSES: tuple[Clause, ...] = (
    Clause(
        lambda rules: rules.decided_by,
        lambda rules: f"labels are decided on by “{rules.decided_by}”",
        lambda rules: f"by “{rules.decided_by}”",
    ),
    Clause(
        lambda rules: rules.pass_share,
        lambda rules: f"Gold needs {_share(rules)} of the points",
        lambda rules: f"it needed {_share(rules)}",
        "gold",
    ),
    Clause(
        lambda rules: rules.pass_light,
        lambda rules: f"Gold {_light(rules, 'needs', 'goes with')} on each quality indicator",
        lambda rules: f"it {_light(rules, 'needed', 'went with')}",
        "gold",
    ),
    Clause(
        lambda rules: rules.validity.end,
        lambda rules: f"a label runs {ENDS[rules.validity.end]}",
        lambda rules: f"it ran {ENDS[rules.validity.end]}",
    ),
    Clause(
        lambda rules: rules.validity.first_months,
        lambda rules: f"a first label runs for {rules.validity.first_months} months",
        lambda rules: f"it ran for {rules.validity.first_months} months",
    ),
    Clause(
        _renewal,
        lambda rules: f"renewal runs for {_renewal(rules)}",
        lambda rules: f"it ran for {_renewal(rules)}",
    ),
    Clause(
        lambda rules: rules.validity.grace_months,
        lambda rules: f"renewal is possible until {rules.validity.grace_months} months after the end",
        lambda rules: f"it was until {rules.validity.grace_months} months after it",
    ),
    *PROCESS,
)

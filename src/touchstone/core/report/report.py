"""The report of one assessment as a value. What renders it computes nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from touchstone.core.assessment import plausibility
from touchstone.core.assessment.derivation import derive, in_order, is_number
from touchstone.core.assessment.model import Assessment, Organisation, Value
from touchstone.core.assessment.participants import Participant
from touchstone.core.assessment.portrait import Portrait, portrait
from touchstone.core.benchmark.change import Movement, compare_change, own_change
from touchstone.core.benchmark.comparison import compare
from touchstone.core.benchmark.composition import Whole, compare_compositions
from touchstone.core.benchmark.density import Bin, densities
from touchstone.core.benchmark.model import Comparison, Figure, Population
from touchstone.core.benchmark.prepared import Prepared, prepare, same_name
from touchstone.core.benchmark.releases import Release
from touchstone.core.faults import Fault, Unusable
from touchstone.core.quality.appraisal import appraise
from touchstone.core.quality.model import Appraisal
from touchstone.core.report.number import number
from touchstone.core.report.standing import AreaStanding, reference_group, standings
from touchstone.core.scheme.model import Kind, RuleSet, Scheme

NOTHING = Figure(n=0, shown="none")
# What comes in whole numbers only.
WHOLE = (Kind.COUNT, Kind.SCALE, Kind.YEAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that a report says.

    `number` names it and follows from the organisation, its values, the rules and the comparison set; see
    `report.number`. `measures` holds the ids of all numeric measures in the order of the pack. `on` is the
    day as of which the peers are taken.
    """

    number: str
    scheme: str
    scheme_name: str
    scheme_digest: str
    notice: str
    rule_set: RuleSet
    assessment: Assessment
    values: Mapping[str, Value]
    measures: tuple[str, ...]
    comparison: Comparison
    appraisal: Appraisal
    standings: tuple[AreaStanding, ...]
    faults: tuple[Fault, ...]
    on: date
    wholes: Mapping[str, Mapping[str, Whole]]
    movement: Movement | None = None  # since an earlier assessment, where there is one
    # Measure → the shape of the reference group's spread, where it may be shown.
    densities: Mapping[str, tuple[Bin, ...]] = field(default_factory=dict)
    portrait: Portrait | None = None  # where the participants are, if a list says so
    expert: str = ""  # who held the interview; empty where nobody says
    language: str = "en"  # of all texts: ISO 639-1

    @property
    def organisation(self) -> Organisation:
        return self.assessment.organisation

    @property
    def interviewed_on(self) -> date:
        return self.assessment.interviewed_on

    @property
    def synthetic(self) -> bool:
        """Whether the peers are made up."""
        return self.comparison.synthetic

    @property
    def notes(self) -> tuple[str, ...]:
        """Fall-backs taken and groups withheld, in words."""
        return self.comparison.notes

    def figure(self, measure: str, group: str) -> Figure:
        """What may be shown of a measure in a group; nothing where there is no figure."""
        return self.comparison.figures.get(measure, {}).get(group, NOTHING)


def make_report(
    assessment: Assessment,
    *,
    scheme: Scheme,
    population: Population | Prepared,
    on: date | None = None,
    rule_set: RuleSet | None = None,
    previous: Assessment | None = None,
    release: Release | None = None,
    beside_peers: bool = True,
    participants: Iterable[Participant] = (),
    expert: str = "",
) -> Report:
    """Compare and appraise an assessment.

    Args:
        assessment: the answers; derived measures are added.
        scheme: the pack.
        population: all assessments; the peers are picked from it. Prepared once it serves many reports.
        on: the day as of which peers are taken; the interview's by default.
        rule_set: the one that the case is pinned to; by default the one in force on the interview's day.
        previous: an earlier assessment of the organisation, whose interview was before this one's.
        release: the one that the peers are drawn from, as of its own day, which must not be after `on`. Then
            nothing is said of the peers' changes, of the shapes of spreads, nor of the peers' compositions
            as a whole, since no release controls those.
        beside_peers: whether changes stand beside those of the peers. A frozen set has one assessment of each
            peer, so a report that is to be made again from it tells its own changes alone.
        participants: the organisation's list with positions, for the map; the answers are not changed by it.
        expert: who held the interview, for the cover.

    The report speaks the language of the scheme.

    Raises:
        Unusable: where the earlier assessment is another organisation's, or is not earlier.
    """
    given = assessment.values()
    as_of = on or assessment.interviewed_on
    rules = rule_set or scheme.rule_set_on(assessment.interviewed_on)
    values = derive(given, scheme, interviewed_on=assessment.interviewed_on)
    peers = population if isinstance(population, Prepared) else prepare(population, scheme)
    comparison = compare(
        values,
        organisation=assessment.organisation,
        population=peers,
        scheme=scheme,
        on=as_of,
        release=release,
    )
    return Report(
        number=_number(assessment, values, rules, comparison, scheme),
        scheme=scheme.id,
        scheme_name=scheme.name,
        scheme_digest=scheme.digest,
        notice=scheme.notice,
        rule_set=rules,
        assessment=assessment,
        values=values,
        measures=tuple(id for id, measure in scheme.measures.items() if measure.kind.numeric),
        comparison=comparison,
        appraisal=appraise(
            values,
            scheme=scheme,
            rule_set=rules,
            comparison=comparison,
            proven=proven(assessment, scheme),
        ),
        standings=standings(comparison, scheme),
        faults=plausibility.check(given, scheme, interviewed_on=assessment.interviewed_on, derived=values),
        on=comparison.on,
        wholes=_wholes(comparison, peers, scheme, release),
        movement=_movement(
            assessment,
            previous,
            values,
            scheme=scheme,
            peers=peers if beside_peers and release is None else None,
            on=as_of,
        ),
        densities=_densities(comparison, peers, scheme, release),
        portrait=portrait(participants, on=assessment.interviewed_on),
        expert=expert,
        language=scheme.language,
    )


def _wholes(
    comparison: Comparison, peers: Prepared, scheme: Scheme, release: Release | None
) -> Mapping[str, Mapping[str, Whole]]:
    """Own compositions as a whole; beside those of the peers where no release has to control them.

    The own distance to a group's centre follows from medians that the release allows.
    """
    found = compare_compositions(comparison, population=peers, scheme=scheme)
    if release is None:
        return found
    return {
        id: {group: replace(whole, others=NOTHING) for group, whole in wholes.items()}
        for id, wholes in found.items()
    }


def _densities(
    comparison: Comparison, peers: Prepared, scheme: Scheme, release: Release | None
) -> Mapping[str, tuple[Bin, ...]]:
    """The shapes of the reference group; none from a release, which does not control them."""
    group = reference_group(comparison)
    if group is None or release is not None:
        return {}
    kinds = (scheme.measures[id].kind for id in peers.measures)
    return densities(
        peers.matrix[:, group.members],
        {id: comparison.figures[id][group.id] for id in peers.measures},
        whole=np.array([kind in WHOLE for kind in kinds]),
        setting=scheme.disclosure,
    )


def _movement(
    now: Assessment,
    before: Assessment | None,
    values: Mapping[str, Value],
    *,
    scheme: Scheme,
    peers: Prepared | None,
    on: date,
) -> Movement | None:
    """What has changed; alone without peers, or where their day is before the earlier interview."""
    if before is None:
        return None
    if same_name(before.organisation.id) != same_name(now.organisation.id):
        problem = f"It is of {before.organisation.id}, not of {now.organisation.id}."
        raise Unusable("", Fault("the assessment before", problem, "Hand in the organisation's own."))
    if before.interviewed_on >= now.interviewed_on:
        problem = f"Its interview was on {before.interviewed_on}, not before {now.interviewed_on}."
        raise Unusable("", Fault("the assessment before", problem, "Hand in an earlier one."))
    earlier = derive(before.values(), scheme, interviewed_on=before.interviewed_on)
    if peers is None or before.interviewed_on >= on:
        numeric = [id for id, measure in scheme.measures.items() if measure.kind.numeric]
        return own_change(
            values, earlier, measures=numeric, on=now.interviewed_on, previously=before.interviewed_on
        )
    return compare_change(
        values,
        earlier,
        organisation=now.organisation,
        population=peers,
        scheme=scheme,
        on=on,
        previously=before.interviewed_on,
    )


def proven(assessment: Assessment, scheme: Scheme) -> frozenset[str]:
    """The measures for which evidence is on file; a derived one where it is for all that it follows from."""
    found = {id for id, answer in assessment.answers.items() if answer.evidence}
    for id, derivation in in_order(scheme):
        if found.issuperset(derivation.of):
            found.add(id)
    return frozenset(found)


def organisation_document(organisation: Organisation) -> dict[str, str]:
    """The organisation as documents name it."""
    return {
        "id": organisation.id,
        "name": organisation.name,
        "country": organisation.country,
        "portfolio": organisation.portfolio,
        "website": organisation.website,
    }


def _number(
    assessment: Assessment,
    values: Mapping[str, Value],
    rules: RuleSet,
    comparison: Comparison,
    scheme: Scheme,
) -> str:
    organisation = assessment.organisation
    # 30 and 30.0 are the same answer, from whatever file it comes.
    answers = {id: float(value) if is_number(value) else value for id, value in values.items()}
    said = [organisation_document(organisation), answers, rules.id, comparison.digest, scheme.digest]
    return number(country=organisation.country, on=assessment.interviewed_on, content=said)

"""A report made again, years later, from its frozen set: the rules and the peers are those of then."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from touchstone.apps.cases.models import Case, Document, ReportRun
from touchstone.apps.participants.rows import as_participant
from touchstone.apps.peers import sets, store
from touchstone.apps.peers.current import Peers, of_release
from touchstone.apps.refusal import Refused
from touchstone.core.assessment.model import Assessment
from touchstone.core.assessment.reading import from_document
from touchstone.core.benchmark.frozen import FrozenSet
from touchstone.core.benchmark.prepared import prepare
from touchstone.core.report.report import Report, make_report
from touchstone.core.scheme.model import Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Remade:
    """What came of it: `result.json` again, and whether it is the one of then to the byte."""

    run: ReportRun
    content: bytes
    equal: bool


def remake(case: Case) -> Remade:
    """Make the result of the case's newest report again, from all that was kept with it.

    Raises Refused where the case has no such report, and Unusable where what was kept cannot be read.
    """
    from touchstone.output.report import result_json

    run = case.runs.filter(state=ReportRun.State.DONE).first()
    if run is None:
        raise Refused(f"The case {case.reference} has no report yet.")
    if not run.set_digest:
        raise Refused(f"The report of {case.reference} was made before comparison sets were kept.")
    content = result_json(report_again(run))
    then = run.documents.get(kind=Document.Kind.RESULT).sha256
    return Remade(run=run, content=content, equal=hashlib.sha256(content).hexdigest() == then)


def report_again(run: ReportRun) -> Report:
    """The report of a run as it was then, in all that its forms say but for the logo, which may have changed.

    A run from before maps were drawn has kept no positions, no expert and no record of the case before, as
    its report had none of them.
    """
    frozen, scheme = sets.read(run.set_digest, language=run.language)
    peers, case = _peers(run, frozen, scheme), run.case
    return make_report(
        _record(run.record, scheme, case),
        scheme=scheme,
        population=peers.ready,
        on=frozen.on,
        rule_set=scheme.rule_sets[case.rule_set],
        release=peers.release,
        previous=_record(run.before, scheme, case) if run.before else None,
        beside_peers=False,
        participants=map(as_participant, json.loads(run.participants or "[]")),
        expert=run.expert,
    )


def _record(kept: str, scheme: Scheme, case: Case) -> Assessment:
    return from_document(json.loads(kept), scheme, file=case.reference, today=date.max)


def _peers(run: ReportRun, frozen: FrozenSet, scheme: Scheme) -> Peers:
    """Those of the set; where they were drawn from a release, with the assessments that it held over."""
    if run.release is None:
        return Peers(name=frozen.name, ready=prepare(frozen.population, scheme))
    return of_release(store.read(store.path_of(run.release)), scheme)

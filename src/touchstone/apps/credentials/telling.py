"""What a granting entry says in words: the scheme, its rules, who decided, and whether any of it is real."""

from dataclasses import dataclass

from touchstone.apps import pack
from touchstone.apps.cases.models import Case, ReportRun
from touchstone.apps.organisations.models import Organisation
from touchstone.core.labels.model import Act
from touchstone.core.scheme.translation import ENGLISH


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Texts are in the language asked for, save those that the entry itself gives."""

    scheme: str
    notice: str
    rules: str
    decided_by: str
    synthetic: bool  # an invented organisation, or one that was compared with made-up peers
    imported: bool  # read in an older register, and not decided here


def told(act: Act, *, language: str = ENGLISH) -> Told:
    """What an act says. Rules that the pack does not know are told as the entry has them."""
    case = Case.objects.filter(reference=act.case).first() if act.case else None
    scheme = pack.scheme(case.scheme if case else pack.DEFAULT, language=language)
    rules = scheme.rule_sets.get(act.rule_set)
    return Told(
        scheme=scheme.name,
        notice=scheme.notice,
        rules=rules.name if rules else act.rule_set,
        decided_by=rules.decided_by if rules else act.actor,
        synthetic=_is_synthetic(act, case),
        imported=bool(act.origin),
    )


def _is_synthetic(act: Act, case: Case | None) -> bool:
    run = case.runs.filter(state=ReportRun.State.DONE).first() if case else None
    if run and run.synthetic:
        return True
    return Organisation.objects.filter(key=act.organisation, synthetic=True).exists()

"""The verbs of a case. Each is one transaction, leaves one event, and refuses in plain words.

They take the case by its row, lock it, and give it back as it is afterwards.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from touchstone.apps.accounts.models import User
from touchstone.apps.cases import carrying, making, rules, saving
from touchstone.apps.cases.models import Case, Event, ReportRun
from touchstone.apps.cases.queries import faults_of
from touchstone.apps.cases.saving import Saved, meetings
from touchstone.apps.experts import rules as experts
from touchstone.apps.experts.models import Interest
from touchstone.apps.organisations.models import Organisation
from touchstone.apps.pack import DEFAULT, rule_set, rule_set_on
from touchstone.apps.refusal import Refused
from touchstone.apps.register import services as register
from touchstone.core.assessment.model import Answer
from touchstone.core.cases.conflicts import InterestKind, faulty_declaration
from touchstone.core.cases.states import NotNow, Role, next_state
from touchstone.core.faults import Severity
from touchstone.core.labels.model import LabelLevel
from touchstone.core.language.language import ENGLISH, languages

__all__ = [
    "Refused", "Saved", "assign_expert", "award", "confirm_carried", "declare_interests", "invite_observer",
    "make_report", "meetings", "open_case", "refuse", "request_report", "save_answers", "send_back",
    "send_to_decision", "submit",
]  # fmt: skip

make_report = making.make


@transaction.atomic
def open_case(
    *, organisation: Organisation, level: LabelLevel | str, by: User, on: date, at: datetime,
    expert: User | None = None,
) -> Case:  # fmt: skip
    """Open a case under the rule set in force on `on`, and assign an expert where one is named.

    What the organisation's last finished case said is carried into it, each answer still to be confirmed.
    """
    _require(rules.may_open(by), _("Only the secretariat opens cases."))
    rules_then = rule_set_on(on)
    if str(level) not in rules_then.levels:
        raise Refused(_("The rule set “%(name)s” knows no such level.") % {"name": rules_then.name})
    # Whoever opens a case for the same organisation at the same time waits here and then sees this one.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if Case.objects.unfinished().filter(organisation=organisation).exists():
        raise Refused(_("This organisation has a case that is not finished yet. Finish that one first."))
    register.bring_name(organisation.key, on=at.date())
    organisation.refresh_from_db()
    case = Case(reference=uuid4().hex, organisation=organisation, level=str(level), opened_on=on)
    case.scheme, case.rule_set = DEFAULT, rules_then.id
    case.previous = previous = carrying.last_case(organisation)
    case.save()
    # The number of the row is the one that no other case can have, whoever opens one at the same time.
    case.reference = f"{on.year}-{case.pk:04d}"
    case.save(update_fields=["reference"])
    _record(case, "open", by=by, at=at, after={"organisation": organisation.key, "level": case.level})
    if previous and (carried := carrying.carry_into(case, previous, by=by, on=on, at=at)):
        _record(case, "carry", by=by, at=at, after={"from": previous.reference, "measures": carried})
    return assign_expert(case=case, expert=expert, by=by, at=at) if expert else case


@transaction.atomic
def assign_expert(*, case: Case, expert: User, by: User, at: datetime) -> Case:
    """Give the case to an expert against whom nothing stands, who then declares interests first."""
    case = _locked(case)
    _require(
        rules.may_assign(by, case),
        _("Only the secretariat assigns experts, before the record is submitted."),
    )
    if not expert.has_role(Role.EXPERT):
        raise Refused(_("%(person)s is not an expert.") % {"person": expert})
    _require_impartial(expert, case)
    before = {"expert": case.expert and case.expert.username}
    case.expert = expert
    _step(case, "assign")
    case.save(update_fields=["expert", "state"])
    _record(case, "assign", by=by, at=at, before=before, after={"expert": expert.username})
    return case


@transaction.atomic
def declare_interests(
    *, case: Case, by: User, kinds: Collection[InterestKind | str], statement: str = "", at: datetime
) -> tuple[str, ...]:
    """Keep what the expert declares, “none” too. Returns what now stands against going on, in words.

    A conflict is kept like any other declaration; the case then waits for another expert.
    """
    case = _locked(case)
    _require(rules.may_declare(by, case), _("Only the expert of a case declares interests in it."))
    declared = [InterestKind(kind) for kind in dict.fromkeys(kinds)]
    if fault := faulty_declaration(declared):
        raise Refused(fault)
    for kind in declared:
        Interest.objects.create(case=case, expert=by, kind=kind.value, statement=statement, declared_at=at)
    against = experts.conflicts_of(by, case)
    if not against and case.state == "open":
        _step(case, "declare")
        case.save(update_fields=["state"])
    _record(
        case, "declare", by=by, at=at, after={"kinds": [kind.value for kind in declared]}, reason=statement
    )
    return against


@transaction.atomic
def save_answers(
    *, case: Case, by: User, answers: Mapping[str, Answer], at: datetime,
    interviewed_on: date | None = None, meeting: str = "", revisions: Mapping[str, int] | None = None,
) -> Saved:  # fmt: skip
    """Save answers, keyed by measure id. What has a fault is reported and not saved; the rest is.

    `meeting` is how the interview was held; "" leaves what is kept.

    `revisions` are those that the caller had seen. Where somebody saved in between, the newer answer wins,
    the caller is told, and the event keeps both.
    """
    case = _locked(case)
    _require_expert(by, case)
    saved, before, after = saving.save(
        case, by=by, answers=answers, at=at, interviewed_on=interviewed_on, meeting=meeting,
        revisions=revisions or {},
    )  # fmt: skip
    if after:
        _record(case, "save_answers", by=by, at=at, before=before, after=after)
    return saved


@transaction.atomic
def confirm_carried(*, case: Case, measures: Collection[str], by: User, at: datetime) -> tuple[str, ...]:
    """Say of answers carried from the last case that they are still true; gives those that count now.

    Refused where none of them waits for it: it was confirmed before, or answered anew.
    """
    case = _locked(case)
    _require_expert(by, case)
    before, after = carrying.confirm(case, measures=measures, by=by, at=at)
    _require(bool(after), _("No answer from the last interview waits here to be confirmed."))
    _record(case, "confirm_carried", by=by, at=at, before=before, after=after)
    return tuple(after)


@transaction.atomic
def submit(*, case: Case, by: User, recommended: bool, text: str = "", at: datetime) -> Case:
    """Hand in the record with the recommendation to award or not."""
    case = _locked(case)
    _require_expert(by, case)
    if case.interviewed_on is None:
        raise Refused(_("Say first on which day the interview was."))
    if not recommended and not text.strip():
        raise Refused(_("Say why the label is not recommended."))
    if not case.answers.counting().exists():
        raise Refused(_("Nothing has been answered yet."))
    errors = [fault for fault in faults_of(case, today=at.date()) if fault.severity is Severity.ERROR]
    if errors:
        raise Refused(_("The answers contradict each other: %(fault)s") % {"fault": errors[0]})
    case.eligible_recommended, case.recommendation_text, case.submitted_at = recommended, text, at
    _step(case, "submit")
    case.save(update_fields=["eligible_recommended", "recommendation_text", "submitted_at", "state"])
    _record(case, "submit", by=by, at=at, after={"recommended": recommended}, reason=text)
    return case


@transaction.atomic
def send_back(*, case: Case, by: User, reason: str, at: datetime) -> Case:
    """Give the record back to the expert, with what is to be mended."""
    case = _locked(case)
    _require(
        rules.may_send_back(by, case),
        _("Only the secretariat sends a record back, before the decision."),
    )
    _require(bool(reason.strip()), _("Say what is to be mended."))
    _step(case, "send_back")
    case.save(update_fields=["state"])
    _record(case, "send_back", by=by, at=at, reason=reason)
    return case


@transaction.atomic
def request_report(
    *, case: Case, by: User, at: datetime, language: str = ENGLISH, in_background: bool = True
) -> ReportRun:
    """Have the report made, by default in the background. A making that fell silent is given up first."""
    case = _locked(case)
    making.give_up_silent(case, at=at)
    _require(
        rules.may_request_report(by, case),
        _("A report is made by the secretariat, once the record is in and no other is being made."),
    )
    _require(
        language in languages(),
        _("There is no report in “%(language)s”. Choose one of: %(known)s.")
        % {"language": language, "known": ", ".join(languages())},
    )
    run = ReportRun.objects.create(case=case, requested_at=at, requested_by=by, language=language)
    _step(case, "request_report")
    case.reviewer = case.reviewer or by
    case.save(update_fields=["state", "reviewer"])
    _record(case, "request_report", by=by, at=at, after={"run": run.pk, "language": language})
    if in_background:
        transaction.on_commit(lambda: making.enqueue(run.pk))
    return run


@transaction.atomic
def send_to_decision(*, case: Case, by: User, at: datetime) -> Case:
    """Hand the checked case to the deciders; who does so has reviewed it and cannot decide it."""
    case = _locked(case)
    _require(
        rules.may_send_to_decision(by, case),
        _("Only the secretariat sends a case to decision, and only with its report made."),
    )
    case.reviewer = by
    _step(case, "send_to_decision")
    case.save(update_fields=["reviewer", "state"])
    _record(case, "send_to_decision", by=by, at=at)
    return case


@transaction.atomic
def award(*, case: Case, by: User, reason: str, at: datetime) -> Case:
    """Award the label: the ledger's entry, the register and the case change together or not at all."""
    case = _locked(case)
    _require_decider(by, case, reason)
    if case.interviewed_on is None:
        raise Refused(_("The day of the interview is missing, and with it the label's period."))
    entry = register.grant(
        organisation=case.organisation,
        level=LabelLevel(case.level),
        rules=rule_set(case.scheme, case.rule_set),
        interviewed_on=case.interviewed_on,
        case=case.reference,
        meeting=case.meeting,
        at=at,
    )
    case.ledger_entry = entry.number
    return _decide(case, "award", by=by, reason=reason, at=at, after={"ledger_entry": entry.number})


@transaction.atomic
def refuse(*, case: Case, by: User, reason: str, at: datetime) -> Case:
    """Refuse the label. The organisation still gets its report."""
    case = _locked(case)
    _require_decider(by, case, reason)
    return _decide(case, "refuse", by=by, reason=reason, at=at, after={})


@transaction.atomic
def invite_observer(*, case: Case, observer: User, by: User, at: datetime) -> Case:
    """Let an observer read the case. The invitation is an act of its own and stays on record."""
    case = _locked(case)
    _require(by.has_role(Role.SECRETARIAT), _("Only the secretariat invites observers."))
    _require(observer.has_role(Role.OBSERVER), _("%(person)s is not an observer.") % {"person": observer})
    case.observers.add(observer)
    _record(case, "invite_observer", by=by, at=at, after={"observer": observer.username})
    return case


def _decide(case: Case, step: str, *, by: User, reason: str, at: datetime, after: dict[str, object]) -> Case:
    case.decided_by, case.decided_at, case.decision_reason = by, at, reason
    _step(case, step)
    case.save(update_fields=["decided_by", "decided_at", "decision_reason", "ledger_entry", "state"])
    _record(case, step, by=by, at=at, after=after, reason=reason)
    return case


def _locked(case: Case) -> Case:
    return (
        Case.objects.select_for_update(of=("self",)).select_related("organisation", "expert").get(pk=case.pk)
    )


def _step(case: Case, step: str) -> None:
    try:
        case.state = next_state(case.stands, step).value
    except NotNow as answer:
        raise Refused(str(answer)) from answer


def _record(
    case: Case, verb: str, *, by: User | None, at: datetime,
    before: Mapping[str, object] | None = None, after: Mapping[str, object] | None = None, reason: str = "",
) -> None:  # fmt: skip
    Event(case=case, at=at, by=by, verb=verb, before=before or {}, after=after or {}, reason=reason).save()


def _require(allowed: bool, otherwise: str) -> None:
    if not allowed:
        raise Refused(otherwise)


def _require_impartial(expert: User, case: Case) -> None:
    against = experts.conflicts_of(expert, case)
    if against:
        raise Refused(
            _("%(person)s cannot assess this organisation: %(why)s.")
            % {"person": expert, "why": "; ".join(against)}
        )


def _require_expert(by: User, case: Case) -> None:
    _require(rules.is_assigned(by, case), _("Only the expert of a case works on its record."))
    _require(experts.has_declared(by, case), _("Declare your interests first."))
    _require_impartial(by, case)
    _require(
        rules.may_save_answers(by, case),
        _("The record is submitted. The secretariat can send it back to you."),
    )


def _require_decider(by: User, case: Case, reason: str) -> None:
    _require(by.has_role(Role.DECIDER), _("Only a decider decides."))
    _require(
        not rules.took_part(by, case), _("You assessed or reviewed this case, so somebody else decides it.")
    )
    _require(not rules.is_tied(by, case), _("You are tied to this organisation, so somebody else decides."))
    _require(rules.may_decide(by, case), _("The case is not in decision."))
    _require(bool(reason.strip()), _("Give the reason of the decision."))

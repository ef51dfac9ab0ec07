from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from touchstone.apps.organisations.models import Organisation
from touchstone.core.assessment.model import Answer, AnswerState
from touchstone.core.cases import states
from touchstone.core.labels.model import LabelLevel

# A worker that has said nothing for so long is taken for dead; no step takes nearly as long.
SILENCE = timedelta(minutes=3)
# A run may wait for others to finish.
LONGEST_WAIT = timedelta(minutes=15)


class State(models.TextChoices):
    """The states of `core.cases.states.State`, with words for people."""

    OPEN = states.State.OPEN.value, _("Open")
    ASSESSING = states.State.ASSESSING.value, _("Being assessed")
    RECORDED = states.State.RECORDED.value, _("Recorded")
    REPORTING = states.State.REPORTING.value, _("Report in the making")
    REPORTED = states.State.REPORTED.value, _("Report made")
    IN_DECISION = states.State.IN_DECISION.value, _("In decision")
    AWARDED = states.State.AWARDED.value, _("Label awarded")
    REFUSED = states.State.REFUSED.value, _("Label refused")


class Level(models.TextChoices):
    BRONZE = LabelLevel.BRONZE.value, _("Bronze")
    SILVER = LabelLevel.SILVER.value, _("Silver")
    GOLD = LabelLevel.GOLD.value, _("Gold")


class Meeting(models.TextChoices):
    """How an interview can be held; which ways a case has, its rule set says."""

    ON_SITE = "on_site", _("On site")
    VIDEO = "video", _("By video")


class CaseQuerySet(models.QuerySet["Case"]):
    def listed(self) -> Self:
        """With all that a list shows, in one query."""
        return self.select_related(
            "organisation", "expert", "reviewer", "decided_by", "previous__organisation"
        )

    def in_state(self, *wanted: states.State | State) -> Self:
        return self.filter(state__in=[state.value for state in wanted])

    def unfinished(self) -> Self:
        return self.exclude(state__in=[state.value for state in states.State if state.final])


class Case(models.Model):
    """One passage from application to delivery, bound to the rule set in force when it was opened."""

    reference = models.CharField(_("reference"), max_length=40, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="cases")
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    scheme = models.CharField(_("scheme"), max_length=40)
    rule_set = models.CharField(_("rule set"), max_length=40)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=states.FIRST.value)
    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="assessed_cases"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="reviewed_cases"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="decided_cases"
    )
    # The organisation's last finished case with an interview: its answers are carried into this one.
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    observers = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="observed_cases")
    opened_on = models.DateField(_("opened on"))
    interviewed_on = models.DateField(_("interviewed on"), null=True, blank=True)
    meeting = models.CharField(
        _("how the interview was held"), max_length=10, choices=Meeting.choices, blank=True
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    eligible_recommended = models.BooleanField(_("award recommended"), null=True, blank=True)
    recommendation_text = models.TextField(_("recommendation"), blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decision_reason = models.TextField(_("reason of the decision"), blank=True)
    ledger_entry = models.PositiveIntegerField(_("ledger entry"), null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "-pk"]
        verbose_name = _("case")
        verbose_name_plural = _("cases")

    def __str__(self) -> str:
        return self.reference

    @property
    def stands(self) -> states.State:
        """The state as `core.cases` knows it."""
        return states.State(self.state)


class SavedAnswerQuerySet(models.QuerySet["SavedAnswer"]):
    def to_confirm(self) -> Self:
        """Those carried from an earlier case of which nobody has said yet that they are still true."""
        return self.filter(carried_from__isnull=False, confirmed=False)

    def counting(self) -> Self:
        """Those that are reckoned with."""
        return self.exclude(carried_from__isnull=False, confirmed=False)


class SavedAnswer(models.Model):
    """What was said about one measure. `revision` counts the savings, from 1.

    `carried_from` is the day of the interview in which a carried answer was true; it counts only once it is
    `confirmed`, and loses both marks when somebody answers anew.
    """

    class State(models.TextChoices):
        ANSWERED = AnswerState.ANSWERED.value, _("Answered")
        NOT_APPLICABLE = AnswerState.NOT_APPLICABLE.value, _("Not applicable")
        UNKNOWN = AnswerState.UNKNOWN.value, _("Unknown")
        NOT_ASKED = AnswerState.NOT_ASKED.value, _("Not asked yet")

    case = models.ForeignKey(Case, models.PROTECT, related_name="answers")
    measure = models.CharField(max_length=60)
    state = models.CharField(max_length=20, choices=State.choices)
    declared = models.JSONField(null=True)
    verified = models.JSONField(null=True)
    reason = models.TextField(blank=True)
    note = models.TextField(blank=True)
    evidence = models.JSONField(default=list)
    carried_from = models.DateField(null=True)
    confirmed = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = SavedAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["case", "measure"]
        constraints = [models.UniqueConstraint(fields=["case", "measure"], name="one_answer_a_measure")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.measure}"

    def as_answer(self) -> Answer:
        """The answer as a plain value of `core`."""
        return Answer(
            state=AnswerState(self.state),
            declared=self.declared,
            verified=self.verified,
            reason=self.reason,
            note=self.note,
            evidence=tuple(self.evidence),
            carried_from=self.carried_from,
            confirmed=self.confirmed,
        )


class EventQuerySet(models.QuerySet["Event"]):
    def listed(self) -> Self:
        return self.select_related("by")


class Event(models.Model):
    """What happened in a case. It is written once and never changed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=40)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise TypeError("An event is written once and never changed.")
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came

    def delete(self, *_: object, **__: object) -> tuple[int, dict[str, int]]:
        """Never."""
        raise TypeError("An event is never deleted.")


class ReportRun(models.Model):
    """One making of a report. `done` of `total` steps are finished; `step` says what is being done."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    UNDER_WAY = (State.WAITING, State.RUNNING)

    case = models.ForeignKey(Case, models.PROTECT, related_name="runs")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    step = models.CharField(max_length=80, blank=True)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    message = models.TextField(blank=True)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)  # the last sign of life
    finished_at = models.DateTimeField(null=True)
    synthetic = models.BooleanField(default=False)  # compared with synthetic data
    digest = models.CharField(max_length=64, blank=True)  # of the groups compared with
    # What it takes to make the same report again: the record as it was, the frozen set, the
    # release, where the participants were, the expert.
    record = models.TextField(blank=True)  # JSON, as text: a database may turn the keys round
    set_digest = models.CharField(max_length=64, blank=True)
    set_name = models.CharField(max_length=100, blank=True)
    set_on = models.DateField(null=True)
    release = models.PositiveIntegerField(null=True)
    participants = models.TextField(blank=True)  # JSON: positions for the map, without names
    before = models.TextField(blank=True)  # JSON: the record of the case before, where there was one
    expert = models.CharField(max_length=310, blank=True)  # as the cover names whoever held the interview
    language = models.CharField(max_length=3, default="en")  # of the report: ISO 639-1

    class Meta:
        ordering = ["-pk"]
        get_latest_by = "pk"

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"

    @property
    def under_way(self) -> bool:
        return self.state in self.UNDER_WAY

    def is_silent(self, at: datetime) -> bool:
        """Whether it should be going on and gave no sign of life: the worker was killed, or there is none."""
        if self.state == self.State.WAITING:
            return at - self.requested_at > LONGEST_WAIT
        return self.state == self.State.RUNNING and at - (self.heard_at or self.requested_at) > SILENCE


class DocumentQuerySet(models.QuerySet["Document"]):
    def current(self) -> Self:
        """Those of each case's newest finished report."""
        newest = (
            ReportRun.objects.filter(case=models.OuterRef("case"), state=ReportRun.State.DONE)
            .order_by("-pk")
            .values("pk")[:1]
        )
        return self.filter(run=models.Subquery(newest))

    def listed(self) -> Self:
        return self.select_related("case__organisation", "run")


class Document(models.Model):
    """A file made for a case. `path` is below TOUCHSTONE_HOME/documents."""

    class Kind(models.TextChoices):
        REPORT = "report", _("Report (PDF)")
        SUMMARY = "summary", _("Summary (PDF, one page)")
        WEB = "web", _("Report (web page)")
        WORKBOOK = "workbook", _("Workbook")
        RESULT = "result", _("Result (JSON)")

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    run = models.ForeignKey(ReportRun, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()  # bytes
    path = models.CharField(max_length=250, unique=True)
    made_at = models.DateTimeField()

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def file(self) -> Path:
        """Where the file lies."""
        return Path(settings.TOUCHSTONE_HOME) / "documents" / self.path

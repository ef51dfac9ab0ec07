from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from touchstone.apps.participants.rows import as_participant
from touchstone.core.assessment.distance import Position
from touchstone.core.assessment.participants import ParticipantList


class HandedInListQuerySet(models.QuerySet["HandedInList"]):
    def listed(self) -> Self:
        """With what a history shows, without the rows themselves."""
        return self.select_related("uploaded_by").defer("rows", "notes")


class HandedInList(models.Model):
    """A participant list as it was handed in to a case. Its rows are never changed; a newer list replaces it.

    It is confidential: only the numbers that follow from it, and how many are in which town, leave the case.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="participant_lists")
    number = models.PositiveIntegerField()  # from 1, inside the case
    name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField()
    row_count = models.PositiveIntegerField()
    notes = models.JSONField(default=list)  # what reading it had to conclude, in words
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)  # when its figures became answers last

    objects = HandedInListQuerySet.as_manager()

    class Meta:
        ordering = ["case", "-number"]
        get_latest_by = "number"
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_list_a_number")]

    def __str__(self) -> str:
        return f"{self.case_id} list {self.number}"

    def participants(self) -> ParticipantList:
        """The rows as plain values of `core`."""
        return ParticipantList(tuple(map(as_participant, self.rows)), notes=tuple(self.notes))


class Choice(models.Model):
    """What a person said of a doubtful row. `question` is a key of `questions`.

    A choice of a place holds its position in degrees and its name as the page shows it.
    """

    class Verdict(models.TextChoices):
        PLACED = "placed", _("Placed")
        LEFT_OUT = "left_out", _("Left out")
        SAME = "same", _("The same")
        DIFFERENT = "different", _("Not the same")

    list = models.ForeignKey(HandedInList, models.PROTECT, related_name="choices")
    question = models.CharField(max_length=64)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    place = models.CharField(max_length=300, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["list", "pk"]
        constraints = [models.UniqueConstraint(fields=["list", "question"], name="one_choice_a_question")]

    def __str__(self) -> str:
        return f"{self.list_id} {self.verdict}"

    @property
    def position(self) -> Position | None:
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude

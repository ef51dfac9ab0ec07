import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutgoingLetter(models.Model):
    """A letter by e-mail. Written in the transaction of what it tells, sent afterwards.

    `about` names what it was written for, so that it goes when that goes. `handle` makes its Message-ID: if
    it is sent twice after all, mail programs show it once.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        GIVEN_UP = "given_up", _("given up")
        UNCLEAR = "unclear", _("unclear: stopped while sending")

    handle = models.UUIDField(default=uuid.uuid4, unique=True)
    kind = models.CharField(_("kind"), max_length=20)
    about = models.CharField(max_length=40, blank=True, db_index=True)
    to = models.EmailField(_("to"), db_index=True)
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"))
    headers = models.JSONField(default=dict)
    made = models.DateTimeField(_("made"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    next_try = models.DateTimeField(_("next try"))
    claimed = models.DateTimeField(null=True, blank=True)
    sent = models.DateTimeField(_("sent"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    failure = models.TextField(_("failure"), blank=True)

    class Meta:
        ordering = ["-made", "-pk"]
        indexes = [models.Index(fields=["state", "next_try"], name="letters_due")]
        verbose_name = _("outgoing letter")
        verbose_name_plural = _("outgoing letters")

    def __str__(self) -> str:
        return f"{self.kind} {self.made:%Y-%m-%d}"

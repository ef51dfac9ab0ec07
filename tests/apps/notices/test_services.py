"""Letters: sent once, tried again, given up; what a kill leaves behind is told."""

import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from touchstone.apps.notices import services
from touchstone.apps.notices.models import OutgoingLetter
from touchstone.apps.notices.services import DISTANCES, TAKEN_FOR_DEAD, Refused, forget, send_due, write

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
State = OutgoingLetter.State


def letter(**fields: Any) -> OutgoingLetter:
    given = {"to": "a@example.org", "subject": "News", "text": "Text.", "kind": "news", "at": NOW}
    return write(**(given | fields))


def states() -> list[tuple[str, int, str]]:
    rows = OutgoingLetter.objects.order_by("pk")
    return [(row.state, row.tries, row.failure) for row in rows]


class Refusing(EmailBackend):
    """A mail server in a bad mood: the next failures, in order; afterwards it takes everything."""

    opening: list[Exception] = []
    sending: list[Exception] = []

    def open(self) -> bool:
        if self.opening:
            raise self.opening.pop(0)
        return True

    def send_messages(self, messages: Any) -> int:
        if self.sending:
            raise self.sending.pop(0)
        return super().send_messages(messages)


@pytest.fixture
def server(settings: Settings) -> Iterator[type[Refusing]]:
    settings.EMAIL_BACKEND = _place(Refusing)
    yield Refusing
    Refusing.opening, Refusing.sending = [], []


def _place(backend: type) -> str:
    """A path by which Django finds the class, wherever the tests are imported from."""
    import sys

    sys.modules["tests_letters"] = sys.modules[backend.__module__]
    return f"tests_letters.{backend.__name__}"


def test_a_letter_is_sent_once_with_what_it_says() -> None:
    made = letter(headers={"List-Unsubscribe": "<https://x.example.org/>"})
    assert [str(send_due(at=NOW)), str(send_due(at=NOW + MINUTE))] == ["1 sent", ""]
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["a@example.org"], "News", "Text.")
    assert sent.extra_headers == {
        "Message-ID": f"<{made.handle}@localhost>",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": "<https://x.example.org/>",
    }
    assert states() == [(State.SENT, 1, "")]


def test_a_letter_of_a_transaction_that_fails_was_never_written() -> None:
    with transaction.atomic():
        letter()
        transaction.set_rollback(True)
    assert str(send_due(at=NOW)) == ""


def test_a_letter_can_be_sent_as_soon_as_its_transaction_holds(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        letter()
        services.send_soon()
        assert mail.outbox == []
    assert len(mail.outbox) == 1


def test_the_claim_is_in_the_database_before_the_letter_is_handed_over(server: type[Refusing]) -> None:
    seen: list[list[tuple[str, int, str]]] = []

    class Killed(BaseException):
        """A kill: nothing after it runs."""

    class Looking(Exception):  # noqa: N818  (no error: a way to look)
        def __str__(self) -> str:
            seen.append(states())
            raise Killed

    letter()
    server.sending = [Looking()]
    with pytest.raises(Killed):
        send_due(at=NOW)
    assert seen == [[(State.SENDING, 1, "")]]


@pytest.mark.parametrize("later", [TAKEN_FOR_DEAD + MINUTE, -timedelta(days=1)])
def test_a_letter_that_a_kill_left_claimed_is_never_sent_again_and_told(later: timedelta) -> None:
    made = letter()
    OutgoingLetter.objects.filter(pk=made.pk).update(state=State.SENDING, claimed=NOW, tries=1)
    assert str(send_due(at=NOW + MINUTE)) == ""
    assert str(send_due(at=NOW + later)) == "1 unclear after a stop"
    assert str(send_due(at=NOW + timedelta(days=9))) == ""
    assert (mail.outbox, states()) == ([], [(State.UNCLEAR, 1, "")])


def test_what_another_process_has_claimed_meanwhile_is_left_to_it(server: type[Refusing]) -> None:
    class Taking(Exception):  # noqa: N818  (no error: a way in)
        def __str__(self) -> str:
            OutgoingLetter.objects.filter(state=State.WAITING).update(state=State.SENDING)
            return "taken"

    letter()
    letter()
    server.sending = [Taking()]
    assert str(send_due(at=NOW)) == "1 failed, tried again later"
    assert mail.outbox == []


def test_failures_are_tried_again_at_growing_distances_and_then_given_up(server: type[Refusing]) -> None:
    letter()
    moment, waits = NOW, []
    server.sending = [smtplib.SMTPServerDisconnected("gone")] * (len(DISTANCES) + 1)
    for distance in DISTANCES:
        assert str(send_due(at=moment)) == "1 failed, tried again later"
        waits.append(str(send_due(at=moment + distance - timedelta(seconds=1))))
        moment += distance
    assert set(waits) == {""}
    assert str(send_due(at=moment)) == "1 given up"
    assert str(send_due(at=moment + timedelta(days=99))) == ""
    assert states() == [(State.GIVEN_UP, len(DISTANCES) + 1, "SMTPServerDisconnected: gone")]
    assert sorted(DISTANCES) == list(DISTANCES)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"no such user")}), "1 given up"),
        (smtplib.SMTPRecipientsRefused({"a@example.org": (450, b"later")}), "1 failed, tried again later"),
        (smtplib.SMTPDataError(554, b"spam"), "1 given up"),
        (smtplib.SMTPDataError(451, b"later"), "1 failed, tried again later"),
        (ValueError("whatever"), "1 failed, tried again later"),
    ],
)
def test_a_refusal_for_good_is_not_tried_again(server: type[Refusing], error: Exception, told: str) -> None:
    letter()
    server.sending = [error]
    assert str(send_due(at=NOW)) == told


def test_one_letter_that_fails_does_not_stop_the_next(server: type[Refusing]) -> None:
    letter()
    letter(to="b@example.org")
    server.sending = [ValueError("odd")]
    assert str(send_due(at=NOW)) == "1 sent, 1 failed, tried again later"
    assert [sent.to for sent in mail.outbox] == [["b@example.org"]]


def test_a_server_that_does_not_answer_is_asked_once_a_turn(server: type[Refusing]) -> None:
    letter()
    letter()
    server.opening = [ConnectionRefusedError("nobody")]
    assert str(send_due(at=NOW)) == "1 failed, tried again later"
    assert [state for state, _, _ in states()] == [State.WAITING] * 2
    assert str(send_due(at=NOW + MINUTE)) == "2 sent"


def test_a_clock_set_back_delays_no_new_letter_and_no_old_one_for_ever() -> None:
    letter()
    old = letter()
    OutgoingLetter.objects.filter(pk=old.pk).update(tries=1, next_try=NOW + MINUTE)
    assert str(send_due(at=NOW - timedelta(days=2))) == "2 sent"


@pytest.mark.parametrize(
    "fields",
    [
        {"to": "a@example.org\nBcc: b@example.org"},
        {"to": "nobody"},
        {"to": ""},
        {"subject": "News\r\nBcc: b@example.org"},
        {"subject": "a\x00b"},
        {"headers": {"X": "a\nb"}},
        {"headers": {"X\n": "a"}},
    ],
)
def test_a_head_line_with_a_break_in_it_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        letter(**fields)
    assert OutgoingLetter.objects.count() == 0


@given(st.text(max_size=80))
def test_whatever_is_taken_as_a_subject_stays_one_line(subject: str) -> None:
    with transaction.atomic():
        try:
            letter(subject=subject)
        except Refused:
            return
        finally:
            transaction.set_rollback(True)
    assert "\n" not in subject


def test_letters_are_forgotten_a_month_after_they_are_done_with() -> None:
    letter()
    send_due(at=NOW)
    letter(at=NOW)
    assert forget(at=NOW + timedelta(days=30)) == 0
    assert forget(at=NOW + timedelta(days=31)) == 1
    assert [state for state, _, _ in states()] == [State.WAITING]


def test_a_letter_in_a_file_can_be_read(settings: Settings, tmp_path: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "letters"
    letter(text="Read me.")
    send_due(at=NOW)
    (file,) = (tmp_path / "letters").iterdir()
    assert "Read me." in file.read_text(encoding="utf-8")

"""A process that is killed at the moment of handing a letter over: the letter is not sent again, and told."""

import os
import signal
import subprocess
import sys
from pathlib import Path

PREPARED = """
import os, signal, sys
from datetime import UTC, datetime, timedelta
from touchstone.config.startup import ready
ready()
from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from touchstone.apps.notices import services
from touchstone.apps.notices.models import OutgoingLetter

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)

class Killing(BaseEmailBackend):
    def send_messages(self, messages):
        print("handed over", flush=True)
        os.kill(os.getpid(), signal.SIGKILL)

class Taking(BaseEmailBackend):
    def send_messages(self, messages):
        print("handed over", len(messages), flush=True)
        return len(messages)
"""
KILLED = """
settings.EMAIL_BACKEND = "__main__.Killing"
services.write(to="a@example.org", subject="News", text="Text.", kind="news", at=NOW)
services.write(to="b@example.org", subject="News", text="Text.", kind="news", at=NOW)
services.send_due(at=NOW)
"""
AFTERWARDS = """
settings.EMAIL_BACKEND = "__main__.Taking"
print(services.send_due(at=NOW + timedelta(hours=1)))
print(list(OutgoingLetter.objects.order_by("pk").values_list("to", "state", "tries")))
"""


def run(code: str, home: Path) -> tuple[int, list[str]]:
    own = {**os.environ, "TOUCHSTONE_HOME": str(home)}
    own.pop("DATABASE_URL", None)
    call = [sys.executable, "-c", PREPARED + code]
    done = subprocess.run(call, env=own, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines()


def test_no_letter_is_sent_twice_after_a_kill(tmp_path: Path) -> None:
    assert run(KILLED, tmp_path) == (-signal.SIGKILL, ["handed over"])
    assert run(AFTERWARDS, tmp_path) == (
        0,
        [
            "handed over 1",
            "1 sent, 1 unclear after a stop",
            "[('a@example.org', 'unclear', 1), ('b@example.org', 'sent', 1)]",
        ],
    )

"""`touchstone doctor`: what it says of an installation at work, and the line that mends it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from factories.apps import NOW, entry
from factories.guards import lifted
from factories.watching import HOOK, watch
from touchstone.apps.duties.models import Duty
from touchstone.apps.notices.models import OutgoingLetter
from touchstone.apps.register.guards import missing, put_back
from touchstone.apps.register.services import close_day
from touchstone.cli import rounds
from touchstone.cli.examination import LOOKS, examine
from touchstone.cli.serving import named
from touchstone.cli.system import _tell_address

from .conftest import Touchstone

pytestmark = pytest.mark.django_db(transaction=True)

SMTP = "django.core.mail.backends.smtp.EmailBackend"
TRIGGERS = {
    "sqlite": [
        "register_ledgerentry_kept", "register_ledgerentry_next", "register_ledgerentry_no_delete",
        "register_ledgerentry_no_update", "register_ledgerhead_kept", "register_ledgerhead_next",
        "register_ledgerhead_no_delete", "register_ledgerhead_no_update",
    ],
    "postgresql": [
        "register_ledgerentry_kept", "register_ledgerentry_next", "register_ledgerhead_kept",
        "register_ledgerhead_next",
    ],
}  # fmt: skip


def run_sql(**statements: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statements[connection.vendor])


def weakened() -> None:
    """The trigger that keeps entries stands under its name and does nothing."""
    run_sql(
        sqlite="DROP TRIGGER register_ledgerentry_kept",
        postgresql="CREATE OR REPLACE FUNCTION register_ledger_refuses() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RETURN NULL; END $$",
    )
    if connection.vendor == "sqlite":
        run_sql(
            sqlite="CREATE TRIGGER register_ledgerentry_kept AFTER INSERT ON register_ledgerentry"
            " BEGIN SELECT 1; END"
        )


class TestGuards:
    def test_as_migrated_all_stand(self) -> None:
        assert missing() == ()
        assert rounds.guards() == (True, "the database refuses every change of the ledger", "")

    def test_lifted_ones_are_named(self) -> None:
        with lifted():
            assert list(missing()) == TRIGGERS[connection.vendor]

    def test_one_that_is_gone_is_told_with_the_line_that_mends_it_and_put_back(
        self, touchstone: Touchstone
    ) -> None:
        run_sql(
            sqlite="DROP TRIGGER register_ledgerhead_next",
            postgresql="DROP TRIGGER register_ledgerhead_next ON register_ledgerhead",
        )
        passed, said, remedy = rounds.guards()
        assert (passed, said) == (
            False, "the ledger can be changed; not in force: register_ledgerhead_next",
        )  # fmt: skip
        assert remedy.startswith("Put back: touchstone doctor --mend.")
        checks = touchstone("doctor", "--mend", "--json").document["checks"]
        assert [check["passed"] for check in checks if check["name"] == "guards"] == [True]

    def test_one_that_says_something_else_is_named_and_put_back(self) -> None:
        weakened()
        changed = {
            "sqlite": ("register_ledgerentry_kept",),
            "postgresql": ("register_ledgerentry_kept", "register_ledgerhead_kept"),
        }
        assert missing() == changed[connection.vendor]
        put_back()
        assert missing() == ()

    def test_one_that_was_switched_off_is_named(self) -> None:
        run_sql(
            sqlite="DROP TRIGGER register_ledgerentry_next",
            postgresql="ALTER TABLE register_ledgerentry DISABLE TRIGGER register_ledgerentry_next",
        )
        assert missing() == ("register_ledgerentry_next",)
        put_back()
        assert missing() == ()


class TestHeads:
    def test_an_empty_ledger_has_nothing_to_close(self) -> None:
        assert rounds.heads(NOW) == (True, "the ledger is empty", "")

    def test_a_day_that_goes_on_is_not_closed_yet(self) -> None:
        entry()
        assert rounds.heads(NOW) == (True, "no day is closed yet", "")

    def test_a_day_just_over_is_the_next_turns(self) -> None:
        entry()
        said = "no day is closed yet; days over and not closed: 1"
        assert rounds.heads(NOW + timedelta(days=1)) == (True, said, rounds.BY_HAND)

    def test_days_that_stay_open_are_a_fault_until_they_are_closed(self) -> None:
        entry()
        later = NOW + timedelta(days=3)
        said = "no day is closed yet; days over and not closed: 3"
        assert rounds.heads(later) == (False, said, rounds.BY_HAND)
        close_day(at=later)
        assert rounds.heads(later) == (True, "the last closed day is 2026-11-23", "")


class TestDuties:
    def test_before_the_first_turn_it_is_said_how_to_take_it(self) -> None:
        Duty.objects.create(name="letters")
        assert rounds.duties(NOW) == (True, "nothing was done yet", rounds.BY_HAND)

    @pytest.mark.parametrize(
        ("ago", "remedy"), [(timedelta(hours=24), ""), (timedelta(hours=25), rounds.BY_HAND)]
    )
    def test_what_was_not_done_for_more_than_a_day_is_a_fault(self, ago: timedelta, remedy: str) -> None:
        Duty.objects.create(name="letters", done=NOW - ago)
        said = f"last done {NOW - ago:%Y-%m-%d %H:%M} UTC"
        assert rounds.duties(NOW) == (not remedy, said, remedy)

    def test_a_failure_is_told_as_it_was(self) -> None:
        Duty.objects.create(name="letters", done=NOW)
        Duty.objects.create(name="webhooks", done=NOW, failed=NOW, failure="OSError: no road")
        passed, said, remedy = rounds.duties(NOW)
        assert (passed, said) == (False, "webhooks failed: OSError: no road")
        assert remedy == "Mend that, then: touchstone due"
        Duty.objects.filter(name="letters").update(failure="OSError: no mail")
        assert rounds.duties(NOW)[1] == "letters failed (2 duties failed): OSError: no mail"


class TestMail:
    def test_without_watches_a_mail_server_is_only_missed(self, touchstone_home: Path) -> None:
        watch("lt-a", webhook=HOOK)
        watch("lt-b", stopped=NOW)
        passed, said, remedy = rounds.mail()
        assert (passed, said) == (True, f"no mail server; letters lie in {touchstone_home / 'letters'}")
        assert remedy.startswith("Set TOUCHSTONE_MAIL=")

    def test_somebody_who_waits_for_letters_makes_it_a_fault(self, touchstone_home: Path) -> None:
        watch("lt-a")
        lying = f"no mail server; letters lie in {touchstone_home / 'letters'}; watches by mail: 1"
        assert rounds.mail()[:2] == (False, lying)

    def test_letters_that_no_server_took_are_told(self, settings: Settings) -> None:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "mail.example.org", 587
        watch("lt-a")
        assert rounds.mail() == (True, "mail.example.org:587", "")
        OutgoingLetter.objects.create(
            kind="watch", to="a@example.org", subject="S", text="T", made=NOW, next_try=NOW,
            state=OutgoingLetter.State.GIVEN_UP, failure="550 no such user",
        )  # fmt: skip
        assert rounds.mail()[:2] == (False, "letters given up: 1; the newest: 550 no such user")


class TestAddress:
    @pytest.mark.parametrize(
        "host", ["localhost:8000", "127.0.0.1:8001", "[::1]:8000", "0.0.0.0:80", "a.localhost"]
    )
    def test_of_this_machine_it_says_that_others_cannot_check(self, settings: Settings, host: str) -> None:
        settings.TOUCHSTONE_ADDRESS = f"http://{host}"
        passed, said, remedy = rounds.address()
        cannot = "labels issued without a public address cannot be checked by others"
        assert (passed, said) == (True, f"http://{host}; {cannot}")
        assert remedy.endswith("TOUCHSTONE_ADDRESS=https://labels.example.org")

    @pytest.mark.parametrize("address", ["http://labels.example.org", "https://192.0.2.7"])
    def test_credentials_need_https_and_a_name(self, settings: Settings, address: str) -> None:
        settings.TOUCHSTONE_ADDRESS = address
        assert rounds.address()[:2] == (True, f"{address}; others check credentials at https and a name only")

    def test_a_public_one_is_just_told(self, settings: Settings) -> None:
        settings.TOUCHSTONE_ADDRESS = "https://labels.example.org"
        assert rounds.address() == (True, "https://labels.example.org", "")

    @pytest.mark.parametrize(
        ("address", "told"),
        [
            ("http://localhost:8001", ["Touchstone is running: http://localhost:8001/  (Ctrl-C stops it)"]),
            (
                "https://labels.example.org",
                [
                    "Touchstone is running: http://127.0.0.1:8001/  (Ctrl-C stops it)",
                    "Its labels name the address https://labels.example.org",
                ],
            ),
        ],
    )
    def test_serve_says_where_it_runs_and_what_labels_name(
        self, settings: Settings, capfd: pytest.CaptureFixture[str], address: str, told: list[str]
    ) -> None:
        settings.TOUCHSTONE_ADDRESS = address
        _tell_address("http://127.0.0.1:8001/")
        assert capfd.readouterr().err.splitlines() == told

    @pytest.mark.parametrize(
        ("host", "place"),
        [("127.0.0.1", "localhost:80"), ("0.0.0.0", "localhost:80"), ("labels.lan", "labels.lan:80")],
    )
    def test_a_place_is_named_and_not_numbered(self, host: str, place: str) -> None:
        assert named(host, 80) == place


class TestFiles:
    def keys(self) -> tuple[bool, str, str]:
        return LOOKS["keys"]()

    @pytest.mark.parametrize("name", ["secret-key", ".env"])
    def test_a_secret_that_others_can_read_is_named(self, touchstone_home: Path, name: str) -> None:
        (touchstone_home / name).write_text("SECRET=1\n")
        (touchstone_home / name).chmod(0o644)
        assert self.keys() == (
            False, f"{name} can be read by others", f"chmod 600 {touchstone_home / name}",
        )  # fmt: skip

    def test_a_folder_of_keys_that_others_may_write_to_is_named(self, touchstone_home: Path) -> None:
        entry()
        folder = touchstone_home / "keys"
        folder.chmod(0o777)
        assert self.keys()[1:] == ("others can put files into the folder of keys", f"chmod 700 {folder}")
        folder.chmod(0o700)
        assert self.keys()[0]


@pytest.fixture
def reading_only() -> Iterator[None]:
    """A connection that may not write, until the test is over."""
    run_sql(sqlite="PRAGMA query_only = 1", postgresql="SET default_transaction_read_only = on")
    yield
    run_sql(sqlite="PRAGMA query_only = 0", postgresql="SET default_transaction_read_only = off")


def test_all_is_looked_at_in_the_order_in_which_one_thing_rests_on_another() -> None:
    assert [check.name for check in examine()] == [
        "python", "scheme pack", "typesetter", "home", "sqlite", "database", "address", "keys", "guards",
        "ledger", "heads", "duties", "mail", "peers",
    ]  # fmt: skip


def test_what_cannot_be_put_back_is_said_in_one_line(touchstone: Touchstone, reading_only: None) -> None:
    done = touchstone("doctor", "--mend")
    assert (done.code, len(done.err.strip().splitlines()), "Do it as the owner" in done.err) == (2, 1, True)

"""The settings are read once a process, so each of these tests starts one."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ASK = (
    "import json, sys; from touchstone.config import settings as s; "
    "print(json.dumps({name: getattr(s, name) for name in sys.argv[1:]}, default=str))"
)


def settings(home: Path, *names: str, **environment: str) -> dict[str, Any]:
    clean = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "COV_CORE_SOURCE")
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK, *names],
        env={**clean, "TOUCHSTONE_HOME": str(home), **environment},
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def test_out_of_the_box_it_is_closed_and_works_on_this_machine(touchstone_home: Path) -> None:
    told = settings(touchstone_home, "DEBUG", "ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
    assert told == {
        "DEBUG": False, "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]"],
        "SESSION_COOKIE_SECURE": False, "CSRF_COOKIE_SECURE": False,
    }  # fmt: skip


def test_reading_the_settings_makes_nothing(tmp_path: Path) -> None:
    settings(tmp_path / "none", "SECRET_KEY")
    assert list(tmp_path.iterdir()) == []


def test_the_embedded_database_is_set_as_measured(tmp_path: Path) -> None:
    database = settings(tmp_path / "a home", "DATABASES")["DATABASES"]["default"]
    assert (database["ENGINE"], database["NAME"]) == (
        "django.db.backends.sqlite3",
        str(tmp_path / "a home" / "database.sqlite3"),
    )
    assert (database["CONN_MAX_AGE"], database["OPTIONS"]["transaction_mode"]) == (None, "IMMEDIATE")
    assert [word for word in ("journal_mode", "mmap") if word in database["OPTIONS"]["init_command"]] == []
    assert "ATOMIC_REQUESTS" not in database


def test_an_address_names_another_database(touchstone_home: Path) -> None:
    told = settings(touchstone_home, "DATABASES", DATABASE_URL="postgresql://me:secret@db.example/label")
    database = told["DATABASES"]["default"]
    assert (database["ENGINE"], database["NAME"], database["CONN_MAX_AGE"]) == (
        "django.db.backends.postgresql", "label", 60,
    )  # fmt: skip


def test_a_server_may_be_named_by_the_folder_of_its_socket(touchstone_home: Path) -> None:
    told = settings(touchstone_home, "DATABASES", DATABASE_URL="postgres://me@%2Ftmp%2FSock.et/label")
    assert told["DATABASES"]["default"]["HOST"] == "/tmp/Sock.et"


def test_https_makes_cookies_secure_and_trusts_its_hosts(touchstone_home: Path) -> None:
    told = settings(
        touchstone_home, "SESSION_COOKIE_SECURE", "CSRF_TRUSTED_ORIGINS", "SECURE_HSTS_SECONDS",
        TOUCHSTONE_HTTPS="on", TOUCHSTONE_ALLOWED_HOSTS="label.example,*",
    )  # fmt: skip
    assert told == {
        "SESSION_COOKIE_SECURE": True, "CSRF_TRUSTED_ORIGINS": ["https://label.example"],
        "SECURE_HSTS_SECONDS": 3600,
    }  # fmt: skip


def test_settings_may_stand_in_a_file_of_the_home(touchstone_home: Path) -> None:
    (touchstone_home / ".env").write_text("TOUCHSTONE_DEBUG=on\nTOUCHSTONE_ALLOWED_HOSTS=file.example\n")
    told = settings(touchstone_home, "DEBUG", "ALLOWED_HOSTS", TOUCHSTONE_ALLOWED_HOSTS="process.example")
    assert told == {"DEBUG": True, "ALLOWED_HOSTS": ["process.example"]}


def test_the_secret_key_is_that_of_the_home_unless_one_is_given(touchstone_home: Path) -> None:
    (touchstone_home / "secret-key").write_text("kept\n")
    assert settings(touchstone_home, "SECRET_KEY") == {"SECRET_KEY": "kept"}
    given = settings(touchstone_home, "SECRET_KEY", TOUCHSTONE_SECRET_KEY="given")
    assert given == {"SECRET_KEY": "given"}


@pytest.mark.parametrize("collected", [False, True])
def test_hashed_static_files_are_used_once_they_are_collected(touchstone_home: Path, collected: bool) -> None:
    if collected:
        (touchstone_home / "static").mkdir(exist_ok=True)
        (touchstone_home / "static" / "staticfiles.json").touch()
    told = settings(touchstone_home, "WHITENOISE_USE_FINDERS", "STORAGES")
    hashed = "Manifest" in told["STORAGES"]["staticfiles"]["BACKEND"]
    assert (told["WHITENOISE_USE_FINDERS"], hashed) == (not collected, collected)


def test_the_content_security_policy_allows_no_inline_script_or_style(touchstone_home: Path) -> None:
    directives = settings(touchstone_home, "CONTENT_SECURITY_POLICY")["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert (directives["script-src"], directives["style-src"]) == (["'self'"], ["'self'"])
    assert "unsafe" not in str(directives)


def test_an_unknown_way_of_doing_tasks_is_refused_at_once(touchstone_home: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        settings(touchstone_home, "TASKS", TOUCHSTONE_TASKS="perhaps")


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({}, "http://localhost:8000"),
        ({"TOUCHSTONE_ALLOWED_HOSTS": "localhost,.label.example"}, "http://label.example"),
        ({"TOUCHSTONE_ALLOWED_HOSTS": "*,label.example", "TOUCHSTONE_HTTPS": "on"}, "https://label.example"),
        ({"TOUCHSTONE_ADDRESS": "https://label.example/labels/"}, "https://label.example/labels"),
    ],
)
def test_the_address_printed_on_certificates_is_given_or_follows_from_the_hosts(
    touchstone_home: Path, given: dict[str, str], address: str
) -> None:
    assert settings(touchstone_home, "TOUCHSTONE_ADDRESS", **given) == {"TOUCHSTONE_ADDRESS": address}


def test_without_a_given_address_it_is_where_it_was_last_served(touchstone_home: Path) -> None:
    (touchstone_home / "served-at").write_text("localhost:8003\n")
    told = settings(touchstone_home, "TOUCHSTONE_ADDRESS")
    assert told == {"TOUCHSTONE_ADDRESS": "http://localhost:8003"}
    given = settings(touchstone_home, "TOUCHSTONE_ADDRESS", TOUCHSTONE_ADDRESS="https://label.example")
    assert given == {"TOUCHSTONE_ADDRESS": "https://label.example"}


def test_without_a_mail_server_letters_are_files_of_the_home(touchstone_home: Path) -> None:
    told = settings(touchstone_home, "EMAIL_BACKEND", "EMAIL_FILE_PATH", "DEFAULT_FROM_EMAIL")
    assert told == {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": str(touchstone_home / "letters"),
        "DEFAULT_FROM_EMAIL": "Touchstone <labels@localhost>",
    }


MAIL = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS")


def test_an_address_names_the_mail_server(touchstone_home: Path) -> None:
    names = [
        "EMAIL_BACKEND",
        "EMAIL_HOST",
        "EMAIL_PORT",
        "EMAIL_HOST_USER",
        "EMAIL_HOST_PASSWORD",
        "EMAIL_USE_TLS",
    ]
    told = settings(
        touchstone_home, *names, "DEFAULT_FROM_EMAIL", "TOUCHSTONE_REMIND_DAYS",
        TOUCHSTONE_MAIL="smtp+tls://me:se%40cret@mail.example.org:587",
        TOUCHSTONE_MAIL_FROM="Labels <labels@example.org>", TOUCHSTONE_REMIND_DAYS="60,7",
    )  # fmt: skip
    assert list(told.values()) == [
        "django.core.mail.backends.smtp.EmailBackend", "mail.example.org", 587, "me", "se@cret", True,
        "Labels <labels@example.org>", [60, 7],
    ]  # fmt: skip


def test_nobody_need_be_reminded(touchstone_home: Path) -> None:
    assert settings(touchstone_home, "TOUCHSTONE_REMIND_DAYS", TOUCHSTONE_REMIND_DAYS="") == {
        "TOUCHSTONE_REMIND_DAYS": []
    }

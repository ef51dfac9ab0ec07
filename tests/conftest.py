"""What holds for every test: an own home, tasks done at once, passwords hashed fast."""

import gc
import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# No test asserts seconds, so none has a deadline; and a run says the same twice. Sixty examples of each
# property keep the whole run short; who changes the arithmetic asks for more with HYPOTHESIS_EXAMPLES.
SLOW = [hypothesis.HealthCheck.too_slow]
hypothesis.settings.register_profile(
    "touchstone",
    deadline=None,
    derandomize=True,
    max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "60")),
    suppress_health_check=SLOW,
)
hypothesis.settings.load_profile("touchstone")


def pytest_configure() -> None:
    # The settings are loaded by now, before any test has a home. These must be otherwise in tests.
    from django.conf import settings

    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.TOUCHSTONE_ADDRESS = "http://localhost:8000"  # wherever somebody served the folder before
    settings.STATIC_ROOT = None  # files are served from where they lie
    settings.WHITENOISE_AUTOREFRESH = True  # and looked for when asked: each client would list them all again
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]

    from factories.guards import let_tests_empty_the_ledger

    let_tests_empty_the_ledger()


# Files whose tests share what is slow to make: one process of a parallel run takes them all.
TOGETHER = {
    "contract/test_compare_all.py",
    "contract/test_installation.py",
    "contract/test_register_export.py",
    "output/test_badge_in_a_browser.py",
    "output/test_forms_say_the_same.py",
    "output/test_html_in_a_browser.py",
    "output/test_pages.py",
    "output/test_pdf.py",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        file = item.path.relative_to(Path(__file__).parent).as_posix()
        if file in TOGETHER:
            item.add_marker(pytest.mark.xdist_group(file))


def pytest_collection_finish() -> None:
    # Thousands of tests stay to the end: whoever looks for what can go need not look at them each time.
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module")
def chromium() -> Iterator["Browser"]:
    """Debian's Chromium. It ends with its module: while it runs, Django refuses other tests the database."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Chromium's own sandbox does not start as root, and the pages are our own.
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """New empty folders. Pytest's own would each be numbered after a look at all thousands before it."""
    folder = tmp_path_factory.mktemp("homes")

    def made() -> Iterator[Path]:
        for number in count():
            (home := folder / str(number)).mkdir()
            yield home

    return made()


@pytest.fixture(autouse=True)
def touchstone_home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of the test's own, for what runs in this process and for what it starts."""
    from django.conf import settings

    home = next(homes)
    monkeypatch.setenv("TOUCHSTONE_HOME", str(home))
    before, settings.TOUCHSTONE_HOME = settings.TOUCHSTONE_HOME, home
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchstone.config.settings")
    yield home
    settings.TOUCHSTONE_HOME = before

"""A running installation and a real browser, once for all tests of this folder."""

from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Browser, BrowserContext, StorageState, expect

from factories.browser import Visit, Visitor, window
from factories.installation import Installation, installation

SECONDS = 20_000  # ms that a page may take before a test gives up


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # One process of a parallel run starts the installation, and only one. What it does is not measured.
    for item in items:
        if "/e2e/" in str(item.path):
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.no_cover)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("installation")) as started:
        yield started


@pytest.fixture(scope="session")
def signed_in() -> dict[str, StorageState]:
    """The cookies of who signed in already: a password is made slow to check, and once is enough."""
    return {}


@pytest.fixture
def visit(running: Installation, chromium: Browser, signed_in: dict[str, StorageState]) -> Iterator[Visit]:
    """Opens a window; afterwards no window may have had anything to complain about."""
    expect.set_options(timeout=SECONDS)
    contexts: list[BrowserContext] = []
    visitors: list[Visitor] = []

    def opened(user: str = "", *, widths: Sequence[int] = (), **settings: object) -> Visitor:
        settings = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", **settings}
        settings["storage_state"] = signed_in.get(user)
        context = chromium.new_context(**settings)  # type: ignore[arg-type]  # Playwright's own names
        context.set_default_timeout(SECONDS)
        contexts.append(context)
        visitors.append(window(context, running.address, running.passwords, widths))
        if user and user not in signed_in:
            visitors[-1].sign_in(user)
            signed_in[user] = context.storage_state()
        return visitors[-1]

    yield opened
    for context in contexts:
        context.close()
    assert [visitor.complaints for visitor in visitors] == [[] for _ in visitors]

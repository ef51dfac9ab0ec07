"""A person at a browser, who notices what a careful tester would."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

AXE = (Path(__file__).parents[1] / "e2e/vendor/axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# By night the page is the same but for its colours.
COLOURS = ["color-contrast", "link-in-text-block"]
# Only what is wrong is told: all that is right in a long page would take axe four times as long.
RUN = """rules =>
    axe.run(document, {preload: false, resultTypes: ["violations"], runOnly: rules}).then(found =>
    found.violations.map(one => `${one.id}: ${one.help}: ` +
        one.nodes.map(node => node.target.join(" ")).slice(0, 3).join("; ")))"""


@dataclass
class Visitor:
    """One browser window. `complaints` are the console's errors, violations of the policy among them.

    `widths`, in CSS pixels, are those in which each page is looked at beside the width of the window.
    """

    page: Page
    address: str
    passwords: Mapping[str, str] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    # Parts of complaints that a test brings about itself: they may come at any moment.
    expected: set[str] = field(default_factory=set)
    widths: Sequence[int] = ()

    def listen(self) -> None:
        """Note from now on what the browser complains about."""
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(part in message.text for part in self.expected):
            self.complaints.append(message.text)

    def open(self, path: str) -> None:
        """Go to an address of the installation, and look at it."""
        self.page.goto(f"{self.address}{path}")
        self.look()

    def sign_in(self, username: str) -> None:
        """Sign in with the name and password of the demonstration."""
        self.page.goto(f"{self.address}/sign-in/")
        self.page.get_by_label("Username").fill(username)
        self.page.get_by_label("Password").fill(self.passwords[username])
        self.page.get_by_role("main").get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_text(f"Signed in as {username}", exact=True)).to_be_visible()

    def follow(self, name: str) -> None:
        """Click a link of the page's main part, and look at where it leads."""
        with self.page.expect_navigation():  # or the page that is left might be the one looked at
            self.page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()
        self.look()

    def press(self, name: str) -> None:
        """Press a button, and look at what comes."""
        with self.page.expect_navigation():
            self.page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
        self.look()

    def look(self) -> None:
        """What must hold on every page: one main heading, nothing too wide, nothing for axe to find."""
        self.page.wait_for_load_state("load")
        assert self.page.locator("h1").count() == 1
        window = self.page.viewport_size
        assert window is not None
        quiet = len(self.complaints)
        self.page.evaluate(AXE)
        for width in (window["width"], *self.widths):
            self.page.set_viewport_size({"width": width, "height": window["height"]})
            assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            self._by_day_and_by_night()
        # axe itself tries inline styles, which the policy of our pages forbids it.
        del self.complaints[quiet:]
        self.page.set_viewport_size(window)

    def _by_day_and_by_night(self) -> None:
        for scheme, rules in (("dark", COLOURS), ("light", RULES)):
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert self.page.evaluate(RUN, rules) == []


Visit = Callable[..., Visitor]  # opens a window, signed in as the user that it names


def window(
    context: BrowserContext, address: str, passwords: Mapping[str, str], widths: Sequence[int] = ()
) -> Visitor:
    """A new window that notes the browser's complaints."""
    visitor = Visitor(context.new_page(), address, passwords, widths=widths)
    visitor.listen()
    return visitor

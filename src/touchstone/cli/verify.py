"""`touchstone verify`: is a certificate, credential, badge or number genuine, and does it hold today?"""

import io
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final
from urllib.parse import urlsplit

import typer

from touchstone.cli.speaking import Json, misuse, say, say_json
from touchstone.config.home import home
from touchstone.intake.guards import guarded
from touchstone.intake.ledger_address import fetch, is_address

if TYPE_CHECKING:
    from touchstone.apps.verification.trust import Trust
    from touchstone.core.labels.checks import Check, Verification

SECONDS: Final = 20.0  # without an answer from an address
LONGEST: Final = 60.0  # for the whole
RESULTS = {True: "passed", False: "FAILED", None: "not checked"}
WHAT = "A certificate, credential, badge or photo; the address of one; a label's number."
TRUST = "The issuer's keys, saved before: its /verify/trust.json or did.json. Asks no register."


def verify(
    what: Annotated[str, typer.Argument(metavar="FILE_OR_URL", help=WHAT)],
    trust: Annotated[Path | None, typer.Option(help=TRUST)] = None,
    json: Json = False,
) -> int:
    """Check a certificate, credential or badge, and name each check. Exit 0 where it is valid, 1 where not.

    Files are checked without any network. The register of this installation is asked where there is one;
    without it, nobody knows whether a label was stopped since, and the outcome is "unknown" at best. An
    address that you type is fetched; what is named inside a file never is.

    Example: touchstone verify certificate.pdf --trust trust.json
    """
    found = _checked(what, _trusted(trust))
    if json:
        say_json(found.as_document())
    else:
        _say(found)
    return 0 if found.outcome.value == "valid" else 1


def _trusted(file: Path | None) -> "Trust | None":
    from touchstone.apps.verification.trust import TRUST_LIMIT, read_trust

    return None if file is None else read_trust(guarded(file, limit_bytes=TRUST_LIMIT), file=str(file))


def _checked(what: str, trust: "Trust | None") -> "Verification":
    from touchstone.apps.verification.asking import Asked
    from touchstone.apps.verification.examining import examined

    now = datetime.now(UTC)
    if trust is None and _at_hand():
        from touchstone.cli.database import ready

        ready()
        from touchstone.apps.verification import services

        content = _content(what, services.own_trust(), answers=True)
        return services.verify(content, at=now, name=_name(what, content))
    content = _content(what, trust, answers=False)
    return examined(content, Asked(at=now, trust=trust, name=_name(what, content)))


def _at_hand() -> bool:
    """Whether there is an installation here. None is made only to ask it."""
    here = home()
    return "DATABASE_URL" in os.environ or any(
        file.exists() for file in (here.database, here.environment, here.keys / "public")
    )


def _content(what: str, trust: "Trust | None", *, answers: bool) -> bytes | str:
    """What is to be checked: a file, what an address gives, or the text itself.

    `answers` says that the register of `trust` is at hand: then nothing needs to be fetched from it.
    """
    from touchstone.apps.verification.credentials import is_token
    from touchstone.apps.verification.examining import LIMIT
    from touchstone.apps.verification.links import Leads, link, number_of

    if not is_address(what):
        typed = is_token(what) or (number_of(what) is not None and not Path(what).exists())
        return what if typed else guarded(Path(what), limit_bytes=LIMIT)
    leads = link(what, address=trust.address).leads if trust else Leads.ELSEWHERE
    if leads is Leads.LOOK_ALIKE or (leads is Leads.HERE and answers):
        return what
    return _fetched(what)


def _fetched(address: str) -> bytes:
    """What an address gives; of a label's page, the label's credential."""
    from touchstone.apps.verification.examining import LIMIT
    from touchstone.apps.verification.links import link

    parts = urlsplit(address)
    there = f"{parts.scheme}://{parts.netloc}"
    number = link(address, address=there).number if parts.path.startswith("/verify/") else None
    wanted = address if number is None else f"{there}/credentials/{number}.json"
    content = io.BytesIO()
    fetch(wanted, content, limit_bytes=LIMIT, seconds=SECONDS, longest=LONGEST, accept="*/*")
    if not content.getvalue():
        raise misuse(wanted, "the server gives nothing.", "Fetch the file yourself and name it.")
    return content.getvalue()


def _name(what: str, content: bytes | str) -> str:
    return what if isinstance(content, bytes) else ""


def _say(found: "Verification") -> None:
    from touchstone.apps.verification.answers import answer

    say(answer(found))
    say()
    for check in found.checks:
        say(_line(check))


def _line(check: "Check") -> str:
    return f"  {RESULTS[check.passed]:<11}  {check.name.value}: {check.detail}"

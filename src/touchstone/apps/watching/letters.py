"""The letters to watchers. Each carries a link that stops them, for people and for mail programs."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from touchstone.apps.notices import services as notices
from touchstone.apps.watching.models import Watch
from touchstone.apps.watching.tokens import Use, token

CONFIRMATION, NEWS, NOTICE = "confirmation", "news", "notice"
NAMES_SHOWN = 20


def ask_to_confirm(watch: Watch, *, names: Sequence[str], at: datetime) -> None:
    """The only letter that an address gets before somebody there has confirmed."""
    link = _link("public:watch-confirm", token(Use.CONFIRM, watch.handle))
    text = _(
        "Somebody, probably you, asked %(site)s to write to this address when something happens to the "
        "labels of:\n\n%(what)s\n\nIf it was you, open this page within seven days and press the button:\n"
        "%(link)s\n\nIf it was not you, do nothing. Nothing more will be sent, and the address is forgotten "
        "after seven days.\n"
    ) % {"site": settings.TOUCHSTONE_ADDRESS, "what": listed(watch, names), "link": link}
    notices.write(
        to=watch.address, subject=_("Confirm that you want to watch labels"), text=text, kind=CONFIRMATION,
        about=watch.handle.hex, at=at,
    )  # fmt: skip


def tell(watch: Watch, lines: Sequence[str], *, at: datetime) -> None:
    """News, one paragraph each."""
    count = len(lines)
    subject = (ngettext("%(count)s change of a label", "%(count)s changes of labels", count)) % {
        "count": count
    }
    address = settings.TOUCHSTONE_ADDRESS
    body = "\n\n".join(lines)
    text = f"{body}\n\n" + _("The register: %(address)s/register/\n") % {"address": address}
    _to_watcher(watch, subject if count > 1 else _subject(lines[0]), text, kind=NEWS, at=at)


def tell_stopped(watch: Watch, *, at: datetime) -> None:
    """That a webhook has failed too often and is called no more."""
    text = _(
        "Your webhook %(webhook)s has failed %(failures)s times in a row, so it is called no more. The last "
        "failure: %(failure)s\n\nWhat happened since then is in the register and its feeds. To begin again, "
        "mend it and ask anew: %(address)s\n"
    ) % {
        "webhook": watch.webhook,
        "failures": watch.failures,
        "failure": watch.failure,
        "address": settings.TOUCHSTONE_ADDRESS + reverse("public:watch"),
    }
    _to_watcher(watch, _("Your webhook was stopped"), text, kind=NOTICE, at=at)


def listed(watch: Watch, names: Sequence[str]) -> str:
    """What a watch is of, one line each."""
    if not watch.is_of_all:
        more = len(names) - NAMES_SHOWN
        rest = [_("and %(more)s more") % {"more": more}] if more > 0 else []
        return "\n".join(f"- {' '.join(name.split())}" for name in (*names[:NAMES_SHOWN], *rest))
    parts = {
        _("country"): watch.country,
        _("portfolio"): watch.portfolio,
        _("level"): watch.level,
    }
    return "\n".join(f"- {name}: {value}" for name, value in parts.items() if value)


def manage_link(watch: Watch) -> str:
    """The page where a watcher sees, exports and stops everything."""
    return _link("public:watch-manage", token(Use.MANAGE, watch.handle))


def stop_link(watch: Watch) -> str:
    """The address that stops one watch, also at one click of a mail program (RFC 8058)."""
    return _link("public:watch-stop", token(Use.MANAGE, watch.handle))


def _to_watcher(watch: Watch, subject: str, text: str, *, kind: str, at: datetime) -> None:
    foot = _(
        "--\nYou get this because you asked for it and confirmed it.\nStop it: %(stop)s\n"
        "See or delete everything kept of you: %(manage)s\n"
    ) % {"stop": stop_link(watch), "manage": manage_link(watch)}
    headers = {
        "List-Unsubscribe": f"<{stop_link(watch)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    notices.write(
        to=watch.address, subject=subject, text=f"{text}\n{foot}", kind=kind, about=watch.handle.hex, at=at,
        headers=headers,
    )  # fmt: skip


def _subject(line: str) -> str:
    """The beginning of a line, as the subject of a letter about it alone."""
    plain = "".join(one for one in line if one.isprintable())
    return plain if len(plain) <= 100 else plain[:99].rstrip() + "…"


def _link(name: str, given: str) -> str:
    address: str = settings.TOUCHSTONE_ADDRESS
    return address + reverse(name, args=[given])

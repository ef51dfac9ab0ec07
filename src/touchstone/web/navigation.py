"""Where each role works, and the links of the header."""

from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchstone.core.cases.states import Role


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the header. `current` is what `aria-current` says; empty where the reader is elsewhere."""

    address: str
    label: str | Promise
    current: str = ""


_WORKPLACES: dict[str, tuple[str, Promise]] = {
    Role.CLUSTER: ("cluster:cases", _("My organisation")),
    Role.EXPERT: ("expert:cases", _("My assessments")),
    Role.SECRETARIAT: ("secretariat:cases", _("Secretariat")),
    Role.DECIDER: ("decisions:cases", _("Decisions")),
    Role.PROGRAMME_OWNER: ("insights:overview", _("Insights")),
    Role.ADMINISTRATOR: ("admin:index", _("Administration")),
}


def workplace(role: str) -> tuple[str, Promise] | None:
    """The address and name of the page where that role works; None where it has none yet."""
    known = _WORKPLACES.get(role)
    return None if known is None else (reverse(known[0]), known[1])


def links(request: HttpRequest) -> list[Link]:
    """The links of the header for this reader, the one of the present page marked."""
    wanted: list[tuple[str, str | Promise]] = [
        (reverse("public:register"), _("Register")),
        ("/verify/", _("Verify")),
        (reverse("public:scheme"), _("The scheme")),
    ]
    work = workplace(request.user.role) if request.user.is_authenticated else None
    if work is not None:
        wanted.append(work)
    made = [Link(address, label, _current(request.path, address)) for address, label in wanted]
    if work is not None and request.path.startswith(reverse("labels:organisations")):
        made[-1] = replace(made[-1], current="true")  # reached from there, whichever workplace it is
    return made


def _current(path: str, address: str) -> str:
    if path == address:
        return "page"
    return "true" if path.startswith(address) else ""

"""The code that an organisation puts on its own pages: the badge, linked to the register.

Codes are plain text, escaped once as HTML; the page that shows them escapes them again.
"""

from dataclasses import dataclass
from html import escape

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from touchstone.output.badge import Size


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One way to show a badge: what it is for, and the HTML to copy. `id` is that of its field."""

    id: str
    title: str
    about: str
    html: str


def codes(request: HttpRequest, key: str, name: str) -> list[Code]:
    """The codes for an organisation, the plainest first."""
    return [
        Code(
            id="embed",
            title=_("Picture"),
            about=_("For every page and every system; no script is needed."),
            html=embed_code(request, key, name),
        ),
        Code(
            id="embed-small",
            title=_("Small picture"),
            about=_("For the foot of a page: level and state, nothing else."),
            html=embed_code(request, key, name, size=Size.SMALL),
        ),
        Code(
            id="embed-both",
            title=_("Picture for light and dark"),
            about=_("For pages that turn dark when the reader's device asks for it."),
            html=_linked(request, key, _for_both(request, key, name)),
        ),
        Code(
            id="embed-live",
            title=_("State of the moment"),
            about=_(
                "Asks the register each time the page is opened, and says the state to screen readers too. "
                "It sets no cookie and tracks nobody. Without scripts the picture inside is shown."
            ),
            html=_component(request, key, name),
        ),
    ]


def embed_code(request: HttpRequest, key: str, name: str, *, size: Size = Size.LARGE) -> str:
    """The plainest code: a picture of one size, for light pages."""
    return _linked(request, key, _image(request, key, name, size))


def _linked(request: HttpRequest, key: str, inside: str) -> str:
    page = request.build_absolute_uri(reverse("public:organisation", args=[key]))
    return f'<a href="{escape(page)}">{inside}</a>'


def _image(request: HttpRequest, key: str, name: str, size: Size) -> str:
    # The text must stay true whatever becomes of the label: the code is copied once.
    alternative = _("Label of %(name)s in the register") % {"name": name}
    picture = _picture(request, key) + ("?size=small" if size is Size.SMALL else "")
    sides = f'width="{size.width}" height="{size.height}"'
    return f'<img src="{escape(picture)}" alt="{escape(alternative)}" {sides}>'


def _for_both(request: HttpRequest, key: str, name: str) -> str:
    image = _image(request, key, name, Size.LARGE)
    dark = escape(f"{_picture(request, key)}?ground=dark")
    return f'<picture><source srcset="{dark}" media="(prefers-color-scheme: dark)">{image}</picture>'


def _component(request: HttpRequest, key: str, name: str) -> str:
    script = request.build_absolute_uri(reverse("public:badge-component"))
    inside = embed_code(request, key, name)
    return (
        f'<script type="module" src="{escape(script)}"></script>\n'
        f'<touchstone-badge organisation="{escape(key)}">{inside}</touchstone-badge>'
    )


def _picture(request: HttpRequest, key: str) -> str:
    return request.build_absolute_uri(reverse("public:badge", args=[key]))

"""The badge on pages of ours, with the code for others'."""

from typing import TypedDict

from django import template
from django.template import RequestContext

from touchstone.output.badge import Size
from touchstone.web.public.badges.embedding import Code, codes

register = template.Library()


class Section(TypedDict):
    key: str
    name: str
    size: Size
    codes: list[Code]


@register.inclusion_tag("web/public/badges/section.html", takes_context=True)
def badge_section(context: RequestContext, key: str, name: str) -> Section:
    """The badge of an organisation and the codes to embed it. The page needs the script `web/copy.js`."""
    return {"key": key, "name": name, "size": Size.LARGE, "codes": codes(context["request"], key, name)}

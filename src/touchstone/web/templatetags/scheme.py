"""What the templates of the scheme say with one word: how sure an item is, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django import template

from touchstone.core.scheme.model import Origin

register = template.Library()
Context = Mapping[str, Any]  # a template's context holds anything


@register.inclusion_tag("web/public/scheme_sure.html", takes_context=True)
def sure(context: Context, origin: Origin) -> dict[str, object]:
    """How sure an item is, and where it was read."""
    words, sources = context["w"], context["scheme"].sources
    return {
        "word": words.certainty[origin.certainty],
        "explained": words.certainty_explained[origin.certainty],
        "sources": [sources[id] for id in origin.sources],
    }

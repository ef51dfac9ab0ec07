"""What the templates say with one word: navigation, a level, a standing, a light, a certainty."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from touchstone.core.language.language import language
from touchstone.core.scheme.model import Origin, Source
from touchstone.web import navigation, words

register = template.Library()
Context = Mapping[str, Any]  # a template's context holds anything
Answer = dict[str, object]


@register.inclusion_tag("web/components/header.html", takes_context=True)
def site_header(context: Context) -> Answer:
    """The header; without links of a person where there is no request (the page of a server error)."""
    request = context.get("request")
    if not isinstance(request, HttpRequest) or not hasattr(request, "user"):
        return {"links": []}
    return {"links": navigation.links(request), "user": request.user, "csrf_token": context.get("csrf_token")}


@register.simple_tag
def level(value: str) -> SafeString:
    """A level of the label: its metal and its word."""
    return _drawn("level", value, words.LEVELS[value], get_language())


@register.simple_tag
def standing(value: str) -> SafeString:
    """A standing of a label: its shape and its word."""
    return _drawn("standing", value, words.STANDINGS[value], get_language())


@lru_cache(maxsize=128)
def _drawn(component: str, value: str, word: Promise, _language: str | None) -> SafeString:
    """A component that long lists show in every row, made once for each language."""
    return render_to_string(f"web/components/{component}.html", {"value": value, "word": word})


@register.inclusion_tag("web/components/traffic.html")
def traffic(value: str) -> Answer:
    """A traffic light as a shape and a word."""
    return {"value": value, "word": words.LIGHTS[value]}


@register.inclusion_tag("web/components/certainty.html")
def certainty(origin: Origin, sources: Mapping[str, Source]) -> Answer:
    """How sure an item of the scheme is, and where it was read."""
    return {
        "word": words.CERTAINTIES[origin.certainty],
        "explained": words.CERTAINTIES_EXPLAINED[origin.certainty],
        "sources": [sources[id] for id in origin.sources if id in sources],
    }


@register.filter
def state_word(value: str) -> Promise:
    """The word for a case's state."""
    return words.STATES[value]


@register.filter
def role_word(value: str) -> Promise:
    """The word for a role."""
    return words.ROLES[value]


@register.filter
def verb_word(value: str) -> Promise | str:
    """The words for what was done in a case; the verb itself where it has none yet."""
    return words.VERBS.get(value, value)


@register.filter
def own_name(code: str) -> str:
    """A language as its speakers call it."""
    return language(code).own_name

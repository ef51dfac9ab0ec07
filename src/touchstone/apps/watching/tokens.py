"""Links in letters: signed, each for one use. Nobody can make one without the installation's secret."""

from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from django.core import signing

CONFIRM_WITHIN = timedelta(days=7)


class Use(StrEnum):
    """What a link is for. One for another use does not fit."""

    CONFIRM = "watching.confirm"  # for a week
    MANAGE = "watching.manage"  # for ever: who was told may always have it stopped


class BadToken(Exception):  # noqa: N818  (an answer to a person)
    """A link that was not made here, was changed, is for something else, or is too old."""


def token(use: Use, handle: UUID) -> str:
    """The part of a link that names a watch."""
    return signing.dumps(handle.hex, salt=use)


def handle_of(use: Use, given: str) -> UUID:
    """The watch that a link names. Raises BadToken."""
    age = CONFIRM_WITHIN if use is Use.CONFIRM else None
    try:
        return UUID(hex=signing.loads(given, salt=use, max_age=age))
    except (signing.BadSignature, ValueError, TypeError, AttributeError) as error:
        raise BadToken from error

"""The one question that is asked most, answered without what other questions need.

The operation is the same, and so is every answer; only its parameters are read here and not by Django Ninja,
which takes as long for it as the rest of the answer.
"""

from django.http import HttpRequest, HttpResponse
from pydantic import ValidationError

from touchstone.api import operations
from touchstone.api.answering import misread
from touchstone.api.problems import Refusal
from touchstone.api.schemas import AsKnown

NOTHING = AsKnown.model_validate({})


def status(request: HttpRequest, key: str) -> HttpResponse:
    """The label of an organisation on a day, as known at a moment."""
    try:
        asked = AsKnown.model_validate(request.GET.dict()) if request.META["QUERY_STRING"] else NOTHING
        return operations.status(request, key, asked)
    except ValidationError as error:
        return operations.refused(request, misread(error.errors()))
    except Refusal as refusal:
        return operations.refused(request, refusal)

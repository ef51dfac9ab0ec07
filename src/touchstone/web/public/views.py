"""Pages for everybody that have not found their own part yet: the number of a certificate."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from touchstone.apps.register.models import LedgerEntry


@require_safe
def verify(request: HttpRequest, number: int) -> HttpResponseBase:
    """The address on a certificate: leads to the label as it stands today, or says that there is none."""
    entry = LedgerEntry.objects.filter(number=number).first()
    if entry is None:
        context = {"number": f"{number:05d}"}
        return render(request, "web/public/no_certificate.html", context, status=HTTPStatus.NOT_FOUND)
    return redirect("public:organisation", entry.organisation)

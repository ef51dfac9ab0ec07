"""The questions that the interface answers, version 1. All read; none needs a key."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI, P, PathEx, Query
from ninja.errors import ValidationError

from touchstone.api import answers, problems
from touchstone.api import schemas as form
from touchstone.api.answering import answered, day, misread, moment
from touchstone.apps.register.histories import DamagedEntry
from touchstone.apps.register.models import LedgerHead

VERSION: Final = "1.0"
_REGISTER, _LEDGER, _SCHEME = "Register", "Ledger", "Scheme"

api = NinjaAPI(version=VERSION, urls_namespace="api-1", docs_url=None, openapi_url=None)
Key = PathEx[str, P(description="Key of an organisation.", examples=[form.KEY_EXAMPLE])]


@api.exception_handler(problems.Refusal)
def refused(_: HttpRequest, refusal: problems.Refusal) -> HttpResponse:
    return problems.response(refusal.problem, refusal.faults, detail=refusal.detail)


@api.exception_handler(DamagedEntry)
def damaged(_: HttpRequest, damage: DamagedEntry) -> HttpResponse:
    return problems.response(problems.OURS, detail=f"The ledger is damaged: {damage}")


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return refused(request, misread(error.errors))


@api.get(
    "/organisations",
    response=form.OrganisationsPage,
    tags=[_REGISTER],
    summary="Organisations of the register",
)
def organisations(request: HttpRequest, asked: Query[form.ListAsked]) -> HttpResponse:
    """Who holds or held a label on a day, in order of keys, some at a time.

    Each organisation comes once, with its headline: the best level that holds; with `level`, with that one.
    Follow `next` until it is null. Where `known` lies before now, the register of then is looked through page
    by page: a page may hold fewer organisations than `limit`, even none, and others may follow.
    """
    now, today = timezone.now(), timezone.localdate()

    def page(_: int) -> HttpResponse:
        return answers.organisations(request, asked, day(asked, today), moment(asked, now), now)

    return answered(request, asked, today, page)


@api.get(
    "/organisations/{key}", response=form.OrganisationDocument, tags=[_REGISTER], summary="One organisation"
)
def organisation(request: HttpRequest, key: Key, asked: Query[form.AsKnown]) -> HttpResponse:
    """An organisation of the register on a day: names, levels, what it came from and what it became.

    404 where it had no label by that day, as known at that moment.
    """
    now, today = timezone.now(), timezone.localdate()

    def one(_: int) -> answers.Document:
        return answers.organisation(key, day(asked, today), moment(asked, now))

    return answered(request, asked, today, one)


@api.get(
    "/organisations/{key}/status",
    response=form.StatusDocument,
    tags=[_REGISTER],
    summary="The label on a day",
)
def status(request: HttpRequest, key: Key, asked: Query[form.AsKnown]) -> HttpResponse:
    """Which label an organisation holds on a day, as known at a moment.

    `never` says that it held none by then. 404 says that the ledger knows no organisation of this key.
    """
    now, today = timezone.now(), timezone.localdate()

    def label(number: int) -> HttpResponse:
        return answers.status(key, day(asked, today), moment(asked, now), now, number)

    return answered(request, asked, today, label)


@api.get(
    "/organisations/{key}/history",
    response=form.HistoryDocument,
    tags=[_REGISTER],
    summary="What happened to its labels",
)
def history(request: HttpRequest, key: Key, asked: Query[form.KnownAsked]) -> HttpResponse:
    """All that happened to an organisation's labels, by day of effect, as known at a moment."""
    now = timezone.now()
    return answered(request, asked, now.date(), lambda _: answers.history(key, moment(asked, now)))


@api.get("/figures", response=form.FiguresDocument, tags=[_REGISTER], summary="How many labels")
def figures(request: HttpRequest, asked: Query[form.OnDay]) -> HttpResponse:
    """How many organisations hold a valid label on a day, and how many ever held one by then."""
    today = timezone.localdate()
    return answered(request, asked, today, lambda _: answers.figures(day(asked, today)))


@api.get("/ledger/entries", response=form.EntriesPage, tags=[_LEDGER], summary="Entries of the ledger")
def entries(request: HttpRequest, asked: Query[form.EntriesAsked]) -> HttpResponse:
    """The ledger's entries in the order of their numbers, with hashes and signatures."""
    return answered(request, asked, timezone.localdate(), lambda _: answers.entries(request, asked))


@api.get("/ledger/heads", response=form.HeadsDocument, tags=[_LEDGER], summary="Heads of the ledger")
def heads(request: HttpRequest) -> HttpResponse:
    """The signed statements of the ledger's last entry at the end of a day."""
    beside = LedgerHead.objects.count()
    return answered(request, None, timezone.localdate(), answers.heads, beside=beside)


@api.get("/scheme", response=form.SchemeDocument, tags=[_SCHEME], summary="The scheme in short")
def scheme(request: HttpRequest) -> HttpResponse:
    """Levels, comparative portfolios and rule sets, with the ids that other answers use."""
    return answered(request, None, timezone.localdate(), answers.scheme)

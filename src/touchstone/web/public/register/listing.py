"""The register as a list: search, filters, order, day and page, all in the address."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import islice

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from touchstone.apps.register.models import RegisterSpan
from touchstone.apps.register.opening_rows import register_row
from touchstone.output.open_data import REGISTER, write_csv
from touchstone.web.forms import problems
from touchstone.web.public.register.figures import figures_on, present
from touchstone.web.public.register.filters import FilterForm, Filters
from touchstone.web.public.register.finding import found
from touchstone.web.public.register.freshness import kept_a_minute, ledger_state
from touchstone.web.public.register.lines import is_corrected, lines

ROWS_AT_ONCE = 2000
BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # or Excel takes UTF-8 for another encoding; the open data go without


@require_safe
@kept_a_minute
def register(request: HttpRequest) -> HttpResponse:
    """The register: who holds which label on a day."""
    today, state = timezone.localdate(), ledger_state()
    form = FilterForm(request.GET, present=present(state))
    filters = form.filters(today=today)
    asked = request.GET
    matches = found(state, filters, asked.get("after", ""), asked.get("before", ""))
    page = matches.page
    context = {
        "form": form,
        "problems": problems(form),
        "filters": filters,
        "page": page,
        "lines": lines(page.rows, q=filters.q),
        "corrected": is_corrected(page.rows, filters.q),
        "count": matches.number,
        "more": matches.more,
        "figures": figures_on(state, filters.on),
        "on": filters.on,
        "today": today,
        **_addresses(filters, page.after, page.before),
    }
    return render(request, "web/public/register/list.html", context)


def _addresses(filters: Filters, after: str, before: str) -> dict[str, str]:
    """Where the same filters lead: other pages of the list, other forms of it."""
    today = timezone.localdate()
    query = filters.query(today=today)
    return {
        "first": f"?{query}" if query else reverse("public:register"),
        "next": f"?{filters.query(today=today, after=after)}",
        "previous": f"?{filters.query(today=today, before=before)}",
        "csv": f"{reverse('public:register-csv')}?{query}",
        "feed": f"{reverse('public:register-feed')}?{query}",
        "map": f"{reverse('public:map')}?{filters.query(today=today, sort='', q='', country='')}",
        "everything": reverse("public:register"),
    }


@require_safe
def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """All rows of the list, not only those of a page, in the columns of the open data."""
    today = timezone.localdate()
    form = FilterForm(request.GET, present=present(ledger_state()))
    filters = form.filters(today=today)
    rows = filters.rows().order_by(*filters.order).iterator(ROWS_AT_ONCE)
    response = StreamingHttpResponse(_written(rows, filters), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="register-{filters.on.isoformat()}.csv"'
    return response


def _written(rows: Iterator[RegisterSpan], filters: Filters) -> Iterator[bytes]:
    """The file in pieces, so that none is ever whole in memory."""
    yield BYTE_ORDER_MARK + _piece([], filters)
    while some := list(islice(rows, ROWS_AT_ONCE)):
        yield _piece(some, filters).split(b"\r\n", 1)[1]


def _piece(rows: Sequence[RegisterSpan], filters: Filters) -> bytes:
    """Some rows with a header of their own."""
    written = BytesIO()
    write_csv(REGISTER, (register_row(row, on=filters.on) for row in rows), written)
    return written.getvalue()

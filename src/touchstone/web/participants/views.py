"""The page of a participant list: what it says, what it leaves open, and the taking over of its figures."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from touchstone.apps import pack
from touchstone.apps.cases.models import Case
from touchstone.apps.cases.queries import answers_of
from touchstone.apps.participants import review as reviews
from touchstone.apps.participants import services
from touchstone.apps.participants.review import Review, current_of
from touchstone.apps.participants.services import Refused
from touchstone.intake.gazetteer import CREDIT, places_of
from touchstone.web.access import person, require
from touchstone.web.forms import Problem
from touchstone.web.participants import sheet as sheets
from touchstone.web.participants.access import address, for_list, readable_case
from touchstone.web.participants.forms import Sent, sent

NOTHING = Sent({})


@require_http_methods(["GET", "HEAD", "POST"])
@for_list
def review(request: HttpRequest, reference: str) -> HttpResponse:
    """The list looked through. What is chosen on the page is saved by its button; the rest stays open."""
    case = readable_case(request, reference)
    current = current_of(case)
    if current is None:
        context = {"case": case, "may_upload": person(request).has_perm("participants.upload", case)}
        return render(request, "web/participants/none.html", context)
    found = reviews.review(current, case, today=timezone.localdate())
    if request.method != "POST":
        return _page(request, case, found)
    given = sent(_fields(request), found.places, found.pairs, places_of)
    try:
        _check_number(request, found)
        changed = services.choose(handed_in=current, by=person(request), said=given.said, at=timezone.now())
    except Refused as refusal:
        return _page(request, case, found, wrong=[Problem(str(refusal))])
    if changed or not given.faults:
        messages.success(request, _saved_words(len(changed)))
    if not given.faults:
        return redirect(request.get_full_path())
    saved = reviews.review(current, case, today=timezone.localdate())
    return _page(request, case, saved, given=given, ordered_as=found)


@require_http_methods(["GET", "HEAD", "POST"])
@for_list
def take_over(request: HttpRequest, reference: str) -> HttpResponse:
    """Each answer as it stands beside the figure of the list; the button writes them."""
    case = readable_case(request, reference)
    require(
        request, "participants.take", case, _("Only the expert takes figures over, while the case is open.")
    )
    current = current_of(case)
    if current is None:
        return redirect(address(request, "review", case))
    found = reviews.review(current, case, today=timezone.localdate())
    wrong: list[Problem] = []
    if request.method == "POST":
        try:
            _check_number(request, found)
            taken = services.take_over(handed_in=current, by=person(request), at=timezone.now())
        except Refused as refusal:
            wrong = [Problem(str(refusal))]
        else:
            messages.success(request, _taken_words(len(taken)))
            return redirect(address(request, "review", case))
    return render(request, "web/participants/take_over.html", _to_take(case, found) | {"problems": wrong})


def _page(
    request: HttpRequest, case: Case, found: Review, *,
    given: Sent = NOTHING, wrong: Sequence[Problem] = (), ordered_as: Review | None = None,
) -> HttpResponse:  # fmt: skip
    """The list with the questions of one page, and what could not be saved as it was typed.

    `ordered_as` keeps the questions where the reader had them, though some are answered by now.
    """
    me, scheme = person(request), pack.scheme(case.scheme)
    places = sheets.paged(found.places, ordered_as or found, request.GET.get("places"))
    pairs = sheets.paged(found.pairs, ordered_as or found, request.GET.get("pairs"))
    faults = [Problem(text, f"#typed-{key}") for key, text in given.faults.items()]
    figures = sheets.figures(found, answers_of(case), scheme)
    context: dict[str, object] = {
        "case": case,
        "review": found,
        "credit": CREDIT,
        "totals": sheets.totals(found),
        "types": sheets.by_type(found, scheme),
        "kinds": sheets.by_kind(found),
        "days": sheets.membership(found),
        "bars": sheets.bars(found.spread) if found.spread else [],
        "figures": figures,
        "differing": sum(figure.differs for figure in figures),
        "places": places,
        "pairs": pairs,
        "kept_places": f"places={places.number}&",
        "kept_pairs": f"pairs={pairs.number}&",
        "entries": sheets.place_entries(places, found, faults=given.faults, typed=given.typed),
        "twins": sheets.pair_entries(pairs, found),
        "older": case.participant_lists.listed().filter(number__lt=found.list.number),
        "problems": [*wrong, *faults],
        "may_choose": me.has_perm("participants.choose", case),
        "may_take": me.has_perm("participants.take", case),
    }
    return render(request, "web/participants/review.html", context)


def _to_take(case: Case, found: Review) -> dict[str, object]:
    figures = sheets.figures(found, answers_of(case), pack.scheme(case.scheme))
    return {
        "case": case,
        "review": found,
        "figures": figures,
        "differing": sum(figure.differs for figure in figures),
        "note": services.note_of(found.list),
    }


def _fields(request: HttpRequest) -> Mapping[str, str]:
    return {name: str(value) for name, value in request.POST.items()}


def _check_number(request: HttpRequest, found: Review) -> None:
    """Stops where the page was of a list that has been replaced while it was open."""
    if request.POST.get("list") != str(found.list.number):
        raise Refused(_("A newer list has replaced the one that you had before you. This is the newer one."))


def _saved_words(changed: int) -> str:
    if not changed:
        return _("Nothing was changed; your choices stand as they were saved.")
    time = timezone.localtime().strftime("%H:%M %Z")
    told = ngettext("Saved at %(time)s: %(n)s choice.", "Saved at %(time)s: %(n)s choices.", changed)
    return told % {"time": time, "n": changed}


def _taken_words(taken: int) -> str:
    told = ngettext(
        "%(n)s answer now stands as the list says.", "%(n)s answers now stand as the list says.", taken
    )
    return told % {"n": taken}

"""Acts on labels outside a case: what stands, what can be done, its effect shown first, then the entry."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from touchstone.apps.accounts.models import User
from touchstone.apps.labels import services
from touchstone.apps.labels.rules import is_tied, may_act
from touchstone.apps.organisations.models import Organisation
from touchstone.apps.refusal import Refused
from touchstone.apps.register.services import history, row
from touchstone.core.cases.states import Role
from touchstone.core.labels.model import EntryKind
from touchstone.web.access import for_role, person
from touchstone.web.forms import Problem, problems
from touchstone.web.labels.forms import FORMS, ActForm, first_day

ROWS_A_PAGE = 50
for_keepers = for_role(Role.DECIDER, Role.SECRETARIAT)


@dataclass(frozen=True, slots=True)
class Choice:
    """One act as the pages offer it."""

    kind: EntryKind
    name: Promise
    question: Promise
    told: Promise

    @property
    def slug(self) -> str:
        return self.kind.value


CHOICES = {
    choice.slug: choice
    for choice in (
        Choice(
            EntryKind.SUSPENSION,
            gettext_lazy("Suspend"),
            gettext_lazy("Suspend the label of %(name)s?"),
            gettext_lazy("From that day the label does not hold, until it is reinstated or withdrawn."),
        ),
        Choice(
            EntryKind.REINSTATEMENT,
            gettext_lazy("Reinstate"),
            gettext_lazy("Reinstate the label of %(name)s?"),
            gettext_lazy("From that day the label holds again. The days before stay suspended."),
        ),
        Choice(
            EntryKind.WITHDRAWAL,
            gettext_lazy("Withdraw"),
            gettext_lazy("Withdraw the label of %(name)s?"),
            gettext_lazy("From that day the label is taken back for good. A new one begins afresh."),
        ),
        Choice(
            EntryKind.RENAME,
            gettext_lazy("Rename"),
            gettext_lazy("What is %(name)s called now?"),
            gettext_lazy("The old name stays findable, and stands among the former names."),
        ),
        Choice(
            EntryKind.HOST,
            gettext_lazy("Change the host"),
            gettext_lazy("Who carries %(name)s in law now?"),
            gettext_lazy("The label stays with the organisation."),
        ),
        Choice(
            EntryKind.MERGER,
            gettext_lazy("Merge"),
            gettext_lazy("Into which organisation does %(name)s go?"),
            gettext_lazy(
                "Its labels end on the day before. The other one may take them over. "
                "Two entries of one organisation are joined so too."
            ),
        ),
        Choice(
            EntryKind.SPLIT,
            gettext_lazy("Split"),
            gettext_lazy("What does %(name)s become?"),
            gettext_lazy("Unless it goes on itself, its labels end on the day before."),
        ),
        Choice(
            EntryKind.CORRECTION,
            gettext_lazy("Correct an entry"),
            gettext_lazy("What should an entry of %(name)s have said?"),
            gettext_lazy("The wrong entry stays and is marked. Only what is filled in is replaced."),
        ),
    )
}


@require_safe
@for_keepers
def organisations(request: HttpRequest) -> HttpResponse:
    """Every organisation, by name."""
    asked = request.GET.get("q", "")[:200]
    page = Paginator(Organisation.objects.search(asked), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "asked": asked, "query": f"q={asked}&" if asked else ""}
    return render(request, "web/labels/organisations.html", context)


@require_safe
@for_keepers
def organisation(request: HttpRequest, key: str) -> HttpResponse:
    """How the label of an organisation stands, and what this person may do about it."""
    me, found = person(request), get_object_or_404(Organisation, key=key)
    listed = row(key, on=timezone.localdate(), known=timezone.now(), ahead=True)
    context = {
        "organisation": found,
        "row": listed,
        "choices": _choices(me, key) if history(key) else [],
        "tied": is_tied(me, key),
        "deeds": services.deeds(line.number for line in listed.history).values() if listed else [],
    }
    return render(request, "web/labels/organisation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_keepers
def act(request: HttpRequest, key: str, what: str) -> HttpResponse:
    """Ask, show the effect, enter: the same form each time, and nothing is entered before the last step."""
    me, found = person(request), get_object_or_404(Organisation, key=key)
    choice = CHOICES.get(what)
    if choice is None or not may_act(me, choice.kind, key):
        raise Http404(_("There is no such act for you here."))
    form = FORMS[choice.kind](request.POST or None, key=key, initial=first_day(timezone.localdate()))
    what_next = request.POST.get("do")
    wrong: list[Problem] = []
    changes: tuple[services.Change, ...] = ()
    if request.method == "POST" and what_next != "change" and form.is_valid():
        try:
            if what_next == "enter":
                return _entered(request, choice, form)
            changes = _tried(request, choice, form)
        except Refused as refusal:
            wrong = [Problem(str(refusal))]
    context = {
        "organisation": found,
        "choice": choice,
        "question": str(choice.question) % {"name": found.name},
        "form": form,
        "problems": wrong if what_next == "change" else problems(form) + wrong,
        "written": form.written() if changes else [],
        "changes": [_side_by_side(change) for change in changes],
    }
    return render(request, "web/labels/check.html" if changes else "web/labels/act.html", context)


def _choices(me: User, key: str) -> list[Choice]:
    return [choice for choice in CHOICES.values() if may_act(me, choice.kind, key)]


def _tried(request: HttpRequest, choice: Choice, form: ActForm) -> tuple[services.Change, ...]:
    return services.effect(
        kind=choice.kind, organisation=form.key, by=person(request), at=timezone.now(), **form.said()
    )


def _entered(request: HttpRequest, choice: Choice, form: ActForm) -> HttpResponse:
    entry = services.act(
        kind=choice.kind, organisation=form.key, by=person(request), at=timezone.now(), **form.said()
    )
    done = _("Entry %(number)s is signed and stands in the ledger. Register and badge follow at once.")
    messages.success(request, done % {"number": entry.number})
    return redirect("labels:organisation", form.key)


def _side_by_side(change: services.Change) -> dict[str, object]:
    named = Organisation.objects.filter(key=change.organisation).first()
    return {
        "name": named.name if named else change.organisation,
        "on": change.before.on,
        "before": change.before,
        "after": change.after,
        "same": change.before.levels == change.after.levels,
    }

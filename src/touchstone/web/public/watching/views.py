"""Pages of watching: ask, confirm, see and stop. A link in a letter shows; only a button does."""

from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from touchstone.apps.register.models import RegisterSpan
from touchstone.apps.watching import services
from touchstone.apps.watching.models import Watch
from touchstone.apps.watching.tokens import BadToken, Use, handle_of
from touchstone.web import countries, words
from touchstone.web.forms import Problem, problems
from touchstone.web.public.watching.forms import WatchForm, preset


@dataclass(frozen=True, slots=True)
class What:
    """A watch, and in words what it is of: named organisations, or a part of the register."""

    watch: Watch

    @property
    def organisations(self) -> list[tuple[str, str]]:
        """Key and present name of each, as they were named."""
        keys = [one.organisation for one in self.watch.organisations.all()]
        spans = RegisterSpan.objects.on(timezone.now().date()).headlines().filter(organisation__in=keys)
        names = dict(spans.values_list("organisation", "name"))
        return [(key, names.get(key, key)) for key in keys]

    @property
    def parts(self) -> list[tuple[str, str]]:
        watch = self.watch
        level = str(words.LEVELS[watch.level]) if watch.level else ""
        portfolio = words.portfolio(watch.portfolio) if watch.portfolio else ""
        named = {
            _("Country"): countries.name(watch.country),
            _("Comparative portfolio"): portfolio,
            _("Level"): level,
        }
        return [(label, value) for label, value in named.items() if value]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """What to watch, and where to tell it. Says the same whatever is known of the address."""
    if request.method != "POST":
        return _form(request, WatchForm(initial=preset(request.GET.dict())))
    form = WatchForm(request.POST)
    if not form.is_valid():
        return _form(request, form)
    try:
        form.subscribe(at=timezone.now())
    except services.Refused as refusal:
        return _form(request, form, [Problem(str(refusal))])
    context = {"address": form.cleaned_data["address"], "webhook": form.cleaned_data["webhook"]}
    return render(request, "web/public/watching/asked.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the first letter. Programs that look at links press no button, so they confirm nothing."""
    try:
        watch = services.found(handle_of(Use.CONFIRM, token))
        if request.method == "POST":
            watch = services.confirm(handle=watch.handle, at=timezone.now())
    except (BadToken, services.Refused):
        return _gone(request)
    return render(request, "web/public/watching/confirm.html", {"watch": watch, "what": What(watch)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """All that an address watches, to see, take along and stop."""
    try:
        watch = services.found(handle_of(Use.MANAGE, token))
    except (BadToken, services.Refused):
        return _gone(request)
    if request.method == "POST":
        services.stop_all(address=watch.address)
        return render(request, "web/public/watching/stopped.html")
    watches = [What(one) for one in services.of_address(watch.address)]
    context = {"address": watch.address, "watches": watches, "token": token}
    return render(request, "web/public/watching/manage.html", context)


@never_cache
@require_safe
def export(request: HttpRequest, token: str) -> HttpResponse:
    """Everything that is kept of an address, as a file."""
    try:
        watch = services.found(handle_of(Use.MANAGE, token))
    except (BadToken, services.Refused):
        return _gone(request)
    return JsonResponse(
        services.export(address=watch.address),
        json_dumps_params={"indent": 2, "ensure_ascii": False},
        headers={"Content-Disposition": 'attachment; filename="watching.json"'},
    )


@csrf_exempt  # mail programs send the button's form for their reader (RFC 8058); the token is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The link that stops one watch. Pressed twice it says the same."""
    watch: Watch | None
    try:
        handle = handle_of(Use.MANAGE, token)
    except BadToken:
        return _gone(request)
    watch = Watch.objects.filter(handle=handle).first()
    if request.method == "POST" and watch is not None:
        services.stop(watch=watch)
    if request.method == "POST" or watch is None:
        return render(request, "web/public/watching/stopped.html")
    return render(
        request, "web/public/watching/stop.html", {"watch": watch, "what": What(watch), "token": token}
    )


def _form(request: HttpRequest, form: WatchForm, more: list[Problem] | None = None) -> HttpResponse:
    wrong = [*(more or []), *(problems(form) if form.is_bound else [])]
    return render(request, "web/public/watching/ask.html", {"form": form, "problems": wrong})


def _gone(request: HttpRequest) -> HttpResponse:
    context = {"heading": _("This link leads nowhere any more")}
    return render(request, "web/public/watching/gone.html", context, status=HTTPStatus.NOT_FOUND)

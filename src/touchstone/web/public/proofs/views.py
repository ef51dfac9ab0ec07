"""Pages of the proof: was a label valid on a day? Nothing that is asked is kept."""

from dataclasses import dataclass
from http import HTTPStatus

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from touchstone.apps.proofs import services
from touchstone.core.labels.proof import Finding, Line, Match, Proof, Verdict
from touchstone.output.content.words import words as printed_words
from touchstone.web import words
from touchstone.web.forms import Problem, problems
from touchstone.web.public.proofs.forms import AskedBefore, AskForm, LanguageForm, preset


@dataclass(frozen=True, slots=True)
class Answered:
    """A line of the table, with names that are like one that was not found."""

    line: Line
    like: tuple[str, ...]

    @property
    def one(self) -> bool:
        return self.line.finding is Finding.ONE

    @property
    def renamed(self) -> bool:
        """Whether it was asked for by something else than its present name."""
        return self.one and self.line.asked != self.line.candidates[0].name


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The question, and its answer below the same address."""
    if request.method != "POST":
        return _page(request, AskForm(initial=preset(request.GET.dict())))
    form = AskForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    try:
        proof = form.proof(at=timezone.now())
    except services.Refused as refusal:
        return _page(request, form, [Problem(str(refusal))])
    return render(request, "web/public/proofs/answer.html", _answered(form, proof))


@never_cache
@require_POST
def as_pdf(request: HttpRequest) -> HttpResponse:
    """The sealed PDF of a question that was answered."""
    form = LanguageForm(request.POST)
    language = form.cleaned_data["language"] if form.is_valid() else "en"
    now = timezone.now()
    try:
        proof = AskedBefore(request.POST.get("question", "")).proof(at=now)
    except BadSignature:
        return _not_ours(request)
    name = f"{printed_words(language).say('proof.file')}-{proof.question.on}.pdf"
    content = services.pdf(proof, language=language, at=now)
    return _file(content, name, "application/pdf")


@never_cache
@require_POST
def as_json(request: HttpRequest) -> HttpResponse:
    """The signed file of a question that was answered."""
    try:
        proof = AskedBefore(request.POST.get("question", "")).proof(at=timezone.now())
    except BadSignature:
        return _not_ours(request)
    return _file(
        services.document(proof).encode(), f"proof-of-labels-{proof.question.on}.json", "application/json"
    )


def _page(request: HttpRequest, form: AskForm, more: list[Problem] | None = None) -> HttpResponse:
    wrong = [*(more or []), *(problems(form) if form.is_bound else [])]
    context = {"form": form, "problems": wrong, "most": services.MOST}
    return render(request, "web/public/proofs/ask.html", context)


def _answered(form: AskForm, proof: Proof) -> dict[str, object]:
    like = services.suggested(proof, today=timezone.now().date())
    return {
        "proof": proof,
        "sentence": _sentence(proof),
        "asked": _asked_words(proof),
        "lines": [Answered(line, like.get(line.asked, ())) for line in proof.lines],
        "list": form.list,
        "question": AskedBefore.of(proof).signed,
        "languages": LanguageForm(initial={"language": "en"}),
        "later": proof.question.on > proof.question.known.date(),
        "unfound": proof.count(Verdict.UNKNOWN),
        "again": AskForm(initial={**form.data.dict(), "names": "\n".join(form.list.names)}),  # type: ignore[attr-defined]  # a QueryDict
    }


def _asked_words(proof: Proof) -> str:
    """The question in words."""
    question = proof.question
    exactly = question.match is Match.EXACTLY
    told = _("%(level)s and no other level") if exactly else _("%(level)s or higher")
    return told % {"level": words.LEVELS[question.level]}


def _sentence(proof: Proof) -> str:
    """The answer in one sentence."""
    if len(proof.lines) == 1:
        return _about_one(proof.lines[0])
    yes, no, unknown = (proof.count(verdict) for verdict in Verdict)
    told = ngettext("Yes for %(yes)s of %(all)s", "Yes for %(yes)s of %(all)s", yes)
    rest = _("no for %(no)s, not known for %(unknown)s.")
    counts = {"yes": yes, "no": no, "unknown": unknown, "all": len(proof.lines)}
    return f"{told % counts}, {rest % counts}"


def _about_one(line: Line) -> str:
    if line.verdict is Verdict.UNKNOWN:
        several = line.finding is Finding.SEVERAL
        told = _("Not known: several are called “%(name)s”.") if several else _("Not known: no “%(name)s”.")
        return told % {"name": line.asked}
    name = line.candidates[0].name
    return (_("Yes: %(name)s") if line.verdict is Verdict.YES else _("No: %(name)s")) % {"name": name}


def _not_ours(request: HttpRequest) -> HttpResponse:
    told = _("The question did not come from a page of this register, or was changed on the way. Ask again.")
    context = {"form": AskForm(), "problems": [Problem(told)], "most": services.MOST}
    return render(request, "web/public/proofs/ask.html", context, status=HTTPStatus.BAD_REQUEST)


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )

"""One form for whatever somebody holds in hand: a file, a text, or a photograph of a code."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from touchstone.apps.verification.examining import LIMIT, LONGEST_TEXT
from touchstone.intake.guards import MEGABYTE
from touchstone.web.forms import Form

FILES = ".pdf,.json,.jwt,.txt,.svg,.png,.jpg,.jpeg,.webp,application/pdf,application/json,image/*"


class CheckForm(Form):
    """Exactly one of three fields is filled in."""

    text = forms.CharField(
        label=_("Number, link or text"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=_(
            "The number of a certificate such as 00057, the address of a label, or a credential copied whole."
        ),
        widget=forms.Textarea(
            attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off", "autocapitalize": "off"}
        ),
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        help_text=_("A certificate (PDF), a credential (JSON) or a badge (SVG or PNG). %(most)s MB at most.")
        % {"most": LIMIT // MEGABYTE},
        widget=forms.FileInput(attrs={"accept": FILES}),
    )
    photo = forms.FileField(
        label=_("Photograph of the code"),
        required=False,
        allow_empty_file=True,
        help_text=_("The square code printed on a certificate. A telephone opens its camera here."),
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )

    def clean(self) -> dict[str, Any]:  # Any: Django's own type
        cleaned = super().clean() or {}
        given = [name for name in ("text", "file", "photo") if cleaned.get(name) is not None]
        given = [name for name in given if name != "text" or str(cleaned["text"]).strip()]
        if not self.errors and len(given) != 1:
            self.add_error(given[1] if given else "text", _WHICH[bool(given)])
        cleaned["given"] = given[0] if len(given) == 1 else ""
        return cleaned

    def content(self) -> bytes | str:
        """What was handed in. Only of a valid form."""
        given = self.cleaned_data[self.cleaned_data["given"]]
        return given.read() if isinstance(given, UploadedFile) else str(given)


_WHICH = {
    False: _("Nothing was handed in. Type a number or a link, choose a file, or photograph the code."),
    True: _("More than one thing was handed in. Check one at a time."),
}

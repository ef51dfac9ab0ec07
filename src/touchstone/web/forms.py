"""How every form of the pages looks and tells its faults."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm


@dataclass(frozen=True, slots=True)
class Problem:
    """A line of the error summary: what is wrong, and where to mend it."""

    text: str
    address: str = ""


# Widgets that are no line of text; the others are.
_LOOKS: dict[type[forms.Widget], str] = {
    forms.Select: "form-select",
    forms.RadioSelect: "",
    forms.CheckboxSelectMultiple: "",
    forms.CheckboxInput: "",
    forms.HiddenInput: "",
}


class Dressed:
    """Gives each field of a form the classes of the look."""

    fields: dict[str, forms.Field]

    def dress(self) -> None:
        for field in self.fields.values():
            look = _LOOKS.get(type(field.widget), "form-control")
            if look:
                field.widget.attrs.setdefault("class", look)


class Form(Dressed, forms.Form):
    """A form in the look, without the browser's own messages: ours say what to do."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: passed on to Django as it came
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.dress()


class SignInForm(Dressed, AuthenticationForm):
    """Django's own check of name and password, in the look."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: passed on to Django as it came
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.dress()


def problems(*wrong: forms.BaseForm) -> list[Problem]:
    """All faults of some forms, each with a link to its field."""
    return [problem for form in wrong for problem in _problems(form)]


def _problems(form: forms.BaseForm) -> Iterable[Problem]:
    for name, errors in form.errors.items():
        address = "" if name == "__all__" else f"#{form[name].auto_id}"
        for error in errors:
            yield Problem(str(error), address)

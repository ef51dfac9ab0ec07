"""What a canonical text takes, and what it refuses rather than leave out."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from factories.credentials import unsigned
from touchstone.core.faults import Unusable
from touchstone.output.credentials.canonical import CREDENTIALS, OPEN_BADGES, canonical, read

Document = dict[str, Any]


def bent(bend: Callable[[Document], Any]) -> Document:
    """A good credential with something done to it."""
    document: Document = json.loads(json.dumps(unsigned()))
    bend(document)
    return document


def test_order_and_spaces_do_not_matter() -> None:
    document = unsigned()
    turned = dict(reversed(json.loads(json.dumps(document, indent=9)).items()))
    assert canonical(turned) == canonical(document)


def test_each_statement_is_a_line_and_none_is_of_the_guard() -> None:
    lines = canonical(unsigned()).decode().splitlines()
    assert len(lines) == 42
    assert [line for line in lines if not line.endswith(" .") or "x-unknown" in line] == []


@pytest.mark.parametrize(
    ("bend", "problem"),
    [
        (lambda d: d.update(endorsedBy="me"), "endorsedBy: is not defined by the contexts"),
        (lambda d: d["credentialSubject"].update(rank=1), "rank: is not defined by the contexts"),
        (lambda d: d["type"].append("Diploma"), "Diploma: is not defined by the contexts"),
        (lambda d: d.update(id="credentials/49.json"), "credentials/49.json: is not defined"),
        (lambda d: d.update(id=""), "id: is not defined by the contexts"),
        (lambda d: d["evidence"][0].update(id="/ledger"), "ledger: is not defined by the contexts"),
        (lambda d: d.update({"@context": [CREDENTIALS]}), "is not defined by the contexts"),
        (lambda d: d.pop("@context"), "is not defined by the contexts"),
        (lambda d: d.update(description=None), "description: is empty"),
        (lambda d: d["evidence"].clear(), "evidence: is empty"),
        (lambda d: d["credentialSubject"].update({"@context": {}}), "holds the keyword @context"),
        (lambda d: d.update({"@included": [{"id": "x:y"}]}), "holds the keyword @included"),
        (lambda d: d["issuer"].update(id="_:b0"), "has an id that holds only inside the document"),
        (lambda d: d["evidence"].extend([{"type": ["Evidence"]}] * 6), "more than 6 parts without an id"),
    ],
)
def test_what_nobody_would_sign_or_nobody_could_work_out_is_refused(
    bend: Callable[[Document], Any], problem: str
) -> None:
    with pytest.raises(Unusable) as refused:
        canonical(bent(bend))
    assert problem in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/context.json",
        "http://127.0.0.1/x",
        "file:///etc/hostname",
        OPEN_BADGES + "#",
        "c",
    ],
)
def test_nothing_is_fetched(address: str) -> None:
    with pytest.raises(Unusable, match=r"cannot be worked out: the context [^ ]* is not known here"):
        canonical({**unsigned(), "@context": [CREDENTIALS, OPEN_BADGES, address]})


def test_a_context_may_not_give_a_protected_word_another_meaning() -> None:
    stolen = {"name": "https://example.org/born"}
    with pytest.raises(Unusable, match="@context: cannot be worked out"):
        canonical({**unsigned(), "@context": [CREDENTIALS, OPEN_BADGES, stolen]})


def test_what_lies_too_deep_is_refused() -> None:
    deep: Document = {}
    for _ in range(30):
        deep = {"id": "x:y", "image": deep}
    with pytest.raises(Unusable, match="lies more than 20 levels deep"):
        canonical({**unsigned(), "image": deep})


def test_a_document_is_read() -> None:
    assert read('{"a": [1]}') == read(b'{"a": [1]}') == {"a": [1]}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "is not readable as JSON"),
        ("{", "is not readable as JSON"),
        (b"\xff\xfe{", "is not readable as JSON"),
        ('{"a": 1, "a": 2}', "names a member twice, so that two programs may read it in two ways"),
        ('{"a": {"b": 1, "b": 2}}', "names a member twice"),
        ('{"a": NaN}', "holds NaN, which is no number of JSON"),
        ('{"a": -Infinity}', "holds -Infinity, which is no number of JSON"),
        (f'{{"a": {"9" * 5000}}}', "is not readable as JSON"),
        ('{"a": "\\ud800"}', "holds half a character, which no text can"),
        ('{"\\udfff": 1}', "holds half a character, which no text can"),
        ("[" * 100_000, "is not readable as JSON"),
        ("[]", "is not a JSON object"),
        ("null", "is not a JSON object"),
        (f'"{"x" * 200_000}"', "is longer than 200,000 characters"),
    ],
)
def test_what_is_no_document_is_refused(text: str | bytes, problem: str) -> None:
    with pytest.raises(Unusable, match=problem):
        read(text)

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.assessments import answered, measure, scheme_of
from factories.workbooks import OLE, workbook
from touchstone.core.assessment.model import Assessment
from touchstone.core.faults import Fault, Unusable
from touchstone.core.scheme.model import Kind
from touchstone.intake.answers import answers_in, read_answers

TODAY = date(2026, 11, 21)
SCHEME = scheme_of(measure("A6.total", Kind.COUNT), measure("C2.share", Kind.SHARE))
DOCUMENT = {
    "scheme": "small",
    "organisation": {"id": "lt-amber", "name": "Žalia Banga", "country": "LT", "portfolio": "ict"},
    "interviewed_on": "2026-10-12",
    "answers": {"A6.total": 42},
}
JSON = json.dumps(DOCUMENT, ensure_ascii=False)
FORM = workbook(
    {
        "Organisation": [["Field", "Meaning", "Value"], ["scheme", "", "small"], ["name", "", "Žalia Banga"],
                         ["id", "", "lt-amber"], ["country", "", "LT"], ["portfolio", "", "ict – ICT"],
                         ["interviewed_on", "", date(2026, 10, 12)]],
        "A": [["Id", "Answer"], ["A6.total", 42]],
    }
)  # fmt: skip


def parsed(raw: bytes | str) -> Assessment:
    return answers_in(raw.encode() if isinstance(raw, str) else raw, SCHEME, file="answers", today=TODAY)


def refusal(raw: bytes | str) -> Fault:
    with pytest.raises(Unusable) as refused:
        parsed(raw)
    assert refused.value.file == "answers"
    return refused.value.faults[0]


def with_answers(answers: str) -> str:
    return json.dumps({**DOCUMENT, "answers": "ANSWERS"}).replace('"ANSWERS"', answers)


def file_refusal(tmp_path: Path, name: str, content: bytes) -> Fault:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(Unusable) as refused:
        read_answers(file, SCHEME, today=TODAY)
    assert refused.value.file == str(file)
    return refused.value.faults[0]


@pytest.mark.parametrize(("name", "content"), [("a.json", JSON.encode()), ("a.XLSX", FORM), ("a.xlsm", FORM)])
def test_json_and_workbooks_say_the_same(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assessment = read_answers(tmp_path / name, SCHEME, today=TODAY)
    assert (assessment.organisation.name, assessment.interviewed_on) == ("Žalia Banga", date(2026, 10, 12))
    assert assessment.answers == {"A6.total": answered(42)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_is_unicode(encoding: str) -> None:
    assert parsed(JSON.encode(encoding)).organisation.name == "Žalia Banga"


def test_json_of_another_encoding_is_refused() -> None:
    assert refusal(JSON.encode("cp1250")) == Fault(
        "", "This is neither JSON in UTF-8 nor a workbook.", "Save it as UTF-8."
    )


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.csv", b"x", 'Answers are a workbook (.xlsx) or JSON (.json), and not ".csv".'),
        ("answers", b"x", 'Answers are a workbook (.xlsx) or JSON (.json), and not "answers".'),
        ("a.json", FORM, "This is a workbook, although its name ends in .json."),
        ("a.xlsx", JSON.encode(), "This is not a workbook, whatever its name says."),
        (
            "a.xlsx",
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "The workbook is protected with a password.",
        ),
        ("a.json", b"", "The file is empty."),
    ],
)
def test_a_file_is_what_its_name_says(tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    assert file_refusal(tmp_path, name, content).problem == problem


def test_a_file_of_200_megabytes_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.xlsx").open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(Unusable, match="The file is larger than 20 MB"):
        read_answers(tmp_path / "a.xlsx", SCHEME, today=TODAY)


def test_what_is_not_json_is_told_with_line_and_column() -> None:
    assert refusal('{"scheme": "small",\n nothing}') == Fault(
        "line 2 column 2",
        "This is not JSON (Expecting property name enclosed in double quotes).",
        "Correct it there.",
    )


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ('{"A6.total": NaN}', "NaN is not a number."),
        ('{"A6.total": -Infinity}', "-Infinity is not a number."),
        (f'{{"A6.total": {"9" * 5000}}}', "A number has 5000 digits."),
        (f'{{"A6.total": 0.{"9" * 5000}}}', "A number has 5002 digits."),
        ('{"A6.total": 1, "C2.share": 2, "A6.total": 3}', 'The key "A6.total" is there twice.'),
        ("[" * 100_000, "Objects are nested too deeply."),
    ],
)
def test_what_json_allows_and_answers_do_not_is_refused(answers: str, problem: str) -> None:
    assert refusal(with_answers(answers)).problem == problem


def test_a_number_past_all_numbers_is_refused() -> None:
    assert refusal(with_answers('{"C2.share": 1e999}')).problem == "inf is not a number."


def test_faults_of_answers_keep_their_places() -> None:
    assert str(refusal(with_answers('{"A6.totl": 1}'))) == (
        'A6.totl: The scheme small has no such measure. Did you mean "A6.total"?'
    )


def outcome(raw: bytes) -> str | None:
    """The first fault, or None where the bytes are answers."""
    try:
        parsed(raw)
    except Unusable as refused:
        return str(refused)
    return None


@given(st.binary() | st.text(st.characters()).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_unusable_and_say_why(raw: bytes) -> None:
    fault = outcome(raw)
    assert fault is not None
    assert fault.encode()


@given(st.integers(0, len(JSON.encode()) - 1), st.integers(0, 255))
def test_one_changed_byte_is_read_over_or_told(place: int, byte: int) -> None:
    raw = bytearray(JSON.encode())
    raw[place] = byte
    assert (outcome(bytes(raw)) or "").encode() is not None

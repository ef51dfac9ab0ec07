"""`touchstone register`, `status` and `ledger`, on the real page of the Polish register."""

from pathlib import Path

import pytest

from factories.guards import lifted

from .conftest import DEMONSTRATION, Touchstone

PAGE = DEMONSTRATION / "register-poland.txt"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def imported(touchstone: Touchstone) -> None:
    assert touchstone("register", "import", PAGE, "--country", "PL").code == 0


def test_the_polish_page_has_49_rows_48_organisations_and_one_duplicate(touchstone: Touchstone) -> None:
    done = touchstone("register", "import", PAGE, "--country", "PL", "--json")
    assert done.code == 0
    counts = {key: len(value) if isinstance(value, list) else value for key, value in done.document.items()}
    assert {key: counts[key] for key in ("rows_read", "accepted", "duplicates", "doubtful", "unread")} == {
        "rows_read": 49, "accepted": 48, "duplicates": 1, "doubtful": 0, "unread": 0,
    }  # fmt: skip
    assert "Wschodni Klaster ICT" in str(done.document["duplicates"][0])


def test_a_dry_run_enters_nothing(touchstone: Touchstone) -> None:
    assert touchstone("register", "import", PAGE, "--country", "PL", "--dry-run").code == 0
    assert touchstone("ledger", "verify", "--json").document["entries"] == 0


@pytest.mark.usefixtures("imported")
def test_a_second_import_enters_nothing_twice(touchstone: Touchstone) -> None:
    before = touchstone("ledger", "verify", "--json").document["entries"]
    assert touchstone("register", "import", PAGE, "--country", "PL").code == 0
    assert (before, touchstone("ledger", "verify", "--json").document["entries"]) == (48, 48)


@pytest.mark.usefixtures("imported")
@pytest.mark.parametrize(
    ("on", "status", "code"),
    [
        ("2011-02-22", "never", 1),
        ("2011-02-23", "valid", 0),
        ("2013-02-23", "valid", 0),
        ("2013-02-24", "expired_renewable", 1),
        ("2014-02-23", "expired_renewable", 1),
        ("2014-02-24", "lapsed", 1),
    ],
)
def test_aviation_valley_on_the_days_around_its_end(
    touchstone: Touchstone, on: str, status: str, code: int
) -> None:
    done = touchstone("status", "Aviation Valley", "--on", on, "--json")
    assert (done.document["status"], done.code) == (status, code)


@pytest.mark.usefixtures("imported")
def test_status_answers_with_the_keys_of_the_contract(touchstone: Touchstone) -> None:
    document = touchstone("status", "Aviation Valley", "--on", "2013-02-23", "--json").document
    wanted = {
        "level": "bronze", "status": "valid", "valid_from": "2011-02-23", "valid_until": "2013-02-23",
        "renewable_until": "2014-02-23", "on": "2013-02-23",
    }  # fmt: skip
    assert {key: document[key] for key in wanted} == wanted
    assert {"organisation", "known", "levels"} <= set(document)


@pytest.mark.usefixtures("imported")
def test_before_the_import_nothing_was_known(touchstone: Touchstone) -> None:
    done = touchstone("status", "Aviation Valley", "--on", "2013-02-23", "--known", "2013-02-23", "--json")
    assert done.document["status"] == "never"


@pytest.mark.usefixtures("imported")
def test_the_derived_start_is_marked_as_derived(touchstone: Touchstone) -> None:
    history = touchstone("ledger", "show", "Aviation Valley", "--json").document
    assert [entry["act"]["derived"] for entry in history] == [["valid_from", "renewable_until"]]


@pytest.mark.usefixtures("imported")
def test_search_forgives_accents_and_case(touchstone: Touchstone) -> None:
    assert (
        touchstone("register", "search", "obrobki", "--json").document[0]["name"]
        == "KOM - Klaster Obróbki Metali"
    )


@pytest.mark.usefixtures("imported")
def test_a_search_that_finds_nothing_says_what_that_means(touchstone: Touchstone) -> None:
    done = touchstone("register", "search", "no such cluster")
    assert (done.code, "never" in done.out) == (1, True)


@pytest.mark.usefixtures("imported")
@pytest.mark.parametrize("text", ["Aviation", "Aviation Vally"])
def test_an_organisation_without_an_entry_never_held_a_label_and_near_names_are_told(
    touchstone: Touchstone, text: str
) -> None:
    done = touchstone("status", text, "--json")
    assert (done.code, done.document["status"], done.document["level"]) == (1, "never", None)
    assert "Aviation Valley" in done.err


@pytest.mark.usefixtures("imported")
def test_the_history_of_an_unknown_organisation_is_empty(touchstone: Touchstone) -> None:
    done = touchstone("ledger", "show", "Nobody", "--json")
    assert (done.code, done.document) == (1, [])


@pytest.mark.usefixtures("imported")
@pytest.mark.parametrize(
    ("option", "text"), [("--on", "yesterday"), ("--known", "2026-13-01"), ("--on", "2013-2-3")]
)
def test_a_date_that_is_none_is_refused(touchstone: Touchstone, option: str, text: str) -> None:
    done = touchstone("status", "Aviation Valley", option, text)
    assert (done.code, option in done.err, text in done.err) == (2, True, True)


@pytest.mark.usefixtures("imported")
def test_the_register_equals_its_ledger(touchstone: Touchstone) -> None:
    assert touchstone("register", "rebuild", "--check", "--json").document == {
        "equal": True,
        "differences": [],
    }


@pytest.mark.usefixtures("imported")
def test_a_row_that_was_changed_is_found_and_mended(touchstone: Touchstone) -> None:
    from touchstone.apps.register.models import RegisterSpan

    RegisterSpan.objects.filter(name="Aviation Valley").update(name="Aviation Hill")
    done = touchstone("register", "rebuild", "--check", "--json")
    assert (done.code, done.document["equal"], "Aviation" in str(done.document["differences"])) == (
        1,
        False,
        True,
    )
    assert "touchstone register rebuild" in touchstone("register", "rebuild", "--check").out
    assert touchstone("register", "rebuild").out == "The register is made anew from the ledger: 144 rows.\n"
    assert touchstone("register", "rebuild", "--json").document == {"rows": 144}
    assert touchstone("register", "rebuild", "--check").code == 0


@pytest.mark.usefixtures("imported")
def test_one_flipped_byte_makes_verify_name_the_entry(touchstone: Touchstone) -> None:
    from touchstone.apps.register.models import LedgerEntry

    entry = LedgerEntry.objects.get(number=17)
    middle = len(entry.document) // 2
    flipped = chr(ord(entry.document[middle]) ^ 1)
    with lifted():
        LedgerEntry.objects.filter(number=17).update(
            document=entry.document[:middle] + flipped + entry.document[middle + 1 :]
        )
    done = touchstone("ledger", "verify", "--json")
    assert (done.code, done.document["entries"], done.document["intact"]) == (1, 48, False)
    assert "17" in str(done.document["first_fault"])


def test_a_page_that_is_no_text_is_refused(touchstone: Touchstone, tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(bytes(range(256)) * 4)
    done = touchstone("register", "import", file, "--country", "PL")
    assert (done.code, str(file) in done.err) == (2, True)


def test_rows_that_cannot_be_read_are_kept_and_listed(touchstone: Touchstone, tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(
        "Name Comparative portfolio www Label valid until\n"
        "Good Cluster ICT 2015/02/11\nOdd Cluster Basketry 2015/02/11\nNo Day ICT 2015/02/31\nJust words\n",
        encoding="utf-8",
    )
    done = touchstone("register", "import", file, "--country", "PL", "--json")
    assert (done.code, done.document["accepted"]) == (1, 1)
    kept = str(done.document["doubtful"]) + str(done.document["unread"])
    assert [word for word in ("Basketry", "2015/02/31", "Just words") if word not in kept] == []


def test_a_country_that_does_not_exist_is_refused(touchstone: Touchstone) -> None:
    done = touchstone("register", "import", PAGE, "--country", "Poland")
    assert (done.code, "--country" in done.err) == (2, True)


DAY_AFTER = ["status", "Aviation Valley", "--on", "2013-02-24"]
SAID = {
    "status": (DAY_AFTER, "Aviation Valley on 2013-02-24: Bronze: expired, still renewable"),
    "status never": (["status", "Nobody"], "Nobody on "),
    "show": (["ledger", "show", "Aviation Valley"], "2011-02-23 to 2013-02-23  derived: valid_from"),
    "verify": (["ledger", "verify"], "48 entries, chain and signatures intact"),
    "search": (["register", "search", "aviation"], "pl-aviation-valley"),
    "rebuild": (["register", "rebuild", "--check"], "The register equals the ledger."),
    "import": (["register", "import", str(PAGE), "--country", "PL"], "no labels entered"),
}


@pytest.mark.usefixtures("imported")
@pytest.mark.parametrize("case", SAID)
def test_a_person_reads_the_answer_in_words(case: str, touchstone: Touchstone) -> None:
    arguments, words = SAID[case]
    assert words in touchstone(*arguments).out


@pytest.mark.usefixtures("imported")
def test_a_moment_may_be_given_to_the_second(touchstone: Touchstone) -> None:
    done = touchstone("status", "Aviation Valley", "--known", "2013-02-23T14:00:00+02:00", "--json")
    assert done.document["known"] == "2013-02-23T12:00:00+00:00"


@pytest.mark.usefixtures("imported")
def test_a_damaged_ledger_is_told_in_words(touchstone: Touchstone) -> None:
    from touchstone.apps.register.models import LedgerEntry

    with lifted():
        LedgerEntry.objects.filter(number=5).update(signature="00" * 64)
    done = touchstone("ledger", "verify")
    assert (done.code, "first fault: entry 5" in done.out) == (1, True)


def test_two_organisations_of_one_name_are_told_apart_by_their_keys(
    touchstone: Touchstone, tmp_path: Path
) -> None:
    file = tmp_path / "page.txt"
    file.write_text(
        "Name Comparative portfolio www Label valid until\nICT Cluster ICT 2015/02/11\n", encoding="utf-8"
    )
    for country in ("PL", "LT"):
        assert touchstone("register", "import", file, "--country", country).code == 0
    done = touchstone("status", "ICT Cluster")
    assert (done.code, "lt-ict-cluster, pl-ict-cluster" in done.err) == (2, True)
    assert touchstone("status", "pl-ict-cluster", "--on", "2014-01-01").code == 0


def test_a_search_that_is_too_long_is_refused(touchstone: Touchstone) -> None:
    done = touchstone("register", "search", "x" * 10_000)
    assert (done.code, "200 characters" in done.err) == (2, True)


def test_rows_that_were_not_entered_are_told_with_their_lines(touchstone: Touchstone, tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(
        "Name Comparative portfolio www Label valid until\nA ICT 2015/02/11\nA ICT 2015/02/11\nOdd\n", "utf-8"
    )
    done = touchstone("register", "import", file, "--country", "PL", "--dry-run")
    assert "line 3: the same as line 2" in done.out
    assert "line 4: not entered" in done.out
    assert "1 label would be entered" in done.out

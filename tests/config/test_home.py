import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from touchstone.config import home as module
from touchstone.config.home import Home, demonstration_folder, home


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_home_is_the_folder_that_the_variable_names(touchstone_home: Path) -> None:
    assert home() == Home(touchstone_home)


def test_without_the_variable_the_home_is_var(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("TOUCHSTONE_HOME")
    monkeypatch.chdir(tmp_path)
    assert home().root == tmp_path / "var"


def test_an_empty_variable_counts_as_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TOUCHSTONE_HOME", "")
    monkeypatch.chdir(tmp_path)
    assert home().root == tmp_path / "var"


def test_naming_a_home_makes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TOUCHSTONE_HOME", str(tmp_path / "new"))
    home()
    assert not (tmp_path / "new").exists()


def test_the_places_of_a_home(tmp_path: Path) -> None:
    here = Home(tmp_path)
    assert (here.database, here.documents, here.keys, here.static, here.secret, here.environment) == (
        tmp_path / "database.sqlite3", tmp_path / "documents", tmp_path / "keys", tmp_path / "static",
        tmp_path / "secret-key", tmp_path / ".env",
    )  # fmt: skip


def test_a_home_that_is_made_has_its_folders_and_a_secret_of_its_owner(tmp_path: Path) -> None:
    here = Home(tmp_path / "a home" / "of its own")
    here.make()
    assert [here.documents.is_dir(), here.keys.is_dir()] == [True, True]
    assert (mode(here.secret), mode(here.keys)) == (0o600, 0o700)
    assert len(here.secret_key()) >= 50


def test_making_a_home_again_keeps_the_secret(tmp_path: Path) -> None:
    here = Home(tmp_path)
    here.make()
    before = here.secret_key()
    here.make()
    assert here.secret_key() == before


def test_several_that_make_a_home_at_once_get_one_secret(tmp_path: Path) -> None:
    def make(_: int) -> str:
        Home(tmp_path).make()
        return Home(tmp_path).secret_key()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(make, range(16)))) == 1
    assert names_in(tmp_path) == ["documents", "keys", "letters", "secret-key", "static"]


def test_a_secret_that_another_process_wrote_first_stays(tmp_path: Path) -> None:
    file = tmp_path / "secret-key"
    module._write_once(file, "the first")
    module._write_once(file, "the second")
    assert file.read_text() == "the first"
    assert names_in(tmp_path) == ["secret-key"]


def test_before_a_home_is_made_its_secret_is_a_fleeting_one(tmp_path: Path) -> None:
    here = Home(tmp_path / "none")
    assert here.secret_key() != here.secret_key()


def test_the_demonstration_lies_in_the_repository_or_in_the_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert (demonstration_folder() / "amber-coast-photonics.json").is_file()
    monkeypatch.setattr(module, "__file__", str(tmp_path / "touchstone" / "config" / "home.py"))
    (tmp_path / "touchstone" / "demonstration").mkdir(parents=True)
    assert demonstration_folder() == tmp_path / "touchstone" / "demonstration"


def test_where_it_was_last_served_is_kept_for_all_that_runs_there(tmp_path: Path) -> None:
    here = Home(tmp_path)
    assert here.served_at() == "localhost:8000"
    here.serve_at("localhost:8003")
    here.serve_at("localhost:8001")
    assert here.served_at() == "localhost:8001"
    assert names_in(tmp_path) == ["served-at"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe"])
def test_a_place_that_cannot_be_read_is_the_first_one(tmp_path: Path, content: bytes) -> None:
    Home(tmp_path).served.write_bytes(content)
    assert Home(tmp_path).served_at() == "localhost:8000"

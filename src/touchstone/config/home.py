"""The folder for everything that an installation keeps: database, documents, keys, secret."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "TOUCHSTONE_HOME"
DEFAULT = "var"
FIRST_SERVED = "localhost:8000"


@dataclass(frozen=True, slots=True)
class Home:
    """The places inside `TOUCHSTONE_HOME`. Nothing is made before `make` is called."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "database.sqlite3"

    @property
    def documents(self) -> Path:
        return self.root / "documents"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def letters(self) -> Path:
        """Where letters lie while no mail server is named."""
        return self.root / "letters"

    @property
    def static(self) -> Path:
        return self.root / "static"

    @property
    def secret(self) -> Path:
        return self.root / "secret-key"

    @property
    def environment(self) -> Path:
        """Settings of this installation, one NAME=value a line; optional."""
        return self.root / ".env"

    @property
    def served(self) -> Path:
        """Host and port at which `touchstone serve` was last started."""
        return self.root / "served-at"

    def served_at(self) -> str:
        """Host and port of this installation where nobody gave it an address."""
        try:
            return self.served.read_text(encoding="ascii").strip() or FIRST_SERVED
        except (OSError, UnicodeDecodeError):
            return FIRST_SERVED

    def serve_at(self, place: str) -> None:
        """Keep host and port, so that commands and background work name the same address as the server."""
        draft = self.served.with_name(f"{self.served.name}.{os.getpid()}")
        draft.write_text(f"{place}\n", encoding="ascii")
        draft.replace(self.served)

    def make(self) -> None:
        """Make the folders and the secret key. Safe to repeat, and for several processes at once."""
        for folder in (self.root, self.documents, self.keys, self.letters, self.static):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.secret.exists():
            _write_once(self.secret, secrets.token_urlsafe(50))

    def secret_key(self) -> str:
        """The installation's secret key; a fleeting one where the home has not been made yet."""
        if self.secret.exists():
            return self.secret.read_text(encoding="ascii").strip()
        return secrets.token_urlsafe(50)


def home() -> Home:
    """The home that `TOUCHSTONE_HOME` names; `./var` where it names none."""
    return Home(Path(os.environ.get(VARIABLE) or DEFAULT).expanduser().resolve())


def demonstration_folder() -> Path:
    """The folder of the demonstration's files: packaged beside the code, or in the repository."""
    package = Path(__file__).resolve().parents[1]
    packaged = package / "demonstration"
    return packaged if packaged.is_dir() else package.parents[1] / "demonstration"


def _write_once(path: Path, text: str) -> None:
    """Put the whole file in place in one act, readable by its owner only; the first writer wins."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()

"""Loading the demonstration."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """A sign-in, shown once. The password is kept nowhere but as its hash."""

    role: str
    username: str
    password: str

    def as_document(self) -> dict[str, str]:
        return {"role": self.role, "username": self.username, "password": self.password}


def load(*, at: datetime, progress: Progress, new_passwords: bool = False) -> list[Credentials]:
    """Load the demonstration. A second run changes nothing and gives no passwords, unless new ones are asked for."""
    raise NotImplementedError

"""An organisation's own logo, as it may stand on the cover of its report."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A checked and re-encoded picture. Of `width` and `height` only the ratio counts."""

    kind: Literal["png", "svg"]
    data: bytes
    width: float
    height: float

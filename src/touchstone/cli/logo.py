"""`--logo`: the file of an organisation's own logo, for the cover of its report."""

from pathlib import Path
from typing import Annotated

import typer

from touchstone.intake.guards import guarded
from touchstone.output.logo import LIMIT, Logo, read_logo

LogoFile = Annotated[
    Path | None, typer.Option("--logo", help="The organisation's logo for the cover, SVG or PNG.")
]


def logo_of(path: Path | None) -> Logo | None:
    """The logo in a file, None where none is named. Raises Unusable where the file cannot be used."""
    return read_logo(guarded(path, limit_bytes=LIMIT), str(path)) if path else None

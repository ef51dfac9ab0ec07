"""`touchstone certificate`: the sealed certificate of a valid label."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.cli.database import ready
from touchstone.cli.label import found
from touchstone.cli.speaking import Json, misuse, say, say_json, tell
from touchstone.core.labels.model import LabelLevel
from touchstone.core.language.language import language as known_language

if TYPE_CHECKING:
    from touchstone.apps.certificates.models import Certificate

LEVEL = "Level of the label: bronze, silver or gold; by default the best one that holds."


def certificate(
    organisation: Annotated[str, typer.Argument(help="Name or key of an organisation.")],
    out: Annotated[Path, typer.Option(help="File for the certificate (PDF).")],
    lang: Annotated[str, typer.Option(help="Language of the certificate.")] = "en",
    level: Annotated[str | None, typer.Option(help=LEVEL)] = None,
    json: Json = False,
) -> int:
    """Write the certificate of an organisation's valid label, sealed. Exit 1 where no label is valid.

    It is made once and kept: the same label gives the same file again.

    Example: touchstone certificate "Daugava Timber Construction Cluster (invented)" --out label.pdf --lang lt
    """
    known_language(lang)
    wanted = _level(level)
    ready()
    from touchstone.apps.certificates import services
    from touchstone.output.writing import write_whole

    row, now = found(organisation), datetime.now(UTC)
    if row is None:
        return 1
    why = services.why_none(row.organisation, at=now, level=wanted)
    if why:
        tell(why)
        return 1
    made = services.sealed(row.organisation, language=lang, at=now, level=wanted)
    write_whole(out, made.file.read_bytes())
    if json:
        say_json(_document(made, out))
    else:
        say(str(out))
    return 0


def _level(text: str | None) -> LabelLevel | None:
    if text is None:
        return None
    try:
        return LabelLevel(text.lower())
    except ValueError:
        raise misuse("--level", f'"{text}" is no level.', "There is: bronze, silver, gold.") from None


def _document(made: "Certificate", out: Path) -> dict[str, object]:
    return {
        "file": str(out),
        "organisation": made.organisation,
        "level": made.level,
        "number": made.entry,
        "language": made.language,
        "sha256": made.sha256,
        "sealed_at": made.sealed_at,
    }

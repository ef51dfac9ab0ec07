"""Certificates of labels: what one says, and the sealed file, made once and kept."""

import hashlib
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from touchstone.apps import pack
from touchstone.apps.certificates.models import Certificate
from touchstone.apps.credentials.services import credential
from touchstone.apps.credentials.telling import told
from touchstone.apps.refusal import Refused
from touchstone.apps.register.services import history
from touchstone.core.labels.model import Entry, LabelLevel, LevelStatus, Standing
from touchstone.core.labels.register import RegisterRow
from touchstone.core.labels.register import row as register_row
from touchstone.output.certificate import Attachment, Grant, certificate
from touchstone.output.content.words import words
from touchstone.output.keys import SealKey, seal_key
from touchstone.output.seal import seal
from touchstone.output.writing import write_whole

VERIFY = "/verify/{:05d}/"  # below TOUCHSTONE_ADDRESS; the number is that of the ledger entry
ATTACHED = "credential.json"


def why_none(organisation: str, *, at: datetime, level: LabelLevel | None = None) -> str:
    """Why there is no certificate for the organisation (its key) at a moment; empty where there is one.

    `level` asks for one level; without, it is the best one that holds.
    """
    row = _row(history(organisation), at)
    return _why_of(row, _level(row, level), at.date()) if row else _why(organisation, None)


def grant_of(organisation: str, *, at: datetime, language: str, level: LabelLevel | None = None) -> Grant:
    """What the certificate of an organisation's valid label says. Refused where no label is valid."""
    entries = history(organisation)
    row = _row(entries, at)
    held = _level(row, level) if row else None
    if row is None or held is None or held.standing is not Standing.VALID:
        raise Refused(_why_of(row, held, at.date()) if row else _why(organisation, None))
    granted = _granting(row, held)
    words = told(next(entry.act for entry in entries if entry.number == granted), language=language)
    return Grant(
        organisation=row.name,
        level=held.level,
        scheme=words.scheme,
        notice=words.notice,
        decided_by=words.decided_by,
        rule_set=words.rules,
        valid_from=held.valid_from,
        valid_until=held.valid_until,
        number=granted,
        imported=words.imported,
        synthetic=words.synthetic,
    )


def sealed(organisation: str, *, language: str, at: datetime, level: LabelLevel | None = None) -> Certificate:
    """The sealed certificate of an organisation's valid label: the one kept, or a new one.

    The label's credential is inside, as a file, and under the seal. Refused where no label is valid; Unusable
    where there is no such language, or the seal was lost.
    """
    speaking = words(language)
    grant = grant_of(organisation, at=at, language=language, level=level)
    address = settings.TOUCHSTONE_ADDRESS + VERIFY.format(grant.number)
    inside = credential(grant.number, at=at).encode()
    facts = _digest(repr((asdict(grant), address, _digest(inside))).encode())
    kept = Certificate.objects.filter(entry=grant.number, language=language, facts=facts).first()
    if kept and kept.file.is_file():
        return kept
    attachment = Attachment(name=ATTACHED, data=inside, about=speaking.say("certificate.credential"))
    made = certificate(grant, words=speaking, address=address, attachment=attachment)
    content = seal(made, the_seal(at=at), at=at)
    digest = _digest(content)
    path = f"certificates/{grant.numeral}/{language}-{digest[:16]}.pdf"
    write_whole(Path(settings.TOUCHSTONE_HOME) / "documents" / path, content)
    file = {"sha256": digest, "size": len(content), "path": path, "sealed_at": at}
    file |= {"organisation": organisation, "level": grant.level.value}
    # Where two made one at the same time, the last is kept; both are sealed and say the same.
    found, _new = Certificate.objects.update_or_create(
        entry=grant.number, language=language, facts=facts, defaults=file
    )
    return found


def the_seal(*, at: datetime) -> SealKey:
    """The seal of this installation, made the first time that it is needed."""
    name = urlsplit(settings.TOUCHSTONE_ADDRESS).hostname or "Touchstone"
    return seal_key(Path(settings.TOUCHSTONE_HOME) / "keys", name=name, at=at)


def _row(entries: tuple[Entry, ...], at: datetime) -> RegisterRow | None:
    if not entries:
        return None
    rules = pack.scheme().rule_sets
    return register_row(
        entries, entries[0].act.organisation, on=at.date(), known=at, rule_sets=rules, ahead=True
    )


def _level(row: RegisterRow, level: LabelLevel | None) -> LevelStatus | None:
    return next((held for held in row.status.levels if level in {None, held.level}), None)


def _granting(row: RegisterRow, held: LevelStatus) -> int:
    """The number of the newest entry that granted a period of the run that holds."""
    return max(
        line.number
        for line in row.history
        if line.level is held.level
        and line.kind.grants
        and line.valid_from
        and held.valid_from <= line.valid_from <= held.valid_until
    )


def _why_of(row: RegisterRow, held: LevelStatus | None, today: date) -> str:
    if row.first_labelled_on > today:
        return _("The label of %(name)s begins on %(day)s. From that day on there is a certificate.") % {
            "name": row.name, "day": words("en").day(row.first_labelled_on),
        }  # fmt: skip
    return _why(row.name, held)


def _why(name: str, held: LevelStatus | None) -> str:
    if held is None:
        return _("%(name)s holds no such label, so there is no certificate.") % {"name": name}
    told = {
        Standing.VALID: "",
        Standing.EXPIRED_RENEWABLE: _(
            "The %(level)s label of %(name)s ended on %(until)s. Once it is renewed, there is a certificate."
        ),
        Standing.LAPSED: _("The %(level)s label of %(name)s ended on %(until)s, so there is no certificate."),
        Standing.SUSPENDED: _(
            "The %(level)s label of %(name)s is suspended. As long as it is, there is no certificate."
        ),
        Standing.WITHDRAWN: _("The %(level)s label of %(name)s was withdrawn, so there is no certificate."),
    }[held.standing]
    until = words("en").day(held.valid_until)
    return told % {"level": held.level.value.capitalize(), "name": name, "until": until}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

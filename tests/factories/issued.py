"""What an installation hands out about one label, made with the same keys for all tests of a process.

The label is that of `factories.apps.entry()`: Bronze, of the Amber Cluster, by the first entry of the ledger.
`install` puts the keys into a test's own home, so that its installation knows what is made here as its own.
"""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from factories.certificates import AT, NOTICE
from factories.certificates import grant as certified
from touchstone.apps.verification.trust import Trust
from touchstone.core.labels.model import LabelLevel, Standing
from touchstone.output.badge import Badge, badge_svg
from touchstone.output.badge_png import badge_png
from touchstone.output.baking import baked_png, baked_svg
from touchstone.output.certificate import Attachment
from touchstone.output.certificate import certificate as page_of
from touchstone.output.content.words import words
from touchstone.output.credentials import did
from touchstone.output.credentials.open_badge import Issuer, Label
from touchstone.output.credentials.open_badge import credential as open_badge
from touchstone.output.credentials.proofs import JsonObject, signed, token
from touchstone.output.credentials.status_lists import Purpose, entry, list_credential
from touchstone.output.keys import KeyPair, SealKey, create, load, load_seal, public_keys, seal_key, seals
from touchstone.output.seal import seal

ADDRESS = "https://labels.example.org"
HOST = "labels.example.org"
ISSUER = Issuer(did=did.did_web(ADDRESS), name="Labels", address=ADDRESS)


@dataclass(frozen=True)
class Keys:
    """The keys of one installation, and the files that hold them."""

    pair: KeyPair
    seal: SealKey
    files: dict[str, bytes]
    trust: Trust


def keys(whose: str = "own", address: str = ADDRESS) -> Keys:
    """The same keys whenever the same are asked for."""
    return _keys(whose, address)


@cache
def _keys(whose: str, address: str) -> Keys:
    with TemporaryDirectory(prefix=whose) as name:
        folder = Path(name)
        create(folder)
        seal_key(folder, name=HOST, at=AT)
        files = {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*.pem")}
        trust = Trust(address=address, seals=seals(folder), keys=public_keys(folder))
        return Keys(load(folder), load_seal(folder), files, trust)


def install(home: Path, whose: str = "own") -> None:
    """Give an installation these keys."""
    for name, content in keys(whose).files.items():
        file = home / "keys" / name
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_bytes(content)


def label(**changes: Any) -> Label:
    """The Bronze label of the Amber Cluster, number 1."""
    given = Label(
        number=1,
        version=1,
        organisation="lt-amber",
        name="Amber Cluster",
        level=LabelLevel.BRONZE,
        scheme="Cluster management excellence",
        notice=NOTICE,
        rule_set="2022",
        rules="Rules of 2022",
        decided_by="EUCLES",
        valid_from=date(2026, 10, 12),
        valid_until=date(2028, 10, 31),
    )
    return replace(given, **changes)


def document(issuer: Issuer = ISSUER, **changes: Any) -> JsonObject:
    """Its credential, not signed."""
    statuses = [entry(f"{issuer.address}/credentials/status/{one}/1", one, 42) for one in Purpose]
    return open_badge(label(**changes), issuer=issuer, statuses=statuses)


def credential(whose: str = "own", *, issuer: Issuer = ISSUER, method: str = "", **changes: Any) -> str:
    """Its credential, signed. `method` names another key than the one that signs."""
    pair = keys(whose).pair
    named = method or did.method_id(issuer.did, pair.id)
    return json.dumps(signed(document(issuer, **changes), pair, method=named, created=AT))


def jwt(whose: str = "own", *, method: str = "", **changes: Any) -> str:
    """The same as a token."""
    pair = keys(whose).pair
    return token(document(**changes), pair, method=method or did.token_method_id(ISSUER.did, pair.id))


def status_lists(
    whose: str = "own", *, since: datetime = AT - timedelta(days=90), **stopped: tuple[int, ...]
) -> list[JsonObject]:
    """Its pair of status lists, signed; `revocation` and `suspension` name the places that are set."""
    pair = keys(whose).pair
    method = did.method_id(ISSUER.did, pair.id)
    made = [
        list_credential(
            f"{ADDRESS}/credentials/status/{one}/1",
            one,
            issuer=ISSUER.did,
            indices=stopped.get(one, ()),
            since=since,
        )
        for one in Purpose
    ]
    return [signed(one, pair, method=method, created=since) for one in made]


@cache
def page(carried: str | None, number: int = 1) -> bytes:
    """Its certificate before the seal; `carried` is the credential attached to it."""
    inside = Attachment(name="credential.json", data=carried.encode(), about="The label") if carried else None
    grant = certified(LabelLevel.BRONZE, number=number)
    address = f"{ADDRESS}/verify/{number:05d}/"
    return page_of(grant, words=words("en"), address=address, attachment=inside)


@cache
def certificate(carried: str | None = None, *, whose: str = "own", number: int = 1) -> bytes:
    """Its certificate, sealed; with its own credential inside, or another one."""
    return seal(page(carried or credential(), number), keys(whose).seal, at=AT)


def sealed_with(name: str, content: str) -> bytes:
    """A sealed PDF with some file attached."""
    inside = Attachment(name=name, data=content.encode(), about="A file")
    address = f"{ADDRESS}/verify/00001/"
    made = page_of(
        certified(LabelLevel.BRONZE, number=1), words=words("en"), address=address, attachment=inside
    )
    return seal(made, keys().seal, at=AT)


def drawn(**changes: Any) -> Badge:
    """What its badge shows."""
    facts = {
        "organisation": "Amber Cluster", "level": LabelLevel.BRONZE,
        "scheme": "Cluster management excellence", "standing": Standing.VALID,
        "valid_until": date(2028, 10, 31), "number": "00001",
    }  # fmt: skip
    return Badge(**{**facts, **changes})


def svg(carried: str | None = None, **changes: Any) -> bytes:
    """Its badge as an SVG, with its credential inside, or another one."""
    return baked_svg(badge_svg(drawn(**changes)), carried or credential()).encode()


@cache
def bare_png(**changes: Any) -> bytes:
    """Its badge as a PNG, as it is drawn; `size`, `dark` and `scale` are those of `badge_png`."""
    look = {name: changes.pop(name) for name in ("size", "dark", "scale") if name in changes}
    return badge_png(drawn(**changes), **look)


def png(carried: str | None = None, **changes: Any) -> bytes:
    """The same with its credential inside, or another one."""
    return baked_png(bare_png(**changes), carried or credential())

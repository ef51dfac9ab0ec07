"""The one question of this app: what somebody handed in, is it genuine, and does it hold today?

Nothing is kept of what was handed in, and nothing that it names is fetched.
"""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.conf import settings

from touchstone.apps.credentials.issuing import list_address
from touchstone.apps.credentials.models import StatusList
from touchstone.apps.credentials.services import status_list
from touchstone.apps.verification.asking import Asked
from touchstone.apps.verification.examining import examined
from touchstone.apps.verification.numbers import number as number_checks
from touchstone.apps.verification.register import OwnRegister
from touchstone.apps.verification.trust import Trust
from touchstone.core.labels.checks import Verification
from touchstone.output.credentials.status_lists import Purpose
from touchstone.output.keys import believed, public_keys, seals


def verify(content: bytes | str, *, at: datetime, trust: Trust | None = None, name: str = "") -> Verification:
    """All checks of something that was handed in, at a moment (aware): a file, a text, a link, a number.

    `trust` names the keys of another installation: then its files are checked, without any register. `name`
    is how a refusal calls what was handed in. Raises Unusable where it is nothing that can be checked.
    """
    if trust is not None:
        return examined(content, Asked(at=at, trust=trust, name=name))
    return examined(content, Asked(at=at, trust=own_trust(), register=OwnRegister(at), name=name))


def own_trust() -> Trust:
    """The public half of this installation."""
    keys = Path(settings.TOUCHSTONE_HOME) / "keys"
    return Trust(address=settings.TOUCHSTONE_ADDRESS, seals=seals(keys), keys=public_keys(keys))


def published_trust(at: datetime) -> Trust:
    """The same, with the status lists as they are at a moment (aware, now): what others save."""
    numbers = StatusList.objects.values_list("number", flat=True)
    lists = {
        list_address(purpose, number): json.loads(status_list(purpose.value, number, at=at))
        for number in numbers
        for purpose in Purpose
    }
    # By the signature of a stolen key alone, nothing can be believed.
    keys = believed(Path(settings.TOUCHSTONE_HOME) / "keys")
    return replace(own_trust(), keys=keys, lists=lists, published=at)


def verify_number(number: int, *, at: datetime) -> Verification:
    """What the register says of a label's number, at a moment (aware)."""
    return number_checks(number, Asked(at=at, trust=own_trust(), register=OwnRegister(at)))

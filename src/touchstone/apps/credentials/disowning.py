"""A stolen key disowned: nothing is believed by its signature alone, and what it signed is issued anew."""

from datetime import datetime

from django.db import transaction

from touchstone.apps.credentials.judging import count_change
from touchstone.apps.credentials.models import IssuedCredential
from touchstone.apps.register.services import mark_key_stolen
from touchstone.output.keys import KeyPair


@transaction.atomic
def disown(key: str, *, at: datetime) -> tuple[KeyPair, int]:
    """Disown a key that is in other hands; gives the key that signs now, and how many credentials end.

    The key leaves the document of the issuer's keys, since no wallet can tell what it signed before from what
    the thief signs. So each credential that it signed is revoked, and there is another version when it is
    next asked for. Doing it again does no harm. Raises Unusable where there is no such key.
    """
    newer = mark_key_stolen(key, at=at)
    # As it stands at the end of the whole id of a key.
    signed = IssuedCredential.objects.filter(outdated=False, document__contains=f'#{key}"')
    for number in sorted(set(signed.values_list("list", flat=True))):
        count_change(number, revoked=True, suspended=False, at=at)
    return newer, signed.update(outdated=True, revoked=True)

"""Links in letters: made here, for one use, for one watch."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from touchstone.apps.watching.tokens import CONFIRM_WITHIN, BadToken, Use, handle_of, token

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
uses = st.sampled_from(Use)


@given(uses, st.uuids())
def test_a_link_names_its_watch(use: Use, handle: uuid.UUID) -> None:
    assert handle_of(use, token(use, handle)) == handle


@given(uses, st.uuids(), st.integers(0, 200), st.characters(codec="ascii"))
def test_a_changed_link_is_none(use: Use, handle: uuid.UUID, place: int, letter: str) -> None:
    given = token(use, handle)
    place %= len(given)
    changed = given[:place] + letter + given[place + 1 :]
    try:
        assert handle_of(use, changed) == handle
        assert changed == given or changed[-1] != given[-1]  # the last letter of base64 has idle bits
    except BadToken:
        assert changed != given


@given(uses, st.text(max_size=200))
def test_any_other_text_is_no_link(use: Use, text: str) -> None:
    with pytest.raises(BadToken):
        handle_of(use, text)


@given(st.uuids())
def test_a_link_does_not_serve_for_another_use(handle: uuid.UUID) -> None:
    with pytest.raises(BadToken):
        handle_of(Use.CONFIRM, token(Use.MANAGE, handle))
    with pytest.raises(BadToken):
        handle_of(Use.MANAGE, token(Use.CONFIRM, handle))


@pytest.mark.parametrize(
    ("use", "later", "holds"),
    [
        (Use.CONFIRM, CONFIRM_WITHIN - timedelta(seconds=1), True),
        (Use.CONFIRM, CONFIRM_WITHIN + timedelta(seconds=1), False),
        (Use.CONFIRM, -timedelta(days=1), True),  # the clock was set back
        (Use.MANAGE, timedelta(days=3650), True),
    ],
)
def test_only_the_link_that_confirms_grows_old(use: Use, later: timedelta, holds: bool) -> None:
    handle = uuid.uuid4()
    with time_machine.travel(NOW, tick=False):
        made = token(use, handle)
    with time_machine.travel(NOW + later, tick=False):
        if holds:
            assert handle_of(use, made) == handle
        else:
            with pytest.raises(BadToken):
                handle_of(use, made)


def test_a_signed_text_that_is_no_handle_is_no_link() -> None:
    from django.core import signing

    for odd in (5, None, "x", ["a"], {"a": 1}):
        with pytest.raises(BadToken):
            handle_of(Use.MANAGE, signing.dumps(odd, salt=Use.MANAGE))

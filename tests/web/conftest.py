"""Signed-in clients, and a clock that stands still."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from factories.apps import NOW
from touchstone.apps.accounts.models import User

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """It is noon of 21 November 2026, and stays so."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def sign_in() -> SignIn:
    """A browser in which a person is signed in."""

    def signed_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return signed_in

"""The list of letters in the administration: whom and what about, never the links inside."""

import pytest
from django.test import Client

from factories.apps import NOW, PersonFactory
from touchstone.apps.accounts.models import Role
from touchstone.apps.notices.services import write

pytestmark = pytest.mark.django_db


def test_a_letter_is_listed_and_its_text_is_not_shown(client: Client) -> None:
    client.force_login(PersonFactory(role=Role.ADMINISTRATOR, is_staff=True))
    letter = write(to="a@example.org", subject="News", text="https://secret/", kind="news", at=NOW)
    listed = client.get("/admin/notices/outgoingletter/").content.decode()
    shown = client.get(f"/admin/notices/outgoingletter/{letter.pk}/change/").content.decode()
    assert ["a@example.org" in page for page in (listed, shown)] == [True, True]
    assert ["https://secret/" in page for page in (listed, shown)] == [False, False]

"""Loaded once for all processes of an export, so that a new one begins at once. Opens no database."""

from touchstone.config.startup import ready

ready(migrate=False)

from django.urls import resolve  # noqa: E402  (Django is ready from here on)

from touchstone.cli.exporting import making  # noqa: E402

making.application()
resolve("/")

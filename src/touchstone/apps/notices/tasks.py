"""Background work of letters. Thin: the work itself stands in `services`."""

from django.utils import timezone
from django_tasks import task

from touchstone.apps.notices import services


@task()
def send_letters() -> None:
    """Send what waits, so that a letter that somebody waits for does not wait for the next minute."""
    services.send_due(at=timezone.now())

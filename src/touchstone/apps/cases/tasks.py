"""Background work of cases. Thin: the work itself stands in `making`."""

from django_tasks import task

from touchstone.apps.cases import making


@task()
def make_report(run: int) -> None:
    """Make the report of a run."""
    making.make(run)

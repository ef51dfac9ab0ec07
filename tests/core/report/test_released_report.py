"""Reports whose peers are drawn from a release."""

from dataclasses import replace
from datetime import date, timedelta

from factories.reports import INTERVIEW, assessment, population
from factories.small_scheme import small_scheme
from touchstone.core.benchmark.prepared import prepare
from touchstone.core.benchmark.releases import Release, renew
from touchstone.core.report.report import Report, make_report

SCHEME = small_scheme()
READY = prepare(population(), SCHEME)
LATER = INTERVIEW + timedelta(days=30)


def release(on: date) -> Release:
    return renew(None, READY, scheme=SCHEME, on=on)


def made(released: Release | None, *, on: date = LATER, before: bool = False) -> Report:
    previous = replace(assessment(), interviewed_on=date(2024, 1, 1)) if before else None
    return make_report(
        assessment(), scheme=SCHEME, population=READY, on=on, release=released, previous=previous
    )


def test_a_report_from_a_release_is_as_of_the_releases_day() -> None:
    report = made(release(INTERVIEW))
    assert (report.on, report.comparison.on) == (INTERVIEW, INTERVIEW)
    assert report.figure("A1.members", "all").median == 39.5
    assert report.comparison.digest != made(None, on=INTERVIEW).comparison.digest


def test_a_release_of_a_later_day_shows_nothing() -> None:
    report = made(release(LATER), on=INTERVIEW)
    assert (report.on, {group.n for group in report.comparison.groups}) == (INTERVIEW, {0})


def test_changes_are_told_only_where_no_release_controls_the_peers() -> None:
    assert made(None, before=True).movement is not None
    assert made(release(INTERVIEW), before=True).movement is None

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


def test_from_a_release_only_the_own_changes_are_told() -> None:
    among, alone = made(None, before=True).movement, made(release(INTERVIEW), before=True).movement
    assert among is not None
    assert alone is not None
    assert alone.own == among.own != {}
    assert [*among.spans] == ["portfolio:ict", "country:LT", "gold", "all"]
    assert (alone.groups, alone.spans) == ((), {})
    assert [figures for figures in alone.figures.values() if figures] == []


def test_peers_from_before_the_earlier_interview_have_no_changes() -> None:
    report = made(None, on=date(2023, 12, 31), before=True)
    assert report.movement is not None
    assert (report.movement.since, report.movement.groups) == (date(2024, 1, 1), ())

"""Makes the content of a report."""

from touchstone.core.report.report import Report
from touchstone.core.report.standing import reference_group
from touchstone.core.scheme.model import Scheme
from touchstone.output.content import appraised, areas, method, summary
from touchstone.output.content.model import Content
from touchstone.output.content.words import group_name, say
from touchstone.output.printable import plain, shortened

HEAD_LENGTH = 60


def content(report: Report, scheme: Scheme) -> Content:
    """All that the forms of a report print, in English."""
    name = plain(report.organisation.name)
    group = reference_group(report.comparison)
    return Content(
        language=say("language"),
        title=say("title", organisation=name),
        title_summary=say("title_summary", organisation=name),
        organisation=name,
        organisation_short=shortened(name, HEAD_LENGTH),
        number=report.number,
        facts=summary.facts(report, scheme),
        notice=plain(report.notice),
        synthetic=say("cover.synthetic") if report.synthetic else "",
        synthetic_mark=say("cover.synthetic_mark") if report.synthetic else "",
        summary=summary.summary(report, scheme),
        reading=method.paragraphs("reading", report, scheme),
        groups=summary.groups(report, scheme),
        table_caption=(
            say("table.caption", group=group_name(group, scheme)) if group else say("table.caption_none")
        ),
        areas=areas.areas(report, scheme, group),
        quality_intro=appraised.quality_intro(report, scheme),
        dimensions=appraised.dimensions(report, scheme),
        recommendations=appraised.recommendations(report, scheme),
        eligibility=appraised.eligibility(report),
        criteria=appraised.criteria(report, scheme),
        method=method.paragraphs("method", report, scheme),
        certainties=method.certainties(scheme),
        sources=method.sources(scheme),
        notes=method.notes(report, scheme),
    )

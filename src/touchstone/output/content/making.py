"""Makes the content of a report."""

from touchstone.core.report.report import Report
from touchstone.core.scheme.model import Scheme
from touchstone.output.content import appraised, areas, cover, method, portrait, reading, stories, summary
from touchstone.output.content.edition import Edition
from touchstone.output.content.model import Content
from touchstone.output.logo import Logo
from touchstone.output.printable import plain, shortened

HEAD_LENGTH = 60


def content(report: Report, scheme: Scheme, *, logo: Logo | None = None) -> Content:
    """All that the forms of a report print, in the report's language."""
    edition = Edition.of(report, scheme)
    words, name = edition.words, plain(report.organisation.name)
    recommended = appraised.recommendations(edition)
    return Content(
        language=report.language,
        title=words.say("title.full", organisation=name),
        title_summary=words.say("title.summary", organisation=name),
        organisation=name,
        organisation_short=shortened(name, HEAD_LENGTH),
        logo=logo,
        number=report.number,
        facts=cover.facts(edition),
        notice=plain(report.notice),
        synthetic=words.say("cover.synthetic") if report.synthetic else "",
        synthetic_mark=words.say("cover.synthetic_mark") if report.synthetic else "",
        summary=summary.summary(edition),
        reading=reading.reading(edition),
        portrait=portrait.portrait(edition),
        table_caption=method.table_caption(edition),
        areas=areas.areas(edition),
        quality_intro=appraised.quality_intro(edition),
        dimensions=appraised.dimensions(edition),
        recommendations=recommended,
        plan=appraised.plan(recommended),
        stories=stories.stories(edition),
        eligibility=appraised.eligibility(edition),
        criteria=appraised.criteria(edition),
        method=method.paragraphs("method", edition),
        groups=method.groups(edition),
        withheld=method.withheld(edition),
        certainties=method.certainties(edition),
        sources=method.sources(scheme),
        glossary=method.glossary(words),
        notes=method.notes(edition),
    )

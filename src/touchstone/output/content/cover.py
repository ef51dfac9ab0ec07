"""What stands on the cover, and at the head of a workbook."""

from touchstone.output.content.edition import Edition
from touchstone.output.content.model import Fact
from touchstone.output.content.words import country_name, portfolio_name
from touchstone.output.printable import plain


def facts(edition: Edition) -> tuple[Fact, ...]:
    """Who was compared, when, by which rules, with whom; what is not known is left out."""
    report, words = edition.report, edition.words
    organisation, rules = report.organisation, report.rule_set
    lines = {
        "portfolio": portfolio_name(organisation.portfolio, edition.scheme),
        "country": country_name(organisation.country, words.code),
        "website": organisation.website,
        "interviewed": edition.day(report.interviewed_on),
        "expert": report.expert,
        "peers_on": edition.peers_on,
        "scheme": report.scheme_name,
        "rule_set": words.say("cover.in_force", name=rules.name, day=edition.day(rules.in_force_from)),
        "number": report.number,
        "digest": report.comparison.digest,
    }
    return tuple(
        Fact(label=words.say(f"cover.{id}"), value=plain(value)) for id, value in lines.items() if value
    )


def line(edition: Edition) -> str:
    """The same in one line, for a page that has no room for more."""
    report, words = edition.report, edition.words
    return words.say(
        "summary.facts",
        portfolio=portfolio_name(report.organisation.portfolio, edition.scheme),
        country=country_name(report.organisation.country, words.code),
        interviewed=edition.day(report.interviewed_on),
        rule_set=plain(report.rule_set.name),
        number=report.number,
    )

"""What an installation says of what is handed in to it, its own register at hand."""

import io
import json
from datetime import date, timedelta
from typing import Any

import pikepdf
import pytest

from factories import issued
from factories.apps import NOW, TODAY, entry
from factories.guards import lifted
from factories.photos import photo
from touchstone.apps.certificates.models import Certificate
from touchstone.apps.organisations.models import Organisation
from touchstone.apps.proofs import services as proofs
from touchstone.apps.register.models import LedgerEntry
from touchstone.apps.verification.badges import STRIPPED
from touchstone.apps.verification.pictures import OTHER
from touchstone.apps.verification.services import verify
from touchstone.core.faults import Unusable
from touchstone.core.labels.checks import CheckName
from touchstone.core.labels.model import EntryKind, LabelLevel, Standing
from touchstone.core.labels.proof import Match
from touchstone.output.keys import create
from touchstone.output.seal import seal

from .conftest import Answered, Verify

pytestmark = pytest.mark.django_db

SIGNED = [CheckName.WHAT, CheckName.ISSUER, CheckName.SIGNATURE, CheckName.UNCHANGED]
OF_LABEL = [CheckName.LEDGER, CheckName.REGISTER, CheckName.DATES, CheckName.STATUS]
VALID = "The Bronze label of Amber Cluster is valid today, until 31 October 2028."
LINK = f"{issued.ADDRESS}/verify/00001/"


def stop(kind: EntryKind, on: date = TODAY, **fields: Any) -> None:
    """An entry that stops the label or lets it go on."""
    nothing = {"valid_from": None, "valid_until": None, "renewable_until": None}
    entry(**{"kind": kind, "effective": on, "reason": "A reason.", **nothing, **fields})


def all_kinds() -> dict[str, bytes | str]:
    return {
        "certificate": issued.certificate(),
        "credential": issued.credential(),
        "token": issued.jwt(),
        "svg": issued.svg(),
        "png": issued.png(),
    }


KINDS = ["certificate", "credential", "token", "svg", "png"]


class TestGenuine:
    @pytest.mark.parametrize("kind", KINDS)
    def test_each_thing_that_was_issued_here_is_valid_and_every_check_is_named(
        self, check: Verify, kind: str
    ) -> None:
        entry()
        found = check(all_kinds()[kind])
        more = {
            "certificate": [CheckName.ATTACHMENT],
            "svg": [CheckName.PICTURE],
            "png": [CheckName.PICTURE],
        }.get(kind, [])
        assert (found.outcome, found.answer) == ("valid", f"Genuine. {VALID}")
        assert found.passed == [*SIGNED, *more, *OF_LABEL]
        assert found.failed == []
        assert found.open == []

    @pytest.mark.parametrize("text", ["1", "00001", "No. 1", LINK, "labels.example.org/verify/1"])
    def test_a_number_and_a_link_lead_to_the_label_as_it_stands(self, check: Verify, text: str) -> None:
        entry()
        found = check(text)
        assert (found.outcome, found.answer) == ("valid", VALID)
        assert found.passed == [CheckName.WHAT, CheckName.LEDGER, CheckName.DATES, CheckName.STATUS]
        assert "It proves nothing of a paper that bears it" in found.said(CheckName.WHAT)

    @pytest.mark.parametrize(
        "path",
        [
            "/register/lt-amber/",
            "/badge/lt-amber.svg?size=small",
            "/badge/lt-amber/1.png",
            "/credentials/1.json",
            "/credentials/1.jwt",
        ],
    )
    def test_other_addresses_here_lead_to_it_too(self, check: Verify, path: str) -> None:
        entry()
        found = check(f"{issued.ADDRESS}{path}")
        assert (found.outcome, found.answer) == ("valid", VALID)

    def test_a_photo_of_the_code_leads_to_it_and_other_codes_are_not_opened(self, check: Verify) -> None:
        entry()
        found = check(photo(LINK, "https://evil.example/", kind="JPEG", turned=8, blur=1))
        assert (found.outcome, found.answer) == ("valid", VALID)
        assert found.said(CheckName.WHAT).startswith(
            "A picture of a code (1 more in the picture, not opened), with a link to labels.example.org."
        )

    def test_a_certificate_without_a_credential_is_known_by_the_code_on_its_page(self, check: Verify) -> None:
        entry(recorded=issued.AT)
        found = check(seal(issued.page(None), issued.keys().seal, at=issued.AT))
        assert (found.outcome, found.answer) == ("valid", f"Genuine. {VALID}")
        assert found.open == [CheckName.ATTACHMENT]

    def test_the_file_that_was_kept_is_known_by_its_digest(self, check: Verify) -> None:
        import hashlib

        entry()
        entry(organisation="lt-other", name="Other")
        pdf = issued.certificate()
        Certificate.objects.create(
            organisation="lt-other", level="bronze", entry=2, language="en", facts="f", size=1, path="p",
            sha256=hashlib.sha256(pdf).hexdigest(), sealed_at=NOW,
        )  # fmt: skip
        found = check(pdf)
        assert found.failed == [CheckName.ATTACHMENT]
        assert found.said(CheckName.ATTACHMENT) == (
            "The certificate is number 00002; the credential in it is of 00001."
        )

    def test_what_is_for_demonstration_says_so(self, check: Verify) -> None:
        entry()
        carried = issued.credential(synthetic=True)
        for content in (carried, issued.certificate(carried)):
            assert (
                check(content)
                .said(CheckName.WHAT)
                .endswith("It says of itself that it is for demonstration: the label is not real.")
            )

    def test_an_invented_label_is_named_in_the_first_words_of_every_answer(self, check: Verify) -> None:
        entry()
        Organisation.objects.create(key="lt-amber", name="Amber Cluster", synthetic=True)
        carried = issued.credential(synthetic=True)
        files = [carried, issued.certificate(carried), issued.png(carried, synthetic=True)]
        for content in [*files, "1", LINK, f"{issued.ADDRESS}/register/lt-amber/"]:
            found = check(content)
            assert (found.outcome, found.found.synthetic) == ("valid", True)
            assert found.answer.startswith("For demonstration: the label is not real. ")
            assert found.answer.endswith(VALID)
            assert "the label is not real." in found.said(CheckName.WHAT)

    def test_the_name_of_a_file_says_nothing(self, check: Verify) -> None:
        entry()
        padded = b"\xef\xbb\xbf\n  " + issued.credential().encode() + b"\n"
        assert check(padded).outcome == "valid"


class TestStanding:
    def ended(self, until: date) -> None:
        begun = until - timedelta(days=730)
        days = {"effective": begun, "valid_from": begun, "valid_until": until}
        entry(**days, renewable_until=until + timedelta(days=365))

    @pytest.mark.parametrize(
        ("until", "said"),
        [
            (TODAY, "valid today, until 21 November 2026."),
            (TODAY - timedelta(days=1), "ended on 20 November 2026; it can still be renewed."),
            (TODAY - timedelta(days=366), "ended on 20 November 2025."),
        ],
    )
    def test_a_label_ends_with_its_last_day(self, check: Verify, until: date, said: str) -> None:
        self.ended(until)
        begun = until - timedelta(days=730)
        number = check("1")
        assert number.answer.endswith(said)
        signed = check(issued.credential(valid_from=begun, valid_until=until))
        assert number.outcome == signed.outcome == ("valid" if until == TODAY else "invalid")
        assert signed.failed == ([] if until == TODAY else [CheckName.DATES, CheckName.STATUS])
        assert signed.found.genuine

    @pytest.mark.parametrize(
        ("kind", "said"),
        [
            (EntryKind.SUSPENSION, "The Bronze label of Amber Cluster is suspended today."),
            (EntryKind.WITHDRAWAL, "The Bronze label of Amber Cluster was withdrawn."),
        ],
    )
    def test_a_stopped_label_is_genuine_and_not_valid(
        self, check: Verify, kind: EntryKind, said: str
    ) -> None:
        entry()
        stop(kind)
        for content in all_kinds().values():
            found = check(content)
            assert (found.outcome, found.failed) == ("invalid", [CheckName.STATUS])
            assert found.answer == f"Genuine, but not valid. {said}"
        assert (check("1").outcome, check("1").answer) == ("invalid", said)

    def test_a_label_that_was_reinstated_is_valid_again(self, check: Verify) -> None:
        entry()
        stop(EntryKind.SUSPENSION)
        stop(EntryKind.REINSTATEMENT)
        assert check(issued.credential()).outcome == "valid"

    def test_a_corrected_label_is_told_with_what_differs_and_by_which_entry(self, check: Verify) -> None:
        entry()
        stop(EntryKind.CORRECTION, corrects=1, valid_until=date(2027, 10, 31))
        found = check(issued.credential())
        assert (found.outcome, found.failed) == ("invalid", [CheckName.REGISTER])
        assert found.answer == (
            "Genuine, but the register says otherwise today. Its last day is 31 October 2028; in the "
            "register it is 31 October 2027. The entry was corrected since (by entry 00002)."
        )
        assert check(issued.credential(valid_until=date(2027, 10, 31), version=2)).outcome == "valid"

    def test_an_organisation_that_was_renamed_is_still_the_same(self, check: Verify) -> None:
        entry()
        stop(EntryKind.RENAME, name="Baltic Amber", level=None)
        found = check(issued.credential())
        assert found.outcome == "valid"
        assert found.said(CheckName.REGISTER) == (
            "Name, level and dates are those of the register. The organisation is now called Baltic Amber."
        )
        assert check("1").answer == (
            "The Bronze label of Baltic Amber is valid today, until 31 October 2028."
        )

    def test_a_renewed_label_goes_on_and_its_old_certificate_does_not(self, check: Verify) -> None:
        first = {"valid_from": date(2024, 10, 12), "valid_until": date(2026, 10, 31)}
        entry(effective=date(2024, 10, 12), **first)
        days = {"valid_from": date(2026, 11, 1), "valid_until": date(2028, 10, 31)}
        entry(kind=EntryKind.RENEWAL, effective=date(2026, 11, 1), **days)
        assert (check("1").outcome, check("1").answer) == ("valid", VALID)
        assert "renewed as number 00002" in check("1").said(CheckName.DATES)
        old = check(issued.credential(**first))
        assert (old.outcome, old.failed) == ("invalid", [CheckName.DATES])
        assert old.answer == (
            "Genuine, but its days are over or still to come. It was valid from 12 October 2024 to "
            "31 October 2026: its last day is over. "
            "The label was renewed until 31 October 2028: number 00002."
        )
        assert check(issued.credential(number=2, **days)).outcome == "valid"

    def test_a_label_that_has_not_begun_is_not_valid_yet(self, check: Verify) -> None:
        ahead = {"valid_from": date(2027, 1, 1), "valid_until": date(2028, 12, 31)}
        entry(effective=date(2027, 1, 1), **ahead, renewable_until=None)
        found = check(issued.credential(**ahead))
        assert (found.outcome, found.failed) == ("invalid", [CheckName.DATES, CheckName.STATUS])
        assert check("1").answer == "The Bronze label of Amber Cluster has not begun yet."

    def test_a_link_to_an_organisation_shows_its_best_label(self, check: Verify) -> None:
        entry()
        entry(kind=EntryKind.UPGRADE, level=LabelLevel.SILVER, rule_set="2014")
        found = check(f"{issued.ADDRESS}/register/lt-amber/")
        assert found.answer == "The Silver label of Amber Cluster is valid today, until 31 October 2028."
        assert found.found.told.number == 2


class TestForged:
    @pytest.mark.parametrize("kind", ["credential", "token"])
    def test_a_credential_signed_with_another_key_is_not_ours(self, check: Verify, kind: str) -> None:
        entry()
        forged = issued.credential("forger") if kind == "credential" else issued.jwt("forger")
        found = check(forged)
        assert (found.outcome, found.failed) == ("invalid", [CheckName.SIGNATURE])
        assert found.answer == "Do not rely on this. It names a key that is not the issuer's."
        assert found.said(CheckName.ISSUER) == (
            "It names labels.example.org as its issuer, as anybody can: only a right signature would show it."
        )

    def test_a_credential_that_names_our_key_and_is_not_signed_with_it_is_not_ours(
        self, check: Verify
    ) -> None:
        entry()
        ours = next(iter(issued.keys().trust.methods))
        found = check(issued.credential("forger", method=ours))
        assert (found.outcome, found.failed) == ("invalid", [CheckName.SIGNATURE, CheckName.UNCHANGED])

    @pytest.mark.parametrize("place", ["Amber Cluster", "2028-10-31", "bronze", "Bronze"])
    def test_a_changed_word_is_noticed(self, check: Verify, place: str) -> None:
        entry()
        other = {"Amber Cluster": "Ember Cluster", "2028-10-31": "2038-10-31", "bronze": "gold"}
        text = issued.credential().replace(place, other.get(place, "Gold"))
        assert text != issued.credential()
        found = check(text)
        assert (found.outcome, found.found.genuine) == ("invalid", False)
        assert CheckName.SIGNATURE in found.failed

    def test_a_credential_with_a_term_that_nobody_defines_is_refused_by_name(self, check: Verify) -> None:
        entry()
        document = json.loads(issued.credential())
        document["credentialSubject"]["gilded"] = "truly"
        found = check(json.dumps(document))
        assert (found.outcome, found.failed) == ("invalid", [CheckName.SIGNATURE, CheckName.UNCHANGED])
        assert "gilded" in found.said(CheckName.SIGNATURE)

    def test_a_credential_without_a_proof_is_not_signed(self, check: Verify) -> None:
        entry()
        found = check(json.dumps(issued.document()))
        assert (found.outcome, found.failed) == ("invalid", [CheckName.SIGNATURE])

    def test_a_credential_of_another_issuer_is_unknown_here(self, check: Verify) -> None:
        entry()
        there = "https://other-labels.example.com"
        issuer = issued.Issuer(did="did:web:other-labels.example.com", name="Other", address=there)
        found = check(issued.credential("other", issuer=issuer))
        assert (found.outcome, found.failed, found.passed) == ("unknown", [], [CheckName.WHAT])
        assert found.said(CheckName.ISSUER) == (
            "It names did:web:other-labels.example.com as its issuer, who is not known here. Ask there."
        )

    def test_an_issuer_that_only_looks_like_ours_is_told(self, check: Verify) -> None:
        entry()
        issuer = issued.Issuer(did="did:web:labe1s.example.org", name="Labels", address=issued.ADDRESS)
        found = check(issued.credential("other", issuer=issuer))
        assert (found.outcome, found.failed) == ("invalid", [CheckName.ISSUER])
        assert found.answer == (
            "Do not rely on this. It names did:web:labe1s.example.org as its issuer, which only looks like "
            "https://labels.example.org: its host is almost labels.example.org, but not quite."
        )

    def test_a_signed_document_of_another_kind_is_no_credential_of_a_label(self, check: Verify) -> None:
        from touchstone.output.credentials.proofs import signed
        from touchstone.output.credentials.status_lists import Purpose, list_credential

        own, pair = issued.ISSUER, issued.keys().pair
        address = f"{issued.ADDRESS}/credentials/status/revocation/1"
        made = list_credential(address, Purpose.REVOCATION, issuer=own.did, indices=(), since=NOW)
        method = next(iter(issued.keys().trust.methods))
        found = check(json.dumps(signed(made, pair, method=method, created=NOW)))
        assert (found.outcome, found.failed) == ("invalid", [CheckName.WHAT])

    def test_a_certificate_that_somebody_else_sealed_is_not_ours(self, check: Verify) -> None:
        entry()
        found = check(issued.certificate(whose="forger"))
        assert (found.outcome, found.failed) == ("invalid", [CheckName.ISSUER])
        assert found.answer == (
            "Do not rely on this. It is not sealed by labels.example.org, "
            "although the link on its page leads there."
        )

    def test_a_certificate_of_another_issuer_is_unknown_here(self, check: Verify) -> None:
        from factories.certificates import a_seal, made

        found = check(seal(made(), a_seal(), at=NOW).replace(b"labels.example.org", b"labels.example.org"))
        assert found.outcome == "invalid"  # its page leads to us
        pdf = pikepdf.new()
        pdf.add_blank_page()
        file = io.BytesIO()
        pdf.save(file)
        other = check(seal(file.getvalue(), a_seal(), at=NOW))
        assert (other.outcome, other.said(CheckName.ISSUER)) == (
            "unknown",
            "It is sealed by somebody who is not known here.",
        )

    def test_a_pdf_without_a_seal_is_no_certificate(self, check: Verify) -> None:
        entry()
        found = check(issued.page(issued.credential()))
        assert (found.outcome, found.failed) == ("invalid", [CheckName.WHAT, CheckName.SIGNATURE])

    def test_a_changed_certificate_is_noticed(self, check: Verify) -> None:
        entry()
        found = check(issued.certificate().replace(b"Amber Cluster", b"Ember Cluster"))
        assert (found.outcome, found.failed) == ("invalid", [CheckName.SIGNATURE, CheckName.UNCHANGED])
        assert found.answer == "Do not rely on this. The seal does not fit the file."

    def test_an_appended_revision_is_noticed(self, check: Verify) -> None:
        from pyhanko.pdf_utils.generic import NameObject, NullObject
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

        entry()
        writer = IncrementalPdfFileWriter(io.BytesIO(issued.certificate()))
        writer.root[NameObject("/Nothing")] = NullObject()
        writer.update_root()
        written = io.BytesIO()
        writer.write(written)
        found = check(written.getvalue())
        assert (found.outcome, found.failed) == ("invalid", [CheckName.UNCHANGED])
        assert found.answer == (
            "Do not rely on this. Something was added to the file after it was sealed. "
            "Ask for it as it was made."
        )

    def test_a_certificate_with_the_credential_of_another_label_is_noticed(self, check: Verify) -> None:
        entry()
        entry(organisation="lt-other", name="Other")
        other = issued.credential(number=2, organisation="lt-other", name="Other")
        found = check(issued.certificate(other))
        assert (found.outcome, found.failed) == ("invalid", [CheckName.ATTACHMENT])
        assert found.answer == (
            "Do not rely on this. The certificate is number 00001; the credential in it is of 00002."
        )

    def test_an_attachment_swapped_in_a_sealed_file_breaks_the_seal(self, check: Verify) -> None:
        entry()
        with pikepdf.open(io.BytesIO(issued.certificate())) as pdf:
            pdf.attachments["credential.json"] = issued.credential(level=LabelLevel.GOLD).encode()
            file = io.BytesIO()
            pdf.save(file)
        found = check(file.getvalue())
        assert found.outcome == "invalid"
        assert CheckName.SIGNATURE in found.failed

    @pytest.mark.parametrize("junk", ["no JSON", "{}", "\ud83e"])
    def test_a_certificate_with_something_else_attached_is_noticed(self, check: Verify, junk: str) -> None:
        entry()
        found = check(issued.certificate(junk.encode("utf-8", "replace").decode()))
        assert (found.outcome, CheckName.ATTACHMENT in found.failed) == ("invalid", True)

    def test_a_badge_with_the_credential_of_another_label_is_noticed(self, check: Verify) -> None:
        entry()
        entry(organisation="lt-other", name="Other", level=LabelLevel.BRONZE)
        other = issued.credential(number=2, organisation="lt-other", name="Other")
        found = check(issued.svg(other))
        assert (found.outcome, found.failed) == ("invalid", [CheckName.PICTURE])
        assert found.answer == (
            "Do not rely on this. Its words name another label; "
            "the credential inside is of the Bronze label of Other."
        )
        shown = check(issued.png(other))
        today = "The Bronze label of Other is valid today, until 31 October 2028."
        assert (shown.outcome, shown.failed, shown.open) == ("unknown", [], [CheckName.PICTURE])
        assert shown.answer == f"This cannot be confirmed. {OTHER} {today}"

    def test_a_badge_that_shows_more_than_its_credential_is_noticed(self, check: Verify) -> None:
        entry()
        assert check(issued.svg(level=LabelLevel.GOLD)).failed == [CheckName.PICTURE]
        assert check(issued.svg(number="00002")).failed == [CheckName.PICTURE]
        assert check(issued.svg(standing=Standing.SUSPENDED)).outcome == "valid"  # drawn on another day

    def test_a_badge_without_words_is_told(self, check: Verify) -> None:
        entry()
        bare = '<svg xmlns="http://www.w3.org/2000/svg"></svg>'
        from touchstone.output.baking import baked_svg

        found = check(baked_svg(bare, issued.credential()).encode())
        assert (found.outcome, found.open) == ("unknown", [CheckName.PICTURE])

    def test_a_badge_with_something_else_inside_is_told(self, check: Verify) -> None:
        found = check(issued.svg('{"a": 1}'))
        assert (found.outcome, found.failed) == ("invalid", [CheckName.WHAT])

    @pytest.mark.parametrize("kind", ["svg", "png", "webp"])
    def test_a_badge_that_an_optimiser_has_stripped_cannot_be_checked(self, check: Verify, kind: str) -> None:
        from PIL import Image

        from factories.photos import saved
        from touchstone.output.badge import badge_svg

        entry()
        picture = Image.open(io.BytesIO(issued.bare_png()))
        stripped = {
            "svg": badge_svg(issued.drawn()).encode(),
            "png": issued.bare_png(),
            "webp": saved(picture, "WEBP"),
        }[kind]
        found = check(stripped)
        assert (found.outcome, found.failed, found.passed) == ("unknown", [], [CheckName.WHAT])
        assert found.answer == f"This cannot be confirmed. {STRIPPED}"


class TestNumbers:
    @pytest.mark.parametrize("text", ["99", "0", "9" * 9, "9" * 40, f"{issued.ADDRESS}/verify/99/"])
    def test_a_number_that_was_never_given_is_invalid(self, check: Verify, text: str) -> None:
        entry()
        found = check(text)
        assert (found.outcome, found.failed) == ("invalid", [CheckName.LEDGER])
        assert found.answer.startswith("The ledger has no entry ")

    def test_an_entry_that_grants_nothing_is_no_label(self, check: Verify) -> None:
        entry()
        stop(EntryKind.SUSPENSION)
        found = check("2")
        assert (found.outcome, found.answer) == (
            "invalid",
            "Entry 00002 of the ledger is a suspension and grants no label.",
        )

    def test_an_organisation_that_is_not_in_the_register_is_told(self, check: Verify) -> None:
        found = check(f"{issued.ADDRESS}/register/lt-never/")
        assert (found.outcome, found.answer) == (
            "invalid",
            "The register has no organisation with the key lt-never.",
        )

    @pytest.mark.parametrize(
        ("bend", "said"),
        [
            ({"previous": "1" * 64}, "it does not follow the entry before it."),
            ({"hash": "1" * 64}, "its digest differs."),
            ({"key": "0" * 16}, "its signature cannot be checked."),
            ({"signature": "no hex"}, "its signature cannot be checked."),
            ({"signature": "00" * 64}, "its signature is wrong."),
        ],
    )
    def test_a_damaged_entry_is_told(self, check: Verify, bend: dict[str, str], said: str) -> None:
        entry()
        with lifted():
            LedgerEntry.objects.filter(number=1).update(**bend)
        found = check("1")
        assert (found.outcome, found.failed) == ("invalid", [CheckName.LEDGER])
        assert found.answer.endswith(f"It is not as it was written: {said}")
        assert not check(issued.credential()).found.genuine

    def test_a_longer_period_written_over_an_entry_is_noticed(self, check: Verify) -> None:
        entry()
        row = LedgerEntry.objects.get(number=1)
        with lifted():
            longer = str(row.document).replace("2028-10-31", "2038-10-31")
            LedgerEntry.objects.filter(number=1).update(document=longer)
        assert check("1").answer.endswith("It is not as it was written: its digest differs.")

    def test_an_entry_that_cannot_be_read_is_no_error_of_the_server(self, check: Verify) -> None:
        entry()
        with lifted():
            LedgerEntry.objects.filter(number=1).update(document="{}")
        with pytest.raises(Unusable) as refused:
            check("1")
        assert str(refused.value).startswith("the ledger: ")

    @pytest.mark.parametrize(
        ("address", "said"),
        [
            (
                "https://labels.exаmple.org/verify/1/",
                "letters that only look like those of ours",
            ),
            ("https://xn--lbels-3ve.example.org/verify/1/", "written in letters of another alphabet (xn--)"),
            ("https://labels.example.org@evil.example/verify/1/", "what stands before the @ is no host"),
            ("https://labels.example.org:8443/verify/1/", "it leads to another port (8443) of the same host"),
            ("https://labels.example.org.evil.example/verify/1/", "only holds the name labels.example.org"),
        ],
    )
    @pytest.mark.parametrize("way", ["typed", "photographed"])
    def test_a_link_that_only_looks_like_ours_is_named_and_not_opened(
        self, check: Verify, address: str, said: str, way: str
    ) -> None:
        entry()
        found = check(address if way == "typed" else photo(address))
        assert (found.outcome, found.failed) == ("invalid", [CheckName.ISSUER])
        assert said in found.answer
        assert found.answer.endswith("It was not opened.")

    def test_a_link_to_somewhere_else_is_unknown_and_not_opened(self, check: Verify) -> None:
        found = check("https://register.example.com/verify/1/")
        assert (found.outcome, found.answer) == (
            "unknown",
            (
                "This cannot be confirmed. It leads to register.example.com and not to labels.example.org. "
                "It was not opened."
            ),
        )


class TestStatements:
    def made(self, level: LabelLevel = LabelLevel.BRONZE, *names: str) -> Any:
        return proofs.answer(names or ["Amber Cluster"], level=level, match=Match.AT_LEAST, on=TODAY, at=NOW)

    def test_a_signed_answer_is_genuine_and_the_ledger_still_gives_it(self, check: Verify) -> None:
        entry()
        found = check(proofs.document(self.made()))
        assert (found.outcome, found.failed, found.open) == ("valid", [], [])
        assert found.passed == [*SIGNED, CheckName.REGISTER]
        assert found.answer.startswith(
            "Genuine. An answer of the register on the Bronze label or higher on 21 November 2026, as known "
        )
        assert found.answer.endswith("yes for “Amber Cluster”.")

    def test_a_list_is_told_by_its_counts(self, check: Verify) -> None:
        entry()
        found = check(proofs.document(self.made(LabelLevel.GOLD, "Amber Cluster", "Nobody")))
        assert found.answer.endswith(": 0 yes, 1 no, 1 unknown.")

    def test_a_changed_answer_is_noticed(self, check: Verify) -> None:
        entry()
        text = proofs.document(self.made()).replace('"answer":"yes"', '"answer":"no"', 1)
        found = check(text.replace('"no":0', '"no":1').replace('"yes":1', '"yes":0'))
        assert (found.outcome, found.failed) == ("invalid", [CheckName.SIGNATURE, CheckName.UNCHANGED])
        assert found.answer == "Do not rely on this. The signature is wrong."

    def test_an_answer_signed_by_another_key_is_not_ours(self, check: Verify, tmp_path: Any) -> None:
        from touchstone.output.proof import signed_proof

        entry()
        text = signed_proof(self.made(), create(tmp_path))
        found = check(text)
        assert (found.outcome, found.failed) == ("invalid", [CheckName.SIGNATURE])

    def test_the_sealed_pdf_is_checked_with_the_answer_inside(self, check: Verify) -> None:
        entry()
        pdf = proofs.pdf(self.made(), language="en", at=NOW)
        found = check(pdf)
        assert (found.outcome, found.failed, found.open) == ("valid", [], [])
        assert found.answer.startswith("Genuine. A sealed PDF. An answer of the register on")
        assert check(pdf + b"% more\n").failed == [CheckName.UNCHANGED]

    @pytest.mark.usefixtures("installation")
    def test_the_pdf_of_another_installation_is_unknown(self) -> None:
        entry()
        pdf = proofs.pdf(self.made(), language="en", at=NOW)
        trust = issued.keys("other", "https://other-labels.example.com").trust
        found = Answered(verify(pdf, at=NOW, trust=trust))
        assert (found.outcome, CheckName.ATTACHMENT in found.open) == ("unknown", True)

    def test_an_answer_that_the_ledger_no_longer_gives_is_told(self, check: Verify) -> None:
        from dataclasses import replace

        from touchstone.core.labels.proof import Verdict
        from touchstone.output.proof import signed_proof

        entry()
        made = self.made()
        other = replace(made, lines=(replace(made.lines[0], verdict=Verdict.NO),))
        found = check(signed_proof(other, issued.keys().pair))
        assert (found.outcome, found.failed) == ("invalid", [CheckName.REGISTER])
        assert found.answer == (
            "Genuine, but asked again today, as known then, the ledger gives other answers."
        )

    def test_an_answer_about_a_time_to_come_cannot_be_asked_again(self, check: Verify) -> None:
        from dataclasses import replace

        from touchstone.output.proof import signed_proof

        entry()
        made = self.made()
        later = replace(made, question=replace(made.question, known=NOW + timedelta(days=1)))
        assert check(signed_proof(later, issued.keys().pair)).open == [CheckName.REGISTER]

    def test_a_sealed_pdf_with_a_broken_answer_is_told(self, check: Verify) -> None:
        entry()
        broken = proofs.document(self.made()).replace('"answer":"yes"', '"answer":"perhaps"')
        found = check(issued.sealed_with("proof.json", broken))
        assert (found.outcome, found.failed) == ("invalid", [CheckName.WHAT])
        bent = proofs.document(self.made()).replace("Amber Cluster", "Ember Cluster")
        assert check(issued.sealed_with("proof.json", bent)).failed == [CheckName.ATTACHMENT]

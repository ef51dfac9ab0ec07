import hashlib
from pathlib import Path

import pytest
from django.test import Client

from factories.apps import CaseFactory, DocumentFactory, OrganisationFactory, PersonFactory
from factories.pages import errors, heading, links, text
from touchstone.apps.accounts.models import User
from touchstone.apps.cases.models import Document
from touchstone.core.cases.states import Role, State

pytestmark = pytest.mark.django_db
PASSWORD = "a-password-of-the-tests"  # only their own


def signed_in(role: Role, **fields: object) -> Client:
    client = Client()
    client.force_login(PersonFactory(role=role.value, **fields))
    return client


def kept(home: Path, **case: object) -> Document:
    """A document of a case, with its file in place."""
    document = DocumentFactory(run__case=CaseFactory(**case))
    content = b"%PDF-1.7 a report"
    document.file.parent.mkdir(parents=True)
    document.file.write_bytes(content)
    assert document.file.is_relative_to(home)
    Document.objects.update(size=len(content), sha256=hashlib.sha256(content).hexdigest())
    return document


class TestSignIn:
    def test_a_person_comes_to_the_workplace(self, client: Client) -> None:
        PersonFactory(username="tomas")
        answer = client.post("/sign-in/", {"username": "tomas", "password": PASSWORD}, follow=True)
        assert [address for address, _ in answer.redirect_chain] == ["/workspace/", "/secretariat/"]

    def test_a_person_comes_back_to_the_page_that_was_asked_for(self, client: Client) -> None:
        PersonFactory(username="tomas")
        page = client.get("/sign-in/?next=/secretariat/%3Fstate%3Drecorded")
        sent = {"username": "tomas", "password": PASSWORD, "next": page.context["next"]}
        assert client.post("/sign-in/", sent).url == "/secretariat/?state=recorded"

    def test_a_foreign_address_is_not_followed(self, client: Client) -> None:
        PersonFactory(username="tomas")
        sent = {"username": "tomas", "password": PASSWORD, "next": "https://example.org/"}
        assert client.post("/sign-in/", sent).url == "/workspace/"

    def test_a_wrong_password_is_told_and_the_name_kept(self, client: Client) -> None:
        PersonFactory(username="tomas")
        page = client.post("/sign-in/", {"username": "tomas", "password": "wrong"})
        assert len(errors(page)) == 1
        assert 'value="tomas"' in page.content.decode()

    def test_an_empty_form_links_to_both_fields(self, client: Client) -> None:
        lines = errors(client.post("/sign-in/", {}))
        assert [line.split()[0] for line in lines] == ["#id_username", "#id_password"]

    def test_who_is_signed_in_already_goes_on(self) -> None:
        assert signed_in(Role.DECIDER).get("/sign-in/").url == "/workspace/"

    def test_signing_out_leads_to_the_front_page(self) -> None:
        client = signed_in(Role.DECIDER)
        assert client.post("/sign-out/").url == "/"
        assert client.get("/decisions/").status_code == 302

    def test_signing_out_by_a_link_does_nothing(self) -> None:
        assert signed_in(Role.DECIDER).get("/sign-out/").status_code == 405


class TestWorkspace:
    @pytest.mark.parametrize(
        ("role", "address"),
        [
            (Role.CLUSTER, "/my/"),
            (Role.EXPERT, "/assessments/"),
            (Role.SECRETARIAT, "/secretariat/"),
            (Role.DECIDER, "/decisions/"),
            (Role.PROGRAMME_OWNER, "/insights/"),
            (Role.ADMINISTRATOR, "/admin/"),
        ],
    )
    def test_each_role_is_led_to_its_work(self, role: Role, address: str) -> None:
        assert signed_in(role).get("/workspace/").url == address

    def test_who_has_no_work_here_yet_is_told_so(self) -> None:
        page = signed_in(Role.SCHEME_EDITOR).get("/workspace/")
        assert "You are signed in as scheme editor. Nothing is assigned to you" in text(page)

    def test_an_observer_finds_the_cases_of_the_invitation(self) -> None:
        client = signed_in(Role.OBSERVER)
        observer = User.objects.get()
        document = DocumentFactory(run__case__state=State.REPORTED.value)
        document.case.observers.add(observer)
        CaseFactory(reference="2026-9999")
        page = client.get("/workspace/")
        assert f"/documents/{document.pk}/" in links(page)
        assert "2026-9999" not in text(page)

    def test_an_observer_sees_that_no_report_was_made_yet(self) -> None:
        client = signed_in(Role.OBSERVER)
        CaseFactory().observers.add(User.objects.get(role=Role.OBSERVER.value))
        assert "No report was made yet." in text(client.get("/workspace/"))


class TestDocument:
    def test_it_is_handed_over_as_a_file(self, touchstone_home: Path) -> None:
        document = kept(touchstone_home, state=State.REPORTED.value)
        answer = signed_in(Role.SECRETARIAT).get(f"/documents/{document.pk}/")
        assert b"".join(answer.streaming_content) == b"%PDF-1.7 a report"
        assert answer["Content-Disposition"] == 'attachment; filename="report.pdf"'
        answer.close()

    def test_another_organisation_may_not_have_it(self, touchstone_home: Path) -> None:
        document = kept(touchstone_home, state=State.AWARDED.value)
        page = signed_in(Role.CLUSTER, organisation=OrganisationFactory()).get(f"/documents/{document.pk}/")
        assert page.status_code == 403

    def test_the_organisation_has_its_own_once_the_case_is_decided(self, touchstone_home: Path) -> None:
        document = kept(touchstone_home, state=State.REPORTED.value)
        client = signed_in(Role.CLUSTER, organisation=document.case.organisation)
        before = client.get(f"/documents/{document.pk}/").status_code
        document.case.state = State.REFUSED.value
        document.case.save()
        answer = client.get(f"/documents/{document.pk}/")
        assert (before, answer.status_code) == (403, 200)
        answer.close()

    def test_a_file_that_is_gone_is_not_found_and_says_what_to_do(self) -> None:
        document = DocumentFactory(run__case__state=State.REPORTED.value)
        page = signed_in(Role.SECRETARIAT).get(f"/documents/{document.pk}/")
        assert page.status_code == 404

    def test_a_document_that_never_was_is_not_found(self) -> None:
        assert signed_in(Role.SECRETARIAT).get("/documents/99/").status_code == 404


class TestErrors:
    def test_a_page_that_does_not_exist(self, client: Client) -> None:
        page = client.get("/nowhere/")
        assert (page.status_code, heading(page)) == (404, "There is no such page")

    def test_a_form_that_was_open_too_long(self) -> None:
        client = Client(enforce_csrf_checks=True)
        page = client.post("/sign-in/", {})
        assert (page.status_code, heading(page)) == (403, "This form was open too long")

    def test_a_request_that_cannot_be_read(self, client: Client) -> None:
        page = client.get("/register/", {"q": "x"}, headers={"host": "elsewhere.example"})
        assert (page.status_code, heading(page)) == (400, "That request could not be read")

    def test_a_fault_of_ours(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_: object) -> None:
            raise RuntimeError("on purpose")

        monkeypatch.setattr("touchstone.web.public.register.home.figures_on", broken)
        client.raise_request_exception = False
        page = client.get("/")
        assert (page.status_code, heading(page)) == (500, "Something went wrong here")

    def test_every_page_carries_the_policy_that_forbids_inline_scripts_and_styles(
        self, client: Client
    ) -> None:
        policy = client.get("/")["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "style-src 'self'" in policy
        assert "unsafe" not in policy

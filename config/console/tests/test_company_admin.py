"""A company's own admin: for its administrators, and over nothing but its own rows."""

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import get_resolver, set_script_prefix

from accounts.models import AccessSettings, Agent, AuditEntry, Group
from accounts.services import audit
from accounts.testing import Browser
from chat.models import OfflineMessage
from config.console.company_site import site
from config.tests.acme import make_belongings

pytestmark = [pytest.mark.django_db]

TENANT_LABELS = {name.split(".")[-1] for name in settings.TENANT_APPS}


@pytest.fixture
def things(acme):
    return make_belongings(acme)


@pytest.fixture
def address(acme):
    return f"/c/{acme.company_id}/admin/"


def lists():
    return [f"{model._meta.app_label}/{model._meta.model_name}/" for model in site._registry]


@pytest.mark.parametrize("place", ["", *lists()])
def test_an_administrator_sees_it(place, acme, alice, address, things):
    response = Browser().enter(acme, alice).get(f"{address}{place}")
    assert response.status_code == 200
    assert f"/c/{acme.company_id}/admin/" in response.text


@pytest.mark.parametrize("place", ["", *lists()])
def test_nobody_else_does(place, acme, bob, globex, mallory, address, things):
    assert Browser().enter(acme, bob).get(f"{address}{place}").status_code == 403
    for stranger in (Browser(), Browser().enter(globex, mallory)):
        assert stranger.get(f"{address}{place}")["Location"].startswith("/sign-in/?")


def test_each_page_of_a_row_can_be_opened(acme, alice, address, things):
    browser = Browser().enter(acme, alice)
    for model in site._registry:
        with acme.entered():
            row = model._default_manager.first()
        if row is not None:
            meta = model._meta
            page = browser.get(f"{address}{meta.app_label}/{meta.model_name}/{row.pk}/change/")
            assert page.status_code == 200, meta.label


def test_a_conversation_shows_what_was_said(acme, alice, address, things):
    page = Browser().enter(acme, alice).get(f"{address}chat/conversation/{things.talk.pk}/change/")
    assert "acme-secret talk" in page.text


def test_the_audit_log_calls_settings_as_the_reader_does(acme, alice, address):
    with acme.entered():
        Agent.objects.filter(pk=alice.pk).update(language="zh-hans")
        audit.record("settings.changed", AccessSettings.objects.get_or_create()[0])
        entry = AuditEntry.objects.get(action="settings.changed")
    browser = Browser().enter(acme, alice)
    for place in ("", f"{entry.pk}/change/"):
        page = browser.get(f"{address}accounts/auditentry/{place}").text
        assert "登录设置" in page
        assert "Sign-in settings" not in page


def test_ids_of_another_company_lead_nowhere(acme, globex, mallory, things):
    browser = Browser().enter(globex, mallory)
    page = browser.get(f"/c/{globex.company_id}/admin/chat/conversation/{things.talk.pk}/change/")
    assert page.status_code == 302
    assert "acme-secret" not in page.text


def test_rows_of_the_public_schema_have_no_page(acme, alice, address):
    browser = Browser().enter(acme, alice)
    public = [
        model for model in apps.get_models() if model._meta.app_label not in {"accounts", "chat", "widgets"}
    ]
    assert len(public) > 10
    for model in public:
        meta = model._meta
        for end in ("", "add/", "1/change/", "1/delete/"):
            place = f"{address}{meta.app_label}/{meta.model_name}/{end}"
            assert browser.get(place).status_code == 404, place
    assert browser.get(f"{address}companies/").status_code == 404
    assert browser.get(f"{address}auth/").status_code == 404


def test_only_models_of_a_companys_schema_are_registered():
    labels = {model._meta.app_label for model in site._registry}
    assert labels <= {"accounts", "chat", "widgets"} <= TENANT_LABELS


def test_no_list_to_choose_from_is_drawn_from_the_public_schema():
    for model, shown in site._registry.items():
        targets = {field.related_model for field in model._meta.get_fields() if field.is_relation}
        assert not shown.autocomplete_fields
        assert not {each._meta.label for each in targets if each._meta.app_label in {"companies", "core"}}


@pytest.mark.parametrize(
    "place", ["password_change/", "login/", "search/?s=a", "r/1/1/", "autocomplete/?term=a"]
)
def test_what_an_admin_has_besides_is_not_here(place, acme, alice, address):
    assert Browser().enter(acme, alice).get(f"{address}{place}").status_code in {403, 404}


def test_reading_an_offline_message_goes_through_its_service(acme, alice, address, things):
    place = f"{address}chat/offlinemessage/{things.offline_message.pk}/change/"
    response = Browser().enter(acme, alice).post(place, {"is_read": "on"})
    assert response["Location"] == f"{address}chat/offlinemessage/"
    with acme.entered():
        assert OfflineMessage.objects.get().read_by == alice


@pytest.mark.parametrize("place", ["accounts/auditentry/", "chat/conversation/", "widgets/visitor/"])
def test_what_has_no_service_cannot_be_written(place, acme, alice, address, things):
    browser = Browser().enter(acme, alice)
    assert browser.get(f"{address}{place}add/").status_code == 403
    assert browser.post(f"{address}{place}add/", {"name": "x"}).status_code == 403
    assert browser.post(f"{address}{place}1/delete/", {"post": "yes"}).status_code in {302, 403}
    assert browser.post(
        f"{address}{place}", {"action": "delete_selected", "_selected_action": "1"}
    ).status_code in {
        200,
        302,
        403,
    }
    with acme.entered():
        assert things.talk.__class__.objects.filter(pk=things.talk.pk).exists()


def test_forms_need_their_secret(acme, alice, address, things):
    browser = Browser(enforce_csrf_checks=True).enter(acme, alice)
    place = f"{address}chat/offlinemessage/{things.offline_message.pk}/change/"
    assert browser.post(place, {"is_read": "on"}).status_code == 403
    with acme.entered():
        assert OfflineMessage.objects.get().read_at is None


def test_it_cannot_be_framed(acme, alice, address):
    response = Browser().enter(acme, alice).get(address)
    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_only_its_pages_may_make_functions_of_words(acme, alice, address):
    browser = Browser().enter(acme, alice)
    assert "'unsafe-eval'" in browser.get(address)["Content-Security-Policy"]
    assert "unsafe" not in browser.get(f"/c/{acme.company_id}/welcome/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-eval';" in browser.get(address)["Content-Security-Policy"]


def test_two_companies_in_one_browser_stay_apart(acme, alice, globex, mallory):
    browser = Browser().enter(acme, alice).enter(globex, mallory)
    for company, other in ((acme, globex), (globex, acme)) * 2:
        page = browser.get(f"/c/{company.company_id}/admin/").text
        assert f"/c/{company.company_id}/admin/" in page
        assert str(other.company_id) not in page


def test_signing_out_there_signs_out(acme, alice, address):
    browser = Browser().enter(acme, alice)
    assert browser.post(f"{address}logout/")["Location"] == f"/sign-in/?company={acme.company_id}"
    assert browser.get(address).status_code == 302


def test_the_site_map_is_as_before_afterwards(acme, alice, address):
    Browser().enter(acme, alice).get(address)
    assert get_resolver().resolve(f"/c/{acme.company_id}/welcome/").url_name == "welcome"
    set_script_prefix("/")


def agent_page(agent, address):
    return f"{address}accounts/agent/{agent.pk}/change/"


def typed_of(agent, **other):
    facts = {
        "name": agent.name, "email": agent.email, "role": agent.role_id, "is_active": "on", "version": agent.version,
    }  # fmt: skip
    return {name: value for name, value in {**facts, **other}.items() if value is not None}


def log(company):
    with company.entered():
        entries = AuditEntry.objects.exclude(action="company.opened").order_by("id")
        return list(entries.values_list("action", "by_name"))


def test_an_agent_is_edited_by_the_service_and_the_audit_log_says_so(acme, alice, bob, address):
    browser = Browser().enter(acme, alice)
    assert browser.get(agent_page(bob, address)).status_code == 200
    assert browser.post(agent_page(bob, address), typed_of(bob, name="Robert")).status_code == 302
    with acme.entered():
        bob.refresh_from_db()
    assert bob.name == "Robert"
    assert log(acme) == [("agent.edited", "Alice")]


def test_an_agent_is_disabled_and_enabled(acme, alice, bob, address):
    browser = Browser().enter(acme, alice)
    browser.post(agent_page(bob, address), typed_of(bob, is_active=None))
    with acme.entered():
        bob.refresh_from_db()
        assert not bob.is_active
    browser.post(agent_page(bob, address), typed_of(bob))
    assert [action for action, _ in log(acme)] == ["agent.disabled", "agent.enabled"]


def test_nobody_disables_themselves_there_either(acme, alice, address):
    page = Browser().enter(acme, alice).post(agent_page(alice, address), typed_of(alice, is_active=None))
    assert page.status_code == 200
    with acme.entered():
        alice.refresh_from_db()
    assert alice.is_active
    assert log(acme) == []


def test_of_two_who_edit_the_same_agent_the_second_is_told(acme, alice, bob, address):
    browser = Browser().enter(acme, alice)
    browser.post(agent_page(bob, address), typed_of(bob, name="Robert"))
    page = browser.post(agent_page(bob, address), typed_of(bob, name="Bert"))
    assert "has changed this meanwhile" in page.text
    with acme.entered():
        bob.refresh_from_db()
    assert bob.name == "Robert"


def test_nothing_but_the_form_can_be_set(acme, alice, bob, address):
    more = {"granted": "export", "password": "x", "deleted_at": "2020-01-01", "agent_id": "robert"}
    Browser().enter(acme, alice).post(agent_page(bob, address), typed_of(bob, **more))
    before = bob.password
    with acme.entered():
        bob.refresh_from_db()
    assert (bob.granted, bob.password, bob.deleted_at, bob.agent_id) == ([], before, None, "bob")


def test_a_deleted_agent_keeps_the_name_and_can_not_be_edited(acme, alice, bob, address):
    browser = Browser().enter(acme, alice)
    place = f"{address}accounts/agent/{bob.pk}/delete/"
    assert browser.get(place).status_code == 200
    assert browser.post(place, {"post": "yes"}).status_code == 302
    with acme.entered():
        bob.refresh_from_db()
    assert (bob.deleted_at is not None, bob.name) == (True, "Bob")
    assert browser.post(agent_page(bob, address), typed_of(bob, name="Back")).status_code == 403


def test_a_group_is_added_changed_and_deleted_by_its_service(acme, alice, bob, address):
    browser, place = Browser().enter(acme, alice), f"{address}accounts/group/"
    browser.post(f"{place}add/", {"name": "Sales", "description": "", "agents": [bob.pk]})
    with acme.entered():
        group = Group.objects.get()
        assert list(group.agents.all()) == [bob]
    browser.post(
        f"{place}{group.pk}/change/",
        {"name": "Sale", "description": "", "agents": [], "version": group.version},
    )
    browser.post(f"{place}{group.pk}/delete/", {"post": "yes"})
    assert [action for action, _ in log(acme)] == ["group.added", "group.edited", "group.deleted"]
    with acme.entered():
        assert not Group.objects.exists()


def test_two_groups_of_one_name_are_refused_in_words(acme, alice, address):
    browser, place = Browser().enter(acme, alice), f"{address}accounts/group/add/"
    browser.post(place, {"name": "Sales"})
    assert "There is a group with this name already." in browser.post(place, {"name": "Sales"}).text


@pytest.mark.parametrize(
    "asked",
    [
        "accounts/signin/?session_key__startswith=a", "accounts/agent/?password__startswith=argon2",
        "accounts/agent/?password=x", "accounts/agent/?sign_ins__session_key__startswith=a",
        "accounts/signin/?agent__password__startswith=argon2", "accounts/signin/?session_key__gt=a&all=1",
    ],
)  # fmt: skip
def test_what_is_not_shown_cannot_be_guessed_letter_by_letter(asked, acme, alice, address, things):
    response = Browser().enter(acme, alice).get(f"{address}{asked}")
    assert response.status_code in {302, 400}
    assert "alice" not in response.text


@pytest.mark.parametrize(
    "asked",
    ["accounts/agent/?is_active__exact=1", "chat/conversation/?agent__id__exact=1", "accounts/agent/?q=a"],
)
def test_what_a_page_offers_can_be_asked_for(asked, acme, alice, address, things):
    assert Browser().enter(acme, alice).get(f"{address}{asked}").status_code == 200


def test_who_is_deleted_is_listed_as_such(acme, alice, bob, address, things):
    with acme.entered():
        Agent.objects.filter(pk=bob.pk).update(is_active=False, deleted_at="2026-03-04T05:06Z")
    assert "4 March 2026" in Browser().enter(acme, alice).get(f"{address}accounts/agent/").text

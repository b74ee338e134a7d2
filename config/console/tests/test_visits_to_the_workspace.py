"""An operator on a visit opens every page of the company, reads, and changes nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts import access, visiting
from accounts.models import AccessSettings, Agent, AuditEntry, NoticeReading
from accounts.services import operator_visits, operators, sign_in_settings
from accounts.testing import PASSWORD, Browser
from config.console.tests.conftest import bring
from config.tests import routes
from config.tests.acme import fingerprint, make_belongings
from tools import permissions

pytestmark = [pytest.mark.django_db]
BANNER = "You look into Acme as operator Olga"


@pytest.fixture
def things(acme):
    return make_belongings(acme)


@pytest.fixture
def visit(acme, olga):
    return operator_visits.begin(acme, operator=olga, reason="Ticket 7")


@pytest.fixture
def pages(acme):
    return f"/c/{acme.company_id}/"


@pytest.fixture
def visitor(visit):
    """Olga's browser inside Acme; unlike one, it sends its cookie everywhere."""
    return client_of(visit)


def client_of(visit, **options):
    client = Client(**options)
    client.cookies[visiting.COOKIE] = operator_visits.token_of(visit)
    return client


def words(response):
    return response.getvalue().decode(errors="replace")


@pytest.mark.parametrize("route", routes.ROUTES)
def test_each_page_opens_or_says_why_not_and_nothing_is_written(route, visitor, acme, things):
    before, path = fingerprint(acme), routes.path(route, acme.company_id, things)
    response = visitor.get(path)
    assert response.status_code in {200, 302, 403, 404, 405}
    if response.status_code in {200, 403} and response["Content-Type"].startswith("text/html"):
        assert response.text.count(BANNER) == 1
        assert "Ticket 7" in response.text
    assert fingerprint(acme) == before


def test_whatever_would_write_is_refused_before_anything_is_looked_at(visitor, acme, things):
    before = fingerprint(acme)
    for route in routes.ROUTES:
        for method in ("post", "put", "patch", "delete"):
            # It ends the visit.
            if not route.endswith("/admin/leave/"):
                response = getattr(visitor, method)(routes.path(route, acme.company_id, things))
                assert (route, response.status_code) == (route, 403)
                assert "you see everything and change nothing" in response.text
    assert fingerprint(acme) == before


def own_pages():
    return [path for path, view in permissions.routes() if (needs := access.needs_of(view)) and needs.own]


def test_what_is_of_each_agent_alone_says_that_there_is_nothing(visitor, acme, things):
    assert len(own_pages()) > 10
    for route in own_pages():
        response = visitor.get(routes.path(route, acme.company_id, things))
        is_refused = response.status_code == 403 and "nothing of your own here" in response.text
        # What cannot be read at all is refused in another way.
        assert is_refused or response.status_code == 405, route


def test_menus_lead_to_no_page_of_ones_own(visitor, pages):
    for place in ("workspace/", "settings/", "notices/"):
        page = visitor.get(f"{pages}{place}").text
        for own in ("settings/me/", "settings/password/", "settings/security/", "suggestions/", "sign-out/"):
            assert f'href="{pages}{own}"' not in page
            assert f'action="{pages}{own}"' not in page


def test_the_workspace_opens_with_the_way_to_the_records_and_out(visitor, visit, pages):
    page = visitor.get(f"{pages}workspace/").text
    assert '"is_visiting": true' in page
    assert f'href="{pages}admin/"' in page
    assert '"sign_in": "/operator/companies/company/' in page
    assert f'/change/?visit={visit.pk}"' in page
    assert f'action="{pages}admin/leave/"' in page
    assert 'id="status-menu"' not in page


def test_a_page_of_one_visit_is_never_shown_to_another(acme, olga, pages):
    first = operator_visits.begin(acme, operator=olga, reason="Ticket 7")
    assert "Ticket 7" in client_of(first).get(f"{pages}workspace/").text
    second = operator_visits.begin(acme, operator=olga, reason="Ticket 8")
    page = client_of(second).get(f"{pages}workspace/").text
    assert "Ticket 8" in page
    assert "Ticket 7" not in page


def test_the_banner_speaks_chinese(visitor, pages):
    page = visitor.get(f"{pages}workspace/", headers={"Accept-Language": "zh-CN"}).text
    assert "Ticket 7" in page
    assert "结束进入" in page
    assert BANNER not in page


def test_nobody_of_the_company_is_more_for_it(visitor, acme, alice, pages):
    with acme.entered():
        before = Agent.objects.count()
    visitor.get(f"{pages}workspace/")
    with acme.entered():
        assert Agent.objects.count() == before
        assert not Agent.objects.filter(pk=Agent.NOBODY).exists()
    listed = Browser().enter(acme, alice).get(f"{pages}settings/agents/").text
    assert "Olga" not in listed


def test_a_notice_stays_unread(visitor, acme, pages, things):
    with acme.entered():
        NoticeReading.objects.all().delete()
    assert "acme-secret title" in visitor.get(f"{pages}notices/").text
    with acme.entered():
        assert not NoticeReading.objects.exists()


def test_the_companys_administrators_read_of_it_in_their_audit_log(visitor, acme, alice, pages):
    visitor.get(f"{pages}workspace/")
    page = Browser().enter(acme, alice).get(f"{pages}settings/audit/").text
    assert "Ticket 7" in page
    assert "Olga" in page
    with acme.entered():
        actions = AuditEntry.objects.filter(action__startswith="operator.").values_list("action", flat=True)
        assert list(actions) == ["operator.entered"]


def test_whoever_is_signed_in_as_an_agent_stays_that_agent(visit, acme, bob, pages):
    browser = Browser().enter(acme, bob)
    browser.jar[visiting.COOKIE, "/"] = client_of(visit).cookies[visiting.COOKIE]
    page = browser.get(f"{pages}workspace/").text
    assert BANNER not in page
    assert '"agent_id": "bob"' in page
    assert browser.get(f"{pages}settings/audit/").status_code == 403
    assert browser.get(f"{pages}admin/").status_code == 403
    assert browser.post(f"{pages}language/", {"language": "zh-hans"}).status_code == 302
    browser.post(f"{pages}sign-out/")
    assert "Ticket 7" in browser.get(f"{pages}workspace/").text


def test_what_the_company_requires_of_its_agents_holds_for_no_operator(visitor, acme, alice, pages):
    with acme.entered():
        AccessSettings.objects.update_or_create(pk=1, defaults={"requires_two_step": True})
        assert sign_in_settings.lacks_second_step(alice)
    assert visitor.get(f"{pages}settings/agents/").status_code == 200


def test_the_visit_to_one_company_opens_nothing_of_another(acme, globex, olga, things):
    elsewhere = client_of(operator_visits.begin(globex, operator=olga, reason="Ticket 7"))
    before = fingerprint(acme)
    for route in routes.ROUTES:
        for method in ("get", "post"):
            response = getattr(elsewhere, method)(routes.path(route, acme.company_id, things))
            assert (route, response.status_code in {302, 401, 403, 404, 405}) == (route, True)
            assert not [secret for secret in things.secrets if secret in words(response)]
    assert fingerprint(acme) == before


@pytest.mark.parametrize("place", ["workspace/", "settings/agents/", "notices/", "admin/", "socket-token/"])
def test_a_visit_that_is_over_opens_nothing(place, visitor, visit, pages):
    operator_visits.end(visit)
    assert visitor.get(f"{pages}{place}").status_code in {302, 401}


@pytest.mark.parametrize("forge", [lambda token: token[:-1] + "x", lambda token: "1", lambda token: ""])
def test_a_forged_cookie_opens_nothing(forge, visit, pages):
    client = Client()
    client.cookies[visiting.COOKIE] = forge(operator_visits.token_of(visit))
    assert client.get(f"{pages}workspace/").status_code == 302
    assert client.get(f"{pages}socket-token/").status_code == 401


def test_the_cookie_is_sent_to_the_company_alone_and_no_script_reads_it(console, acme, pages):
    console.post(reverse("admin:company-enter", args=[acme.pk]), {"reason": "Ticket 7", "minutes": 30})
    cookie = console.jar[visiting.COOKIE, pages]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (pages, True, "Lax")
    assert 0 < cookie["max-age"] <= 30 * 60


def test_the_console_leads_back_while_the_visit_is_under_way(console, acme, pages):
    company = reverse("admin:companies_company_change", args=[acme.pk])
    back = reverse("admin:company-visit", args=[acme.pk, "workspace"])
    assert back not in console.get(company).text
    assert console.get(back).status_code == 404
    console.post(reverse("admin:company-enter", args=[acme.pk]), {"reason": "Ticket 7", "minutes": 30})
    assert back in console.get(company).text
    console.jar.pop((visiting.COOKIE, pages))
    assert console.get(back)["Location"] == f"{pages}workspace/"
    assert BANNER in console.get(f"{pages}workspace/").text
    console.post(f"{pages}admin/leave/")
    assert console.get(back).status_code == 404


def test_another_operators_visit_is_not_ones_own(visit, acme, olga):
    otto = operators.add(agent_id="otto", name="Otto", email="", password=PASSWORD)
    console = bring(Browser(), operators.begin(otto, verified=True))
    assert console.get(reverse("admin:company-visit", args=[acme.pk, "workspace"])).status_code == 404


def test_the_console_knows_no_company_of_an_odd_name(console):
    assert console.get("/operator/companies/company/1/change/&ended=over/change/").status_code == 302

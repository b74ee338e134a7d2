import html
import re

import pytest

from accounts.models import Agent
from accounts.services import groups
from accounts.testing import Browser
from companies.models import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(acme) -> str:
    return f"/c/{acme.company_id}/settings/snippet/"


@pytest.fixture
def at_work(acme, alice) -> Browser:
    return Browser().enter(acme, alice)


def code_of(page: str, name: str) -> str:
    found = re.search(rf'<pre id="{name}"[^>]*>(.*?)</pre>', page, re.DOTALL)
    assert found
    return html.unescape(found[1])


def sites_of(company: Company) -> list[str]:
    return Company.objects.get(pk=company.pk).sites


def test_the_site_code_is_one_line_that_can_be_copied_as_it_stands(at_work, address, acme):
    code = code_of(at_work.get(address).text, "code")
    assert code == (
        f'<script async src="http://testserver/loader.js" data-company="{acme.company_id}"></script>'
    )


def test_behind_a_proxy_it_names_the_public_address(at_work, address, settings):
    settings.PUBLIC_URL = "https://chat.example"
    page = at_work.get(address).text
    assert 'src="https://chat.example/loader.js"' in code_of(page, "code")
    assert code_of(page, "policy") == (
        "script-src https://chat.example; "
        "connect-src https://chat.example wss://chat.example; "
        "frame-src https://chat.example"
    )


def test_the_chat_s_own_address_is_shown(at_work, address, acme):
    page = at_work.get(address).text
    assert code_of(page, "address") == f"http://testserver/w/{acme.company_id}/window/"
    assert at_work.get(f"/w/{acme.company_id}/window/").status_code == 200


def test_agents_without_the_capability_are_told_so(acme, bob, address):
    browser = Browser().enter(acme, bob)
    for response in (browser.get(address), browser.post(address, {"sites": "https://evil.example"})):
        assert response.status_code == 403
        assert "You do not have the permission for this." in response.text
        assert "data-company" not in response.text
    assert sites_of(acme) == []


def test_agents_of_another_company_are_led_to_the_sign_in(acme, globex, mallory, address):
    browser = Browser().enter(globex, mallory)
    for response in (browser.get(address), browser.post(address, {"sites": "https://evil.example"})):
        assert response["Location"].startswith("/sign-in/?")
    assert sites_of(acme) == []


def test_strangers_are_led_to_the_sign_in(browser, acme, address):
    assert browser.get(address)["Location"].startswith("/sign-in/?")


def test_websites_are_saved_as_browsers_write_them(at_work, address, acme, globex):
    typed = (
        "https://WWW.Acme.example/prices?x=1\r\n\r\n  http://acme.example:80  \r\nhttps://www.acme.example\n"
    )
    response = at_work.post(address, {"sites": typed}, follow=True)
    assert response.redirect_chain == [(address, 302)]
    assert "Saved." in response.text
    assert sites_of(acme) == ["https://www.acme.example", "http://acme.example"]
    assert "https://www.acme.example\nhttp://acme.example" in response.text
    assert sites_of(globex) == []


def test_an_empty_list_lets_any_website_carry_the_chat_again(at_work, address, acme):
    Company.objects.filter(pk=acme.pk).update(sites=["https://acme.example"])
    at_work.post(address, {"sites": " \n "})
    assert sites_of(acme) == []


def test_a_wrong_address_is_told_and_what_was_typed_stays(at_work, address, acme):
    typed = "https://acme.example\nacme dot example\nftp://acme.example"
    response = at_work.post(address, {"sites": typed})
    assert response.status_code == 200
    page = html.unescape(response.text)
    for wrong in ("acme dot example", "ftp://acme.example"):
        sentence = f"“{wrong}” is not the address of a website. Write it like https://www.example.com."
        assert sentence in page
    assert typed in page.replace("\r\n", "\n")
    assert 'aria-invalid="true"' in page
    assert sites_of(acme) == []


def test_what_is_typed_is_never_markup(at_work, address):
    page = at_work.post(address, {"sites": "</textarea><script>alert(1)</script>"}).text
    assert "<script>alert" not in page


def test_so_many_websites_are_refused_with_the_bound(at_work, address, acme):
    typed = "\n".join(f"https://{number}.example" for number in range(101))
    assert "At most 100 websites can be listed." in at_work.post(address, {"sites": typed}).text
    assert sites_of(acme) == []


def test_it_speaks_the_agent_s_language(at_work, address, acme, alice):
    with acme.entered():
        Agent.objects.filter(pk=alice.pk).update(language="zh-hans")
    page = at_work.post(address, {"sites": "acme"}).text
    assert "允许使用对话的网站" in page
    assert "“acme”不是网站地址，正确的例子：https://www.example.com。" in html.unescape(page)


def test_each_group_has_a_code_of_its_own(acme, at_work, address):
    with acme.entered():
        group = groups.add(name="Sales & <b>more</b>")
    page = at_work.get(address).text
    assert f'data-group="{group.pk}"' in code_of(page, f"group-{group.pk}")
    # What is copied is HTML in which the name is text.
    assert code_of(page, "group-link").endswith("Sales &amp; &lt;b&gt;more&lt;/b&gt;</a>")

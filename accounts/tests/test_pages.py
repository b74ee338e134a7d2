import re
from html.parser import HTMLParser

import pytest
from django.conf import settings

from accounts.context import person
from accounts.services import confirmations
from accounts.testing import PASSWORD, Browser

pytestmark = pytest.mark.django_db

PUBLIC = ["/", "/sign-up/", "/sign-in/", "/nothing-here/", "/confirm/forged/"]
COMPANY = ["welcome/", "nothing-here/"]


class Fields(HTMLParser):
    """Which fields a page has, and which of them have a label."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: set[str] = set()
        self.labels: dict[str, str] = {}
        self.label_for = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if tag in {"input", "select", "textarea"} and facts.get("type") != "hidden":
            self.fields.add(facts["id"])
        self.label_for = facts.get("for", "") if tag == "label" else ""

    def handle_data(self, data):
        if self.label_for and data.strip():
            self.labels[self.label_for] = data.strip()


def test_the_sign_in_has_exactly_these_labels(browser):
    page = browser.get("/sign-in/").text
    found = Fields(page)
    assert [*found.labels.values()] == ["Company ID", "Agent ID", "Password", "Remember me"]
    assert found.fields == set(found.labels)
    assert re.search(r'<button[^>]*type="submit">Sign in</button>', page)


def test_the_sign_up_has_a_label_for_each_field(browser):
    found = Fields(browser.get("/sign-up/").text)
    assert found.fields == set(found.labels)
    assert [*found.labels.values()] == [
        "Company name", "Your name", "Agent ID", "E-mail", "Password", "Time zone",
    ]  # fmt: skip


def test_a_wrong_field_is_tied_to_what_is_wrong_with_it(browser):
    page = browser.post("/sign-up/", {}).text
    tied = re.findall(r'<input[^>]*aria-invalid="true"[^>]*aria-describedby="([^"]*)"', page)
    tied += re.findall(r'<input[^>]*aria-describedby="([^"]*)"[^>]*aria-invalid="true"', page)
    assert len(tied) == 5
    assert all(f'id="{each}"' in page for ids in tied for each in ids.split())


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_are_there_in_chinese(browser, path):
    english = browser.get(path).text
    chinese = browser.get(path, headers={"accept-language": "zh-CN"}).text
    assert '<html lang="en"' in english
    assert '<html lang="zh-hans"' in chinese
    assert _left_in_english(chinese) == []


@pytest.mark.parametrize("path", COMPANY)
def test_company_pages_are_there_in_chinese(acme, alice, browser, path):
    page = browser.enter(acme, alice).get(
        f"/c/{acme.company_id}/{path}", headers={"accept-language": "zh-CN"}
    )
    assert _left_in_english(page.text) == []


def _left_in_english(page: str) -> list[str]:
    """Sentences without a Chinese letter: three or more Latin words in a row."""
    body = re.sub(r"<select.*?</select>", "", page.partition("<body")[2], flags=re.S)
    texts = re.findall(r">([^<>]+)<", body)
    return [text.strip() for text in texts if re.search(r"[A-Za-z]+ [a-z]+ [a-z]+", text)]


def test_home_leads_to_sign_up_and_sign_in(browser):
    page = browser.get("/").text
    assert 'href="/sign-up/"' in page
    assert 'href="/sign-in/"' in page


def test_home_leads_to_the_demo_where_there_is_one(browser, settings):
    assert "demo website" not in browser.get("/").text
    settings.DEMO_URL = "http://127.0.0.1:8000/demo/"
    assert 'href="http://127.0.0.1:8000/demo/"' in browser.get("/").text


def test_what_is_not_there_says_so(browser):
    response = browser.get("/nothing-here/")
    assert response.status_code == 404
    assert "There is nothing here" in response.text


@pytest.mark.urls("accounts.tests.urls")
def test_a_fault_of_ours_is_told_in_words():
    response = Browser(raise_request_exception=False).get("/broken/")
    assert response.status_code == 500
    assert "Something went wrong here" in response.text
    assert "RuntimeError" not in response.text


@pytest.mark.urls("accounts.tests.urls")
def test_even_when_pages_cannot_be_made(settings, tmp_path):
    settings.FRONTEND_DIST = tmp_path
    response = Browser(raise_request_exception=False).get("/broken/")
    assert response.status_code == 500
    assert response.text.startswith("It is our fault and has been noted.")


def test_what_cannot_be_read_is_told_in_words(browser, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    response = browser.post("/sign-in/", dict.fromkeys("abcd", "1"))
    assert response.status_code == 400
    assert "This was not understood" in response.text


@pytest.mark.parametrize(
    ("language", "said"), [("en", "This was not understood"), ("zh-hans", "无法理解这个请求")]
)
def test_what_comes_under_another_name_than_ours_is_told_in_words(settings, language, said):
    """In production it is refused before anybody asks for the session."""
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["chat.example"]
    browser = Browser(raise_request_exception=False)
    response = browser.get("/sign-in/", HTTP_HOST="evil.example", HTTP_ACCEPT_LANGUAGE=language)
    assert response.status_code == 400
    assert said in response.text


@pytest.mark.parametrize("path", [*PUBLIC, "/sign-in/?next=%00&company=%3Cscript%3E", "/confirm/%00/"])
def test_pages_run_nothing_but_our_own_files(browser, path):
    response = browser.get(path)
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=", response.text)


def test_templates_know_the_person(acme, bob, rf):
    request = rf.get("/")
    request.company, request.user = acme, bob
    facts = person(request)
    assert facts["agent"] == bob
    assert "take_chats" in facts["may"]
    assert "manage_settings" not in facts["may"]


def test_templates_of_a_request_that_failed_early_know_nobody(rf):
    facts = person(rf.get("/"))
    assert facts.pop("language_url")() == "/language/"
    assert facts == {"company": None, "agent": None, "may": set()}


def test_argon2_is_what_the_product_hashes_with():
    assert settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


def test_a_used_confirmation_page_opens_the_workspace(acme, browser):
    page = browser.get(f"/confirm/{confirmations.token_of(acme)}/").text
    assert f'href="/c/{acme.company_id}/workspace/"' in page


def test_nul_bytes_are_told_like_any_wrong_input(acme, browser):
    typed = {"company_id": acme.company_id, "agent_id": "al\x00ice", "password": PASSWORD}
    assert "Null characters are not allowed." in browser.post("/sign-in/", typed).text

"""What a company says of itself, and its logo."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import AuditEntry, Role
from accounts.testing import Browser
from companies.models import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(acme):
    return f"/c/{acme.company_id}/settings/company/"


@pytest.fixture
def browser(acme, alice):
    return Browser().enter(acme, alice)


def typed(**more):
    """The form as it was loaded, with some of it changed."""
    was = {
        "name": "Acme", "address": "", "contact_person": "", "email": "alice@acme.example", "telephone": "",
        "website": "", "time_zone": "UTC", "language": "en",
    }  # fmt: skip
    return {f"initial-{name}": value for name, value in was.items()} | was | more


def test_what_is_typed_is_kept_and_shown(acme, browser, path):
    response = browser.post(
        path,
        typed(name="Acme & Sons", website="acme.example", time_zone="Asia/Shanghai", address="1 Road\nTown"),
    )
    assert response.status_code == 302
    acme.refresh_from_db()
    assert (acme.name, acme.website, acme.time_zone) == (
        "Acme & Sons",
        "https://acme.example",
        "Asia/Shanghai",
    )
    assert "Acme &amp; Sons" in browser.get(path).text
    with acme.entered():
        entry = AuditEntry.objects.get(action="company.edited")
    assert entry.changes["name"] == ["Acme", "Acme & Sons"]
    assert "email" not in entry.changes


def test_what_one_has_not_touched_is_left_to_whoever_has(acme, browser, path):
    browser.post(path, typed(telephone="+49 30 1"))
    browser.post(path, typed(contact_person="Alice"))
    acme.refresh_from_db()
    assert (acme.telephone, acme.contact_person) == ("+49 30 1", "Alice")


def test_what_is_wrong_is_said_beside_the_field(acme, browser, path):
    page = browser.post(path, typed(name="", time_zone="Mars/Olympus", website="javascript:alert(1)")).text
    assert "This field is required." in page
    assert "Select a valid choice." in page
    assert "Enter a valid URL." in page
    assert Company.objects.get(pk=acme.pk).name == "Acme"


def test_plan_and_limits_cannot_be_set_by_typing_more(acme, browser, path):
    browser.post(path, typed(own_seats="999", paid_until="2099-01-01", schema_name="public", sites="x"))
    now = Company.objects.get(pk=acme.pk)
    assert (now.own_seats, now.paid_until, now.schema_name) == (None, None, acme.schema_name)


def test_a_logo_is_put_up_and_taken_down(acme, browser, path, files):
    made = io.BytesIO()
    Image.new("RGB", (600, 100), "red").save(made, "PNG")
    browser.post(f"{path}logo/", {"picture": SimpleUploadedFile("logo.png", made.getvalue())})
    acme.refresh_from_db()
    address = f"/c/{acme.company_id}/pictures/{acme.logo}-logo.webp"
    assert address in browser.get(path).text
    assert Browser().get(address).status_code == 200
    browser.post(f"{path}no-logo/")
    acme.refresh_from_db()
    assert acme.logo == ""


def test_without_the_permission_all_of_it_is_refused(acme, bob, path):
    browser = Browser().enter(acme, bob)
    assert browser.get(path).status_code == 403
    for deed in ("", "logo/", "no-logo/"):
        assert browser.post(path + deed, typed(name="Bob's")).status_code == 403


def test_with_the_permission_alone_one_may(acme, bob, path):
    with acme.entered():
        bob.role = Role.objects.create(kind=Role.Kind.OWN, name="Clerk", capabilities=["edit_company"])
        bob.save(update_fields=["role"])
    assert Browser().enter(acme, bob).post(path, typed(name="Acme Ltd")).status_code == 302


def test_mallory_changes_nothing_of_acme(acme, globex, mallory, path):
    assert (
        Browser()
        .enter(globex, mallory)
        .post(path, typed(name="Mallory's"))["Location"]
        .startswith("/sign-in/")
    )
    assert Company.objects.get(pk=acme.pk).name == "Acme"

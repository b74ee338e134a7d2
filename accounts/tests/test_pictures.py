"""Agents' pictures: put on, taken off, and served to whoever knows the name."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import Agent, AuditEntry, Role
from accounts.services import faces
from accounts.testing import Browser
from companies import limits
from core import pictures

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(files):
    return files


@pytest.fixture
def path(acme):
    return f"/c/{acme.company_id}/"


def upload(colour="red", content=None):
    made = io.BytesIO()
    Image.new("RGB", (80, 60), colour).save(made, "PNG")
    return SimpleUploadedFile("me.png", made.getvalue() if content is None else content, "image/png")


def name_of(company, agent):
    with company.entered():
        return Agent.objects.get(pk=agent.pk).picture


def test_one_s_picture_is_everywhere_and_served_to_visitors(acme, bob, path):
    browser = Browser().enter(acme, bob)
    assert browser.post(f"{path}settings/me/picture/", {"picture": upload()}).status_code == 302
    name = name_of(acme, bob)
    assert f"{path}pictures/{name}-64.webp" in browser.get(f"{path}settings/me/").text
    response = Browser().get(f"{path}pictures/{name}-64.webp")
    assert Image.open(io.BytesIO(response.content)).size == (64, 64)
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not {"Vary", "Set-Cookie"} & set(response.headers)


@pytest.mark.parametrize("name", ["..%2f..%2fsecret", "0" * 40 + "-64.webp", "x", "%00", "a/b"])
def test_what_is_not_there_is_not_found(name, path):
    assert Browser().get(f"{path}pictures/{name}").status_code == 404


def test_a_picture_of_another_company_is_not_found(acme, globex, bob):
    with acme.entered():
        faces.put_on(bob, upload().read())
    assert Browser().get(f"/c/{globex.company_id}/pictures/{bob.picture}-64.webp").status_code == 404


def test_what_is_wrong_with_a_file_is_said_beside_it(acme, bob, path):
    browser = Browser().enter(acme, bob)
    page = browser.post(f"{path}settings/me/picture/", {"picture": upload(content=b"<script>")}).text
    assert "This is no picture we can read." in page
    assert "5 MB and 40 million pixels at most" in page
    large = upload(content=b"\0" * (pictures.MOST_BYTES + 1))
    assert "more than 5 MB" in browser.post(f"{path}settings/me/picture/", {"picture": large}).text
    assert "Choose a picture first." in browser.post(f"{path}settings/me/picture/").text
    assert name_of(acme, bob) == ""


def test_the_one_before_is_not_kept(acme, bob, path, commit):
    with acme.entered():
        with commit():
            faces.put_on(bob, upload("red").read())
        before = bob.picture
        with commit():
            faces.put_on(bob, upload("blue").read())
        assert pictures.load(f"{before}-64.webp") is None
        assert pictures.load(f"{bob.picture}-64.webp")


def test_what_a_colleague_has_too_is_kept(acme, bob, carol, commit):
    with acme.entered():
        with commit():
            faces.put_on(bob, upload().read())
            faces.put_on(carol, upload().read())
        with commit():
            faces.take_off(bob)
        assert pictures.load(f"{carol.picture}-64.webp")


def test_taking_it_off(acme, bob, path):
    browser = Browser().enter(acme, bob)
    browser.post(f"{path}settings/me/picture/", {"picture": upload()})
    assert browser.post(f"{path}settings/me/no-picture/").status_code == 302
    assert name_of(acme, bob) == ""
    with acme.entered():
        assert AuditEntry.objects.filter(action="agent.picture_changed").count() == 2


def test_it_counts_for_the_company_s_storage_and_meets_its_limit(acme, bob, path):
    browser = Browser().enter(acme, bob)
    browser.post(f"{path}settings/me/picture/", {"picture": upload()})
    assert limits.figure(acme, limits.Limit.STORAGE).used > 0
    acme.own_storage_bytes = 100
    acme.save(update_fields=["own_storage_bytes"])
    page = browser.post(f"{path}settings/me/picture/", {"picture": upload("blue")}).text
    assert "does not fit any more into the storage" in page


@pytest.mark.parametrize("deed", ["picture", "no-picture"])
def test_without_the_permission_it_is_refused(deed, acme, bob, path):
    with acme.entered():
        bob.role = Role.objects.create(kind=Role.Kind.OWN, name="Trainee", capabilities=["take_chats"])
        bob.save(update_fields=["role"])
    browser = Browser().enter(acme, bob)
    assert browser.post(f"{path}settings/me/{deed}/", {"picture": upload()}).status_code == 403
    assert "Use this picture" not in browser.get(f"{path}settings/me/").text

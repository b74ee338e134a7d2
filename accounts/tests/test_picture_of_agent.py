import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts import errors
from accounts.capabilities import Capability
from accounts.models import Agent
from accounts.services import agent_pictures
from accounts.testing import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def png():
    held = io.BytesIO()
    Image.new("RGB", (80, 60), "teal").save(held, "PNG")
    return held.getvalue()


@pytest.fixture
def page(acme, bob):
    return f"/c/{acme.company_id}/settings/agents/{bob.pk}/"


def picture_of(company, agent):
    with company.entered():
        return Agent.objects.get(pk=agent.pk).picture


def test_whoever_manages_agents_gives_and_takes_it(acme, alice, bob, page):
    browser = Browser().enter(acme, alice)
    upload = SimpleUploadedFile("bob.png", png())
    response = browser.post(f"{page}picture/", {"picture": upload}, follow=True)
    assert "This is the picture of Bob from now on." in response.text
    assert picture_of(acme, bob)
    browser.post(f"{page}no-picture/")
    assert picture_of(acme, bob) == ""


def test_what_is_no_picture_is_refused_in_words(acme, alice, bob, page):
    browser = Browser().enter(acme, alice)
    for upload in (SimpleUploadedFile("bob.png", b"<svg>"), ""):
        response = browser.post(f"{page}picture/", {"picture": upload}, follow=True)
        assert "notice--error" in response.text
    assert picture_of(acme, bob) == ""


def test_not_of_whoever_may_do_more(in_acme, alice, bob):
    Agent.objects.filter(pk=bob.pk).update(granted=[Capability.MANAGE_AGENTS])
    with pytest.raises(errors.MayDoMore):
        agent_pictures.put_on(alice, png(), by=bob)
    with pytest.raises(errors.MayDoMore):
        agent_pictures.take_off(alice, by=bob)


@pytest.mark.parametrize("deed", ["picture", "no-picture"])
def test_without_the_permission(acme, bob, page, deed):
    assert Browser().enter(acme, bob).post(f"{page}{deed}/").status_code == 403


def test_outsiders(acme, globex, mallory, bob, page):
    Browser().enter(globex, mallory).post(f"{page}picture/", {"picture": SimpleUploadedFile("x.png", png())})
    assert picture_of(acme, bob) == ""

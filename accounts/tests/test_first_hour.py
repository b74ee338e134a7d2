import pytest
from django.utils import timezone

from accounts.models import Agent
from accounts.testing import Browser


@pytest.fixture
def address(acme):
    return f"/c/{acme.company_id}/help/start/"


def test_it_shows_what_is_done_and_what_is_not(acme, alice, address):
    browser = Browser().enter(acme, alice)
    before = browser.get(address).text
    assert before.count("first-hour-step--done") == 1
    assert before.partition("<main")[2].count("button--primary") == 1
    acme.confirmed_at = timezone.now()
    acme.save()
    after = browser.get(address).text
    assert after.count("first-hour-step--done") == 2


def test_a_colleague_is_one_who_is_still_there(acme, alice, address):
    with acme.entered():
        Agent.objects.exclude(pk=alice.pk).update(is_active=False, deleted_at=timezone.now())
    assert "first-hour-step--done" not in Browser().enter(acme, alice).get(address).text

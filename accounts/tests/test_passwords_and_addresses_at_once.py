"""Several connections at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts import errors
from accounts.models import AccessSettings, AddressRule, Agent
from accounts.services import address_rules, password_links


@pytest.fixture
def bob(committed):
    with committed.acme.entered():
        yield Agent.objects.get(agent_id="bob")


def at_the_same_moment(deed, *each):
    def alone(one):
        try:
            deed(one)
        except (errors.PasswordLinkInvalid, errors.LastNetwork):
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(each)) as pool:
        return list(pool.map(alone, each))


def test_of_two_who_use_a_link_one_is_refused(committed, bob):
    delivery = password_links.mail(committed.acme, bob, origin="http://testserver")
    token = password_links.token_of(committed.acme, bob, delivery.key)
    done = at_the_same_moment(
        lambda password: password_links.use(token, password=password),
        "ten green bottles",
        "nine green bottles",
    )
    assert sorted(done) == [False, True]
    bob.refresh_from_db()
    assert bob.check_password("ten green bottles" if done[0] else "nine green bottles")


def test_two_who_remove_a_network_each_do_not_open_the_company_to_everywhere(committed):
    """Each removes the other one's; for neither it was the last."""
    with committed.acme.entered():
        rules = {
            name: AddressRule.objects.create(network=f"{name}/32") for name in ("192.0.2.1", "192.0.2.2")
        }

    def remove_the_other(here):
        with committed.acme.entered():
            [other] = [rule for name, rule in rules.items() if name != here]
            address_rules.remove(other, present=here)

    try:
        assert sorted(at_the_same_moment(remove_the_other, *rules)) == [False, True]
        with committed.acme.entered():
            assert AddressRule.objects.count() == 1
    finally:
        with committed.acme.entered():
            AddressRule.objects.all().delete()
            AccessSettings.objects.all().delete()

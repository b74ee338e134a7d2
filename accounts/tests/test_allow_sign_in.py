"""The way in for a company that has locked itself out."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AddressRule, AuditEntry
from accounts.services import address_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def locked_out(acme, globex):
    for company in (acme, globex):
        with company.entered():
            AddressRule.objects.create(network="192.0.2.1/32")


def test_from_then_on_agents_come_from_everywhere(acme, locked_out, sign_in):
    assert sign_in().status_code == 200
    told = StringIO()
    call_command("allow_sign_in", str(acme.company_id), stdout=told)
    assert "1 removed" in told.getvalue()
    assert sign_in().status_code == 302


def test_it_stands_in_the_companys_log(acme, locked_out):
    call_command("allow_sign_in", str(acme.company_id), stdout=StringIO())
    with acme.entered():
        entry = AuditEntry.objects.get(action="address_rule.all_removed")
    assert entry.by_kind == "system"
    assert entry.changes == {"network": ["192.0.2.1/32", ""]}


def test_other_companies_keep_theirs(acme, globex, locked_out):
    call_command("allow_sign_in", str(acme.company_id), stdout=StringIO())
    with globex.entered():
        assert address_rules.networks() == ["192.0.2.1/32"]


def test_one_that_is_not_there_is_said(db):
    with pytest.raises(CommandError, match="no company 10000000"):
        call_command("allow_sign_in", "10000000")

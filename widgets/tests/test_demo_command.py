import json

import pytest
from django.core.management import call_command

from accounts.models import Agent
from companies.models import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    return tmp_path / "demo.json"


def make_demo(file, url="http://localhost:8000/"):
    call_command("demo", file=file, url=url, demo_url="http://127.0.0.1:8000/demo/")
    return json.loads(file.read_text(encoding="utf8"))


def test_it_makes_a_confirmed_company_whose_agents_can_sign_in(file):
    facts = make_demo(file)
    company = Company.objects.get(company_id=facts["company_id"])
    assert company.is_confirmed
    assert list(facts["agents"]) == ["alice", "bob", "carol"]
    with company.entered():
        for agent_id, password in facts["agents"].items():
            assert Agent.objects.get(agent_id=agent_id).check_password(password)


def test_run_again_it_changes_only_where_to_look(file):
    first, again = make_demo(file), make_demo(file, url="http://localhost:9000/")
    assert again == first | {"url": "http://localhost:9000/"}
    assert Company.objects.filter(name="Acme").count() == 2  # the cast's, and this one


def test_once_the_company_is_gone_it_makes_another(file):
    first = make_demo(file)
    file.write_text(json.dumps(first | {"company_id": 10_000_000}), encoding="utf8")
    again = make_demo(file)
    assert again["company_id"] not in {10_000_000, first["company_id"]}


def test_only_its_owner_may_read_the_passwords(file):
    make_demo(file)
    assert file.stat().st_mode & 0o077 == 0

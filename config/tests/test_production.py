"""The processes that docker-compose.yml describes, behind the real proxy, with production's settings."""

import asyncio
import json
import os
import re
import time

import pytest
from websockets.asyncio.client import connect

from config.tests import production as stack
from config.tests.production import ask

pytestmark = pytest.mark.timeout(150)

COMPANY = """
from accounts.services import sign_up
company, _ = sign_up.open_company(company_name="Acme", name="Alice", agent_id="alice", email="alice@acme.example",
    password="never-guessed-42", language="en", time_zone="UTC", origin="https://localhost")
print(json.dumps(company.company_id))
"""


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    with stack.running(tmp_path_factory.mktemp("production")) as running:
        yield running


@pytest.fixture(scope="module")
def company_id(production):
    return production.python(COMPANY)


def direct(production, name, path, **headers):
    return ask(f"http://127.0.0.1:{production.ports[name]}{path}", **headers)


def lines(production, name):
    return [json.loads(line) for line in production.log(name).splitlines() if line.startswith("{")]


def test_pages_come_from_web(production):
    status, text, headers = ask(f"{production.url}/sign-in/")
    assert (status, "<form" in text) == (200, True)
    told = [line for line in lines(production, "web") if line.get("request") == headers["X-Request-Id"]]
    assert told[0]["message"] == "sign-in/"
    assert "Strict-Transport-Security" in headers


def test_static_files_come_with_a_long_life(production):
    _, page, _ = ask(f"{production.url}/sign-in/")
    path = re.search(r'"(/static/assets/[^"]+\.css)"', page)[1]
    status, _, headers = ask(production.url + path)
    assert status == 200
    assert "immutable" in headers["Cache-Control"]


async def test_sockets_come_from_live(production, company_id):
    before = [connections(production, name) for name in ("live-1", "live-2")]
    address = f"{production.url.replace('https', 'wss')}/live/c/{company_id}/visitor"
    opening = {"type": "session.open", "ref": 1, "page": {"url": "https://acme.example/"}}
    async with connect(address, ssl=stack.any_certificate(), origin="https://acme.example") as wire:
        await wire.send(json.dumps(opening))
        assert json.loads(await wire.recv())["type"] == "session.opened"
        after = await asyncio.to_thread(
            lambda: [connections(production, name) for name in ("live-1", "live-2")]
        )
    assert sum(after) == sum(before) + 1


def connections(production, name):
    _, text, _ = direct(production, name, "/metrics", Authorization=f"Bearer {token()}")
    found = re.findall(r"^parley_connections\{[^}]*\} (\S+)", text, re.M)
    return sum(map(float, found))


def token():
    return stack.SECRETS["PARLEY_METRICS_TOKEN"]


@pytest.mark.parametrize("name", stack.SERVERS)
def test_each_server_lives_and_is_ready(name, production):
    assert direct(production, name, "/healthz")[:2] == (200, '{"status": "ok"}\n')
    assert direct(production, name, "/readyz")[0] == 200


@pytest.mark.parametrize("name", stack.SERVERS)
def test_metrics_are_for_those_who_have_the_token(name, production):
    assert direct(production, name, "/metrics")[0] == 404
    assert direct(production, name, "/metrics", Authorization="Bearer wrong")[0] == 404
    assert direct(production, name, "/metrics", Authorization=f"Bearer {token()}")[0] == 200
    assert ask(f"{production.url}/metrics", Authorization=f"Bearer {token()}")[0] == 404


def test_web_tells_of_what_stands_in_the_stores(production, company_id):
    _, text, _ = direct(production, "web", "/metrics", Authorization=f"Bearer {token()}")
    for name in ("alarm_lag_seconds", "deliveries_pending", "tasks_waiting", "database_pool_connections"):
        assert re.search(rf"^parley_{name} \d", text, re.M), name


def test_live_tells_how_long_an_event_takes(production):
    time.sleep(1.2)
    _, text, _ = direct(production, "live-1", "/metrics", Authorization=f"Bearer {token()}")
    assert float(re.search(r"^parley_fan_out_seconds_count (\S+)", text, re.M)[1]) > 0


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_worker_and_beat_give_signs_of_life(name, production):
    command = production.services[name]["healthcheck"]["test"][1:]
    assert command[:3] == ["python", "-m", "config.alive"]
    until = time.monotonic() + 20
    while os.spawnve(os.P_WAIT, stack.PROGRAMS["python"], command, production.environment(name)):
        assert time.monotonic() < until
        time.sleep(0.5)


def test_nobody_makes_up_an_address(production):
    """Guesses at a password are counted by address: who could choose one would have as many as they like."""
    _, _, headers = ask(
        f"{production.url}/sign-in/", X_Forwarded_For="198.51.100.7", X_Request_ID="made-up-id"
    )
    assert headers["X-Request-Id"] != "made-up-id"


def test_a_missing_secret_starts_nothing(production):
    environment = production.environment("web")
    del environment["PARLEY_SECRET_KEY"]
    for module in ("config.web", "config.live"):
        done = stack.subprocess.run(
            [stack.sys.executable, "-m", module], env=environment, capture_output=True, text=True, timeout=30
        )
        assert done.returncode != 0
        assert "PARLEY_SECRET_KEY must be set in production." in done.stdout + done.stderr

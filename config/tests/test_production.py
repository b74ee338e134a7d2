"""The processes that docker-compose.yml describes, behind the real proxy, with production's settings."""

import asyncio
import json
import re
import subprocess
import sys
import time
import uuid
from concurrent import futures

import pytest
from websockets.asyncio.client import connect
from websockets.typing import Origin

from config.tests import production as stack
from config.tests import talkers
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
    path = re.findall(r'"(/static/assets/[^"]+\.css)"', page)[0]
    status, _, headers = ask(production.url + path)
    assert status == 200
    assert "immutable" in headers["Cache-Control"]


CUT = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
        " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()")
    print(cursor.fetchone()[0])
"""


def test_pages_do_not_notice_that_the_database_was_away(production, company_id):
    """Each thread keeps a connection of its own, which may be cut while nobody asks."""
    path = f"/c/{company_id}/workspace/"
    with futures.ThreadPoolExecutor(16) as many:
        for cut in (False, True):
            if cut:
                assert production.python(CUT) > 0
            answers = many.map(lambda _: ask(production.url + path)[0], range(64))
            assert set(answers) == {302}


async def test_sockets_come_from_live(production, company_id):
    before = [connections(production, name) for name in ("live-1", "live-2")]
    address = f"{production.url.replace('https', 'wss')}/live/c/{company_id}/visitor"
    opening = {"type": "session.open", "ref": 1, "page": {"url": "https://acme.example/"}}
    async with connect(address, ssl=stack.any_certificate(), origin=Origin("https://acme.example")) as wire:
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
    for name in ("alarm_lag_seconds", "deliveries_pending", "tasks_waiting", "delivery_oldest_seconds"):
        assert re.search(rf"^parley_{name} \d", text, re.M), name


def test_live_tells_how_long_an_event_takes(production):
    until = time.monotonic() + 20
    while not measured(production):
        assert time.monotonic() < until
        time.sleep(0.2)


def measured(production):
    _, text, _ = direct(production, "live-1", "/metrics", Authorization=f"Bearer {token()}")
    return float(re.findall(r"^parley_fan_out_seconds_count (\S+)", text, re.M)[0])


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_worker_and_beat_give_signs_of_life(name, production):
    command = production.services[name]["healthcheck"]["test"][1:]
    assert command[:3] == ["python", "-m", "config.alive"]
    until = time.monotonic() + 20
    while check(command, production.environment(name)):
        assert time.monotonic() < until
        time.sleep(0.5)


def check(command, environment):
    return subprocess.run([sys.executable, *command[1:]], env=environment, check=False).returncode


def test_the_proxy_names_requests_not_the_browser(production):
    _, _, headers = ask(f"{production.url}/sign-in/", X_Request_ID="made-up-id")
    assert headers["X-Request-Id"] != "made-up-id"


def test_a_missing_secret_starts_nothing(production):
    environment = production.environment("web")
    del environment["PARLEY_SECRET_KEY"]
    for module in ("config.web", "config.live"):
        done = subprocess.run(
            [sys.executable, "-m", module], env=environment, capture_output=True, text=True, timeout=30
        )
        assert done.returncode != 0
        assert "PARLEY_SECRET_KEY must be set in production." in done.stdout + done.stderr


MARKER = "Zwetschgenkuchen"


def test_what_people_write_is_in_no_log(production, company_id):
    """Words, names, addresses and tokens, in what goes well and in what fails."""
    asyncio.run(say_everything(production, company_id))
    typed = f"agent_id={MARKER}&password={MARKER}&company_id={company_id}&email={MARKER}@example.com".encode()
    ask(f"{production.url}/sign-in/", typed)
    ask(f"{production.url}/{MARKER}/?token={MARKER}", Cookie=f"parley_public={MARKER}", Authorization=MARKER)
    production.python(FAILING)
    production.end("web")
    assert ask(f"{production.url}/{MARKER}/?token={MARKER}", Cookie=f"parley_public={MARKER}")[0] == 502
    production.start("web")
    production.wait_for(f"http://127.0.0.1:{production.ports['web']}/readyz")
    folders = (production.folder, production.folder / "data" / "logs")
    logs = {log.name: log.read_text(errors="replace") for folder in folders for log in folder.glob("*.log")}
    assert "502" in logs["proxy.log"]
    assert {"web.log", "live-1.log", "live-2.log", "worker.log", "beat.log", "postgres.log"} <= logs.keys()
    assert [name for name, text in logs.items() if MARKER in text] == []
    # It was tried: a task of the worker did fail.
    assert '"task":' in logs["worker.log"]


#: A mail that can't be sent, and one whose task breaks.
FAILING = f"""
from companies.models import Company
from companies.services import deliveries
company = Company.objects.first()
for key in ("one", "two"):
    deliveries.post_mail(company, key=key, to="{MARKER}@example.com", subject="{MARKER}", text="{MARKER}")
print(1)
"""


async def say_everything(production, company_id):
    address = f"{production.url.replace('https', 'wss')}/live/c/{company_id}/visitor"
    page = {"url": f"https://acme.example/{MARKER}", "title": MARKER}
    frames: list[dict[str, object]] = [
        {"type": "session.open", "page": page},
        {"type": "conversation.request", "client_id": str(uuid.uuid4()), "text": MARKER, "page": page},
        {"type": "conversation.request", "client_id": MARKER, "text": MARKER + "\0", "page": page},
        {"type": "message.send", "conversation_id": 1, "client_id": str(uuid.uuid4()), "text": MARKER},
        {"type": MARKER},
        {"type": "offline_message.leave", "client_id": str(uuid.uuid4()), "text": MARKER, "name": MARKER,
         "email": f"{MARKER}@example.com", "page": page},
    ]  # fmt: skip
    async with connect(address, ssl=stack.any_certificate(), origin=Origin("https://acme.example")) as wire:
        for ref, frame in enumerate(frames, 1):
            await wire.send(json.dumps({**frame, "ref": ref}))
        await asyncio.sleep(1)


PAIRS = 25
#: Nobody signs in with a password here, and hashing so many takes long.
AGENTS = f"""
from accounts import sessions
from accounts.models import Agent, Role
from companies.models import Company
company = Company.objects.get(company_id=%d)
with company.entered():
    role = Role.objects.get(kind=Role.Kind.AGENT)
    made = Agent.objects.bulk_create(
        Agent(agent_id=f"bob-{{n}}", name="Bob", password="!", role=role) for n in range({PAIRS}))
    print(json.dumps([sessions.begin(company, agent, remembered=False).session_key for agent in made]))
"""


@pytest.mark.timeout(180)
async def test_a_rolling_restart_of_live_drops_nothing(production, company_id):
    keys = await asyncio.to_thread(production.python, AGENTS % company_id)
    pairs = [pair(production, company_id, number, key) for number, key in enumerate(keys)]
    everybody = [talker for both in pairs for talker in both]
    running = [asyncio.create_task(talker.run()) for talker in everybody]
    try:
        await asyncio.gather(*(begin(*both) for both in pairs))
        for talker in everybody:
            talker.longest_away = 0.0
        talking = asyncio.create_task(talk(everybody))
        slowest = [0.0]
        running.append(asyncio.create_task(measure_machine(production, slowest)))
        moved = [await restarted(production, name) for name in ("live-1", "live-2")]
        talking.cancel()
        await all_acknowledged(everybody)
        await asyncio.gather(*(both_up_to_date(*both) for both in pairs))
    finally:
        for task in running:
            task.cancel()
    assert sum(moved) >= 2 * PAIRS
    assert {code for talker in everybody for code in talker.codes} <= {talkers.RESTARTING, 1000, 1005, 1006}
    for visitor, agent in pairs:
        assert visitor.log == agent.log
        for talker in (visitor, agent):
            mine = [text for text in talker.texts() if text.startswith(f"{talker.name} ")]
            assert mine == [f"{talker.name} {number}" for number in range(talker.sent)]
            assert talker.sent > 10
    # On a machine that is busy with other things, coming back takes as many requests as ever, each of them longer.
    assert max(talker.longest_away for talker in everybody) < 2 + 3 * slowest[0]


def pair(production, company_id, number, key):
    live = f"{production.url.replace('https', 'wss')}/live/c/{company_id}"
    page = {"url": "https://acme.example/", "title": "Acme"}
    path, cookie = f"/c/{company_id}/socket-token/", f"parley_session={key}"

    async def visitors():
        return {"token": visitor.greeting.get("token", ""), "page": page}

    async def agents():
        _, text, _ = await asyncio.to_thread(ask, production.url + path, Cookie=cookie)
        return {"token": json.loads(text)["token"]}

    visitor = talkers.Talker(f"{live}/visitor", f"visitor-{number}", visitors)
    return visitor, talkers.Talker(f"{live}/agent", f"agent-{number}", agents)


async def begin(visitor, agent):
    await asyncio.gather(visitor.is_open.wait(), agent.is_open.wait())
    page = {"url": "https://acme.example/", "title": "Acme"}
    asked = await visitor.ask("conversation.request", client_id=str(uuid.uuid4()), text="Hello", page=page)
    visitor.conversation_id = agent.conversation_id = asked["result"]["conversation"]["id"]
    await agent.ask("conversation.accept", conversation_id=agent.conversation_id)
    await asyncio.gather(visitor._follow(), agent._follow())


async def measure_machine(production, slowest):
    """How long the simplest request takes at worst."""
    while True:
        began = time.monotonic()
        await asyncio.to_thread(ask, f"{production.url}/healthz")
        slowest[0] = max(slowest[0], time.monotonic() - began)
        await asyncio.sleep(0.1)


async def talk(everybody):
    while True:
        for talker in everybody:
            await talker.write()
        await asyncio.sleep(0.5)


async def restarted(production, name):
    """How many sockets it had; it ends by itself and is started again."""
    before = await asyncio.to_thread(connections, production, name)
    await asyncio.to_thread(production.end, name)
    production.start(name)
    await asyncio.to_thread(production.wait_for, f"http://127.0.0.1:{production.ports[name]}/readyz")
    # The proxy asks each second.
    await asyncio.sleep(2)
    return before


async def all_acknowledged(everybody):
    until = time.monotonic() + 15
    while waiting := [talker.name for talker in everybody if talker.outbox]:
        assert time.monotonic() < until, waiting
        await asyncio.sleep(0.1)


async def both_up_to_date(visitor, agent):
    for talker in (visitor, agent):
        last = talker.log[-1]["number"]
        found = await talker.ask("conversation.follow", conversation_id=talker.conversation_id, after=last)
        talker._caught_up(found)

"""Two real servers, as behind a proxy that sends each request anywhere, and one of them is killed."""

import asyncio
import json
import re
import urllib.error
import urllib.request

import pytest

from chat.tests.server import running


def ask(server, path, **said):
    """One request; returns status and text."""
    address = f"http://127.0.0.1:{server.port}{path}"
    request = urllib.request.Request(address, json.dumps(said).encode(), method="POST")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


@pytest.fixture
async def path(committed):
    return f"/live/c/{committed.acme.company_id}/visitor"


async def test_a_session_is_reached_through_any_process_until_its_own_dies(server, path):
    opening = {"type": "session.open", "ref": 1, "page": {"url": "https://acme.example/"}}
    heartbeat = {"type": "heartbeat", "ref": 2}
    with running() as other:
        _, text = await asyncio.to_thread(ask, other, f"{path}/poll")
        session = re.findall(r"^event: session\ndata: (\S+)\n\n$", text)[0]
        said = {"session": session, "frames": [opening, heartbeat]}
        assert await asyncio.to_thread(ask, server, f"{path}/frames", **said) == (204, "")
        frames: list[dict[str, object]] = []
        while len(frames) < 2:
            _, text = await asyncio.to_thread(ask, server, f"{path}/poll", session=session, heard=len(frames))
            frames += [json.loads(data) for data in re.findall(r"^data: (\{.*)$", text, re.MULTILINE)]
        assert {frame["ref"]: frame["type"] for frame in frames} == {1: "session.opened", 2: "refused"}
        other.process.kill()
        other.process.wait(5)
    for deed in ("frames", "poll", "stream", "close"):
        assert await asyncio.to_thread(ask, server, f"{path}/{deed}", **said) == (410, "")

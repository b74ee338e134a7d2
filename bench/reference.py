"""The design to compare with (naive/), set up like ours."""

import asyncio
import json
import os
import subprocess
import sys

from channels_redis.core import RedisChannelLayer  # type: ignore[import-untyped]

from bench import beacon, cores, layout, plan
from bench.design import BROWSER, Design, Slow
from bench.naive import prepare

SERVE = [
    *("-m", "uvicorn", "bench.naive.asgi:application", "--host", "127.0.0.1", "--port", "{port}"),
    # The faster of uvicorn's WebSocket implementations; it is not uvicorn's default yet.
    *("--ws", "websockets-sansio", "--log-level", "warning", "--no-access-log"),
]


class Reference(Design):
    name = "reference"

    def start(self) -> None:
        environment = {"DJANGO_SETTINGS_MODULE": "bench.naive.settings"}
        with cores.pinned(cores.SERVERS):
            subprocess.run(
                [sys.executable, "-m", "bench.naive.prepare"],
                env=os.environ | self.stack.environment | environment,
                check=True,
            )
        for _ in range(layout.PROCESSES):
            self.stack.start_server(SERVE, environment)

    def talk(self, conversations: int) -> list[plan.Socket]:
        # Its JSON is read and written by the same generator, so its frames have the same fields.
        message = f'{{"type":"message.send","ref":@ref@,"client_id":"@uuid@","text":"{plan.text()}"}}'
        sockets = []
        for number in range(1, conversations + 1):
            sockets.append(plan.Socket(self.agents, f"/conversation/{number}/agent/"))
            sockets.append(plan.Socket(self.visitors, f"/conversation/{number}/visitor/", message=message))
        return sockets

    def slow(self) -> list[Slow]:
        command = json.dumps({"type": "status.set", "ref": 1, "status": "away"})
        return [
            Slow(
                plan.Socket(port, f"/status/{agent_id}/"),
                command,
                "SELECT 1 FROM naive_agent WHERE id = %(agent)s FOR UPDATE",
                {"agent": agent_id},
            )
            for agent_id, port in enumerate(self.stack.ports, start=1)
        ]

    def browsers(self, count: int) -> list[plan.Socket]:
        return [plan.Socket(self.visitors, f"/board/{number}/") for number in range(1, count + 1)]

    def newcomers(self, count: int) -> list[plan.Socket]:
        opening = plan.Opening('{"type":"session.open","ref":1}', "session.opened")
        headers = (*BROWSER, f"Cookie: sessionid={prepare.SESSION}; language=en; consent=yes")
        return [plan.Socket(self.visitors, "/greet/", (opening,), headers=headers)] * count

    def beacon(self) -> beacon.Beacon:
        return beacon.Beacon(self.visitors, "/page-view/")

    def watchers(self, count: int) -> list[plan.Socket]:
        return [plan.Socket(self.agents, "/board/")] * count

    def colleagues(self, count: int) -> list[plan.Socket]:
        return [plan.Socket(self.agents, "/colleagues/")] * count

    def tell_colleagues(self) -> None:
        layer = RedisChannelLayer(hosts=[{"address": self.stack.valkey.url}])
        agent = {"id": 1, "agent_id": "alice", "name": "Alice", "status": "busy"}
        asyncio.run(layer.group_send("colleagues", {"type": "agent.changed", "agent": agent}))

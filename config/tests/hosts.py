"""Hosts of their own on this machine: network namespaces, each with one cable to where the stores are."""

import asyncio
import contextlib
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings

from chat import runtime

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30
PORT = 8000


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, timeout=10)


def why_not() -> str:
    """Why there can be no such hosts here; empty where there can."""
    if shutil.which("ip") is None:
        return "there is no `ip` program (iproute2) here"
    name = f"parley-{os.getpid()}-try"
    try:
        ip("netns", "add", name)
        ip("netns", "exec", name, "ip", "link", "set", "lo", "up")
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return "this machine forbids network namespaces"
    finally:
        subprocess.run(["ip", "netns", "delete", name], capture_output=True, timeout=10, check=False)
    return ""


class Host:
    """One machine with a process of sockets; its cable can be pulled and put back."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.name = f"parley-{os.getpid()}-{number}"
        self.cable = f"pl{os.getpid() % 100_000}-{number}"
        #: Addresses of the two ends of the cable: here, where the stores are, and there.
        self.here, self.there = f"10.213.{number}.1", f"10.213.{number}.2"
        self.process: subprocess.Popen[bytes] | None = None
        self._stores: list[asyncio.Server] = []

    async def begin(self) -> None:
        await asyncio.to_thread(self._lay_cable)
        address = settings.REDIS_URL.removeprefix("unix://").partition("?")[0]
        valkey = await self._forward(address)
        database = urlsplit(runtime._dsn())
        where = {name: values[0] for name, values in parse_qs(database.query).items()}
        postgres = await self._forward(f"{where['host']}/.s.PGSQL.{where.get('port', '5432')}")
        self._start(
            f"postgresql://{database.netloc.partition('@')[0]}@{self.here}:{postgres}{database.path}",
            f"redis://{self.here}:{valkey}/0",
        )
        await asyncio.to_thread(self._wait)

    async def end(self) -> None:
        if self.process is not None:
            self.process.kill()
            await asyncio.to_thread(self.process.wait, 10)
        for store in self._stores:
            store.close()
        await asyncio.to_thread(
            subprocess.run, ["ip", "netns", "delete", self.name], capture_output=True, timeout=10
        )

    async def pull_cable(self) -> None:
        """Nothing comes through, and nobody is told."""
        await asyncio.to_thread(ip, "link", "set", self.cable, "down")

    async def put_cable_back(self) -> None:
        await asyncio.to_thread(ip, "link", "set", self.cable, "up")

    def url(self, company_id: int, role: str) -> str:
        return f"ws://{self.there}:{PORT}/live/c/{company_id}/{role}"

    def _lay_cable(self) -> None:
        ip("netns", "add", self.name)
        ip("link", "add", self.cable, "type", "veth", "peer", "name", "eth0", "netns", self.name)
        ip("address", "add", f"{self.here}/30", "dev", self.cable)
        ip("link", "set", self.cable, "up")
        inside = ["netns", "exec", self.name, "ip"]
        ip(*inside, "address", "add", f"{self.there}/30", "dev", "eth0")
        ip(*inside, "link", "set", "eth0", "up")
        ip(*inside, "link", "set", "lo", "up")

    async def _forward(self, path: str) -> int:
        """A port at the cable's near end for a store that listens at a path only."""

        async def onward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with contextlib.suppress(OSError):
                back, forth = await asyncio.open_unix_connection(path)
                await asyncio.gather(_pour(reader, forth), _pour(back, writer))

        server = await asyncio.start_server(onward, self.here, 0)
        self._stores.append(server)
        return int(server.sockets[0].getsockname()[1])

    def _start(self, database_url: str, redis_url: str) -> None:
        environment = {
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "HOST": self.there,
            "PORT": str(PORT),
        }
        command = ["ip", "netns", "exec", self.name, sys.executable, "-m", "config.live"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment)

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with (
                contextlib.suppress(OSError),
                urllib.request.urlopen(f"http://{self.there}:{PORT}/healthz", timeout=2),
            ):
                return
            time.sleep(0.1)
        raise RuntimeError(f"Host {self.number} did not start.")


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


@contextlib.asynccontextmanager
async def running(count: int) -> AsyncIterator[list[Any]]:
    hosts = [Host(number) for number in range(1, count + 1)]
    try:
        await asyncio.gather(*(host.begin() for host in hosts))
        yield hosts
    finally:
        await asyncio.gather(*(host.end() for host in hosts))

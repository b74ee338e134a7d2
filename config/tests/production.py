"""Production as docker-compose.yml says it, where there is no Docker: the same commands, as plain processes."""

import contextlib
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from config.run import folder as data
from config.run import services as stores
from config.tests import compose
from core.embedded import processes

PATIENCE = 40
SECRETS = {
    "PARLEY_HOST": "localhost",
    "PARLEY_SECRET_KEY": "f3b1c0de97a24586" * 4,
    "POSTGRES_PASSWORD": "d41d8cd98f00b204",
    "EMAIL_HOST": "127.0.0.1",
    # Nobody listens there: mail is refused at once, and stays in the books.
    "EMAIL_PORT": "9",
    "EMAIL_USE_TLS": "no",
    "PARLEY_MAIL_FROM": "Parley <parley@localhost>",
    "PARLEY_METRICS_TOKEN": "metrics-0123456789abcdef",
    # Every process is at this address here.
    "PARLEY_SUBNET": "127.0.0.0/8",
}
SERVERS = ("web", "live-1", "live-2")
PROGRAMS = {"python": sys.executable, "caddy": str(Path(sys.executable).with_name("caddy"))}


class Production:
    """All services but the stores, each in a process of its own with a log of its own."""

    def __init__(self, folder: Path, urls: dict[str, str]) -> None:
        self.folder = folder
        self.services = compose.services(SECRETS)
        self.ports = {name: _free_port() for name in (*SERVERS, "http", "https", "proxy")}
        self.urls = urls
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def url(self) -> str:
        return f"https://localhost:{self.ports['https']}"

    def start_all(self) -> None:
        self.run("migrate")
        for name in ("web", "live-1", "live-2", "worker", "beat", "proxy"):
            self.start(name)
        for name in SERVERS:
            self.wait_for(f"http://127.0.0.1:{self.ports[name]}/readyz")
        self.wait_for(f"{self.url}/healthz")

    def run(self, name: str) -> None:
        self.start(name)
        code = self.running.pop(name).wait(PATIENCE)
        if code:
            raise AssertionError(f"{name} ended with {code}:\n{self.log(name)}")

    def start(self, name: str) -> None:
        command = [str(word) for word in self.services[name]["command"]]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [PROGRAMS[command[0]], *map(self._path, command[1:])],
                cwd=compose.ROOT,
                env=self.environment(name),
                stdout=log,
                stderr=log,
                preexec_fn=processes.die_with_parent(signal.SIGKILL),
            )

    def environment(self, name: str) -> dict[str, str]:
        """What the file gives the service, with addresses that hold here. Nothing of ours besides."""
        given = {key: str(value) for key, value in self.services[name].get("environment", {}).items()}
        home = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "TMPDIR": str(self._own(name))}
        if name == "proxy":
            lives = " ".join(f"127.0.0.1:{self.ports[live]}" for live in SERVERS[1:])
            return (
                home
                | given
                | {
                    "PARLEY_SITE": self.url,
                    "PARLEY_WEB": f"127.0.0.1:{self.ports['web']}",
                    "PARLEY_LIVE": lives,
                    "PARLEY_HTTP_PORT": str(self.ports["http"]),
                    "PARLEY_HTTPS_PORT": str(self.ports["https"]),
                    "PARLEY_PROXY_PORT": str(self.ports["proxy"]),
                }
            )
        # As the Dockerfile sets them for every process.
        image = {"DJANGO_SETTINGS_MODULE": "config.settings.production", "PYTHONUNBUFFERED": "1"}
        place = {"HOST": "127.0.0.1", "PORT": str(self.ports.get(name, 0)), "PARLEY_URL": self.url}
        quick = {"PARLEY_MOVE_NOTICE": "3", "PARLEY_MOVE_SECONDS": "3"}
        return home | given | image | self.urls | place | quick

    def end(self, name: str) -> int:
        """As `docker compose stop` does; the exit code."""
        process = self.running.pop(name)
        process.send_signal(signal.SIGTERM)
        return process.wait(PATIENCE)

    def stop(self) -> None:
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            processes.end_child(process, signal.SIGTERM, 10)

    def python(self, code: str) -> Any:
        """What this code prints as JSON, run as the web server is."""
        setup = "import django, json; django.setup()\n"
        done = subprocess.run(
            [sys.executable, "-c", setup + code],
            cwd=compose.ROOT,
            env=self.environment("web"),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def wait_for(self, url: str) -> None:
        until = time.monotonic() + PATIENCE
        while ask(url)[0] != 200:
            if time.monotonic() > until:
                logs = "\n".join(f"--- {name}\n{self.log(name)[-2000:]}" for name in self.running)
                raise AssertionError(f"{url} does not answer.\n{logs}")
            time.sleep(0.1)

    def _path(self, word: str) -> str:
        """Where a file that the service mounts lies here."""
        for volume in self.services["proxy"]["volumes"]:
            source, target, *_ = volume.split(":")
            if word == target:
                return str(compose.ROOT / source)
        return word.replace("/tmp/", f"{self.folder}/")  # noqa: S108

    def _own(self, name: str) -> Path:
        folder = self.folder / f"tmp-{name}"
        folder.mkdir(exist_ok=True)
        return folder


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Production]:
    """Everything, and nothing left of it afterwards. The stores are ours, as the tests' own."""
    # As root the database runs under another account and has to pass through.
    for part in (folder, *folder.parents):
        if part.owner() == folder.owner() and part.name.startswith(("pytest", "parley")):
            part.chmod(0o711)
    with stores._environment(data.make(folder / "data")) as environment:
        made = Production(folder, {name: environment[name] for name in ("DATABASE_URL", "REDIS_URL")})
        try:
            made.start_all()
            yield made
        finally:
            made.stop()


def any_certificate() -> ssl.SSLContext:
    """The proxy makes its own for localhost, which nobody else knows."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any) -> None:
        return None


def ask(url: str, data: bytes | None = None, **headers: str) -> tuple[int, str, dict[str, str]]:
    """Status, text, headers; redirects are not followed."""
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=any_certificate()), _Stay
    )
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with opener.open(urllib.request.Request(url, data, named), timeout=15) as answer:  # noqa: S310
            return answer.status, answer.read().decode(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace"), dict(error.headers)
    except OSError as error:
        return 0, str(error), {}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

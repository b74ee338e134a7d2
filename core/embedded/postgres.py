import os
import secrets
import shutil
import signal
import subprocess
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from core.embedded import account, binaries, processes, server
from core.embedded.errors import NotStarted

ROLE = DATABASE = "parley"
# Any other locale leaves the trigrams of Chinese empty, and a search index on them silently useless.
LOCALE = ("--locale-provider=builtin", "--locale=C.UTF-8", "--builtin-locale=C.UTF-8", "-E", "UTF8")
SETTINGS = {
    "listen_addresses": "",
    # Dropping a company's schema takes a lock on each of its tables.
    "max_locks_per_transaction": "256",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Server(server.Server):
    """A PostgreSQL of our own; its superuser's password lies beside the data."""

    name = "PostgreSQL"
    socket = ".s.PGSQL.5432"
    # Fast shutdown: connections are cut, nothing committed is lost.
    farewell = signal.SIGINT

    @property
    def cluster(self) -> Path:
        return self.home / "cluster"

    @property
    def url(self) -> str:
        return self._url(DATABASE)

    def command(self, runner: account.Account) -> list[str]:
        programs = binaries.postgres(runner, self.home)
        if not self.cluster.exists():
            self._create(runner, programs)
        settings = SETTINGS | ({} if self.durable else THROW_AWAY)
        options = [f"--{name}={value}" for name, value in settings.items()]
        return [str(programs / "postgres"), "-D", str(self.cluster), "-k", str(self.socket_folder), *options]

    def clear_the_way(self) -> None:
        """End what is left, and drop lock files whose pid is now somebody else's or a zombie's."""
        locks = [self.cluster / "postmaster.pid", self.socket_folder / f"{self.socket}.lock"]
        if any(lock.exists() for lock in locks):
            processes.end(processes.strays("postgres", self.cluster), signal.SIGQUIT)
            for lock in locks:
                lock.unlink(missing_ok=True)

    def answers(self) -> bool:
        try:
            with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
                _prepare(connection)
        except psycopg.OperationalError:
            return False
        return True

    def _create(self, runner: account.Account, programs: Path) -> None:
        making = self.home / "cluster.new"
        shutil.rmtree(making, ignore_errors=True)
        self._write_password(runner)
        command = [str(programs / "initdb"), "-D", str(making), "-U", ROLE, *LOCALE]
        command += ["--auth=scram-sha-256", f"--pwfile={self._password_file}"]
        command += [] if self.durable else ["--no-sync"]
        done = subprocess.run(command, capture_output=True, **runner.popen())
        if done.returncode:
            raise NotStarted(f"PostgreSQL could not make its data folder: {done.stderr.decode().strip()}")
        os.rename(making, self.cluster)

    def _write_password(self, runner: account.Account) -> None:
        self._password_file.touch(mode=0o600)
        self._password_file.write_text(secrets.token_urlsafe(24))
        runner.give(self._password_file)

    def _url(self, database: str) -> str:
        password = quote(self._password_file.read_text())
        return f"postgresql://{ROLE}:{password}@/{database}?host={quote(str(self.socket_folder), safe='')}"

    @property
    def _password_file(self) -> Path:
        return self.home / "password"


def _prepare(connection: psycopg.Connection) -> None:
    connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    chinese = connection.execute("SELECT cardinality(show_trgm('你好'))").fetchone()
    if not chinese or not chinese[0]:
        raise NotStarted("This PostgreSQL finds no trigrams in Chinese text: its locale must be C.UTF-8.")
    known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
    if not known:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))

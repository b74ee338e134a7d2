import os
import signal
import subprocess
import sys
from pathlib import Path

import asyncpg
import psutil
import psycopg
import pytest

from core.embedded import postgres, processes
from core.embedded.errors import NotStarted


def rows(server: postgres.Server) -> list[tuple[str]]:
    with psycopg.connect(server.url) as connection:
        return connection.execute("SELECT word FROM kept").fetchall()


def keep(server: postgres.Server, word: str) -> None:
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
        connection.execute("TRUNCATE kept")
        connection.execute("INSERT INTO kept VALUES (%s)", [word])


def kill(server: postgres.Server) -> int:
    assert server.child is not None
    server.child.kill()
    server.child.wait()
    return server.child.pid


def test_it_never_runs_as_root(database: postgres.Server) -> None:
    assert database.child is not None
    assert psutil.Process(database.child.pid).uids().effective != 0


def test_it_listens_on_no_network_address(database: postgres.Server) -> None:
    with psycopg.connect(database.url) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_chinese_text_has_trigrams(database: postgres.Server) -> None:
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        answer = connection.execute("SELECT cardinality(show_trgm('你好世界'))").fetchone()
    assert answer is not None
    assert answer[0] > 0


def test_commits_are_durable_and_locks_suffice_for_a_company(database: postgres.Server) -> None:
    with psycopg.connect(database.url) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)
        assert connection.execute("SHOW max_locks_per_transaction").fetchone() == ("256",)


def test_a_wrong_password_is_refused(database: postgres.Server) -> None:
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(database.url.replace("@", "wrong@", 1))


async def test_asyncpg_reads_the_same_address(database: postgres.Server) -> None:
    connection = await asyncpg.connect(database.url)
    assert await connection.fetchval("SELECT 1") == 1
    await connection.close()


def test_what_was_committed_is_there_after_kill_9(database: postgres.Server) -> None:
    keep(database, "before")
    kill(database)
    database.start()
    assert rows(database) == [("before",)]


def test_a_lock_file_with_the_pid_of_somebody_else_does_not_stop_it(database: postgres.Server) -> None:
    keep(database, "before")
    dead = kill(database)
    for lock in (database.cluster / "postmaster.pid", database.home / f"{database.socket}.lock"):
        lock.write_text(lock.read_text().replace(str(dead), str(os.getpid()), 1))
    database.start()
    assert rows(database) == [("before",)]


def test_a_lock_file_with_the_pid_of_a_zombie_does_not_stop_it(database: postgres.Server) -> None:
    keep(database, "before")
    assert database.child is not None
    # Killed and not reaped: it stays a zombie of ours while the next one starts.
    os.kill(database.child.pid, signal.SIGKILL)
    zombie, database.child = database.child, None
    database.start()
    assert rows(database) == [("before",)]
    zombie.wait()


def test_one_that_was_left_running_gives_way(database: postgres.Server) -> None:
    keep(database, "before")
    left, database.child = database.child, None
    assert left is not None
    database.start()
    assert left.wait(10) is not None
    assert rows(database) == [("before",)]


def test_it_stops_at_once_and_leaves_no_process(place: Path) -> None:
    server = postgres.Server(place / "brief", place / "brief.log", durable=False)
    server.start()
    server.stop()
    assert processes.strays("postgres", server.cluster) == []


def test_a_long_path_with_spaces_gets_a_short_socket(place: Path) -> None:
    server = postgres.Server(place / ("a long name " * 10).strip(), place / "long.log", durable=False)
    server.start()
    folder = server.socket_folder
    keep(server, "long")
    server.stop()
    assert folder != server.home
    assert not folder.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has folders that no other user reaches")
def test_root_may_keep_the_data_where_nobody_else_reaches(place: Path) -> None:
    private = place / "private"
    private.mkdir(mode=0o700)
    server = postgres.Server(private / "postgres", place / "private.log", durable=False)
    server.start()
    keep(server, "private")
    server.stop()
    assert private.stat().st_mode & 0o777 == 0o700


def test_a_broken_cluster_is_told_with_its_reason(place: Path) -> None:
    server = postgres.Server(place / "broken", place / "broken.log", durable=False)
    server.start()
    server.stop()
    (server.cluster / "global" / "pg_control").unlink()
    with pytest.raises(NotStarted, match="could not find the database system"):
        server.start()


def test_it_ends_when_whoever_started_it_is_killed(place: Path) -> None:
    server = postgres.Server(place / "orphan", place / "orphan.log", durable=False)
    starter = (
        "import time, pathlib, sys; from core.embedded import postgres;"
        "postgres.Server(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), False).start();"
        "print('up', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", starter, str(server.home), str(server.log)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        child.kill()
    _, alive = psutil.wait_procs(processes.strays("postgres", server.cluster), timeout=10)
    assert alive == []

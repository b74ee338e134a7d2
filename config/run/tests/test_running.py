import os
import signal
import socket
import time
from pathlib import Path

import psycopg
import pytest

from config.run.tests.conftest import Starter, alive

NAMES = {"postgres", "valkey", "live", "worker", "beat"}


def kept(data: Path, statement: str) -> list[tuple[str]]:
    password = (data / "postgres" / "password").read_text()
    with psycopg.connect(
        host=str(data / "postgres"), user="parley", password=password, dbname="parley"
    ) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_it_says_where_to_look_and_lists_its_processes(run: Starter) -> None:
    parley = run()
    parley.wait_until_ready()
    assert f"http://localhost:{run.port}/" in parley.said
    assert f"http://127.0.0.1:{run.port}/demo/" in parley.said
    assert "12345678" in parley.said
    assert "alice" in parley.said
    assert set(alive(parley.pids())) == NAMES


def test_mail_that_the_worker_prints_is_shown(run: Starter) -> None:
    parley = run()
    parley.wait_until_it_says("Subject: a letter")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it_all_and_leaves_no_process(run: Starter, number: signal.Signals) -> None:
    parley = run()
    parley.wait_until_ready()
    pids = parley.pids()
    parley.process.send_signal(number)
    assert parley.read_to_the_end() == 0
    assert alive(pids) == []
    assert not (run.data / "processes.json").exists()


def test_a_signal_during_the_start_leaves_no_process(run: Starter) -> None:
    parley = run(SAMPLE_PREPARE="import time; time.sleep(600)")
    parley.wait_until_it_says("Bringing the database up to date")
    pids = parley.pids()
    assert parley.stop() == 0
    assert set(pids) == {"postgres", "valkey"}
    assert alive(pids) == []


def test_a_process_that_is_killed_is_started_again_and_the_others_stay(run: Starter) -> None:
    parley = run()
    parley.wait_until_ready()
    for name in sorted(NAMES):
        before = parley.pids()
        os.kill(before[name], signal.SIGKILL)
        parley.wait_for_new(name, before[name])
        after = parley.pids()
        assert {other for other in NAMES if after[other] == before[other]} == NAMES - {name}
        assert set(alive(after)) == NAMES


def test_one_that_ends_again_and_again_ends_it_all_with_the_reason(run: Starter) -> None:
    parley = run(SAMPLE_BEAT="import sys; sys.exit('the clock has no hands')")
    assert parley.read_to_the_end() == 1
    assert "beat ended 5 times in a row" in parley.said
    assert "the clock has no hands" in parley.said
    assert not (run.data / "processes.json").exists()


def test_a_failing_preparation_ends_it_with_the_reason(run: Starter) -> None:
    parley = run(SAMPLE_PREPARE="import sys; sys.exit('the tables are laid wrong')")
    assert parley.read_to_the_end() == 1
    assert "the tables are laid wrong" in parley.said


def test_a_second_start_finds_the_data_and_is_quick(run: Starter) -> None:
    first = run()
    first.wait_until_ready()
    kept(run.data, "CREATE TABLE kept AS SELECT 'a word' AS word")
    first.stop()
    began = time.monotonic()
    run().wait_until_ready()
    assert time.monotonic() - began < 5
    assert kept(run.data, "SELECT word FROM kept") == [("a word",)]


def test_it_starts_again_after_kill_9_of_everything(run: Starter) -> None:
    first = run()
    first.wait_until_ready()
    kept(run.data, "CREATE TABLE kept AS SELECT 'a word' AS word")
    for pid in [first.process.pid, *first.pids().values()]:
        os.kill(pid, signal.SIGKILL)
    second = run()
    second.wait_until_ready()
    assert kept(run.data, "SELECT word FROM kept") == [("a word",)]
    assert set(alive(second.pids())) == NAMES


def test_it_starts_again_after_kill_9_of_the_supervisor_alone(run: Starter) -> None:
    first = run()
    first.wait_until_ready()
    pids = first.pids()
    first.process.kill()
    second = run()
    second.wait_until_ready()
    assert alive(pids) == []
    assert set(alive(second.pids())) == NAMES


def test_a_second_one_on_the_same_data_is_refused(run: Starter) -> None:
    first = run()
    first.wait_until_ready()
    second = run()
    assert second.read_to_the_end() == 1
    assert second.said.count("\n") == 1
    assert f"already runs with the data in {run.data} (process {first.process.pid})" in second.said
    assert set(alive(first.pids())) == NAMES


def test_a_taken_port_is_told_in_one_sentence(run: Starter) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", run.port))
        holder.listen()
        parley = run()
        assert parley.read_to_the_end() == 1
    assert parley.said.count("\n") == 1
    assert f"port {run.port} on localhost, it is taken" in parley.said


@pytest.mark.parametrize("port", ["eighty", "0", "70000"])
def test_a_port_that_is_none_is_told_in_one_sentence(run: Starter, port: str) -> None:
    parley = run(PORT=port)
    assert parley.read_to_the_end() == 1
    assert parley.said == f"PORT must be a number from 1 to 65535, not '{port}'.\n"


def test_servers_that_are_given_are_not_started(run: Starter) -> None:
    parley = run(DATABASE_URL="postgresql://elsewhere/parley", REDIS_URL="redis://elsewhere")
    parley.wait_until_ready()
    assert set(parley.pids()) == {"live", "worker", "beat"}
    assert not (run.data / "postgres").exists()


def test_the_secret_key_is_made_once_and_only_we_may_read_it(run: Starter) -> None:
    run().wait_until_ready()
    run.runs[-1].stop()
    key = (run.data / "secret-key").read_text()
    run().wait_until_ready()
    assert (run.data / "secret-key").read_text() == key
    assert len(key) > 50
    assert (run.data / "secret-key").stat().st_mode & 0o077 == 0

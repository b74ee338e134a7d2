import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

CONNECT = """
import json, os, pathlib, psycopg, redis
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    connection.execute("SELECT 1")
redis.Redis.from_url(os.environ["REDIS_URL"]).ping()
print(json.dumps({"data": os.environ["PARLEY_DATA"], "key": os.environ["PARLEY_SECRET_KEY"]}))
"""

EXECUTE = """
import os, psycopg, sys
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    connection.execute(sys.argv[1])
"""


def services(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "config.run.services", *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=50,
    )


def test_a_command_finds_both_servers_and_nothing_is_left() -> None:
    done = services("--", sys.executable, "-c", CONNECT)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["key"]
    assert not Path(said["data"]).exists()


def test_servers_given_from_outside_are_left_alone() -> None:
    done = services(
        "--", sys.executable, "-c", CONNECT, DATABASE_URL="postgresql://real", REDIS_URL="redis://real"
    )
    assert done.returncode == 0, done.stderr


def test_the_exit_code_is_the_commands() -> None:
    assert services("--", sys.executable, "-c", "raise SystemExit(7)").returncode == 7


def test_kept_data_is_there_next_time() -> None:
    with tempfile.TemporaryDirectory(prefix="parley-test-") as folder:
        Path(folder).chmod(0o711)
        command = ["--keep", f"{folder}/data", "--", sys.executable, "-c", EXECUTE]
        first = services(*command, "CREATE TABLE kept AS SELECT 1")
        second = services(*command, "SELECT * FROM kept")
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr

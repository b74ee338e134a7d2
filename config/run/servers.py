from collections.abc import Container
from pathlib import Path

from core.embedded import postgres, valkey

Server = postgres.Server | valkey.Server
VARIABLES = {"postgres": "DATABASE_URL", "valkey": "REDIS_URL"}


def missing(data: Path, given: Container[str], durable: bool = True) -> dict[str, Server]:
    """By name, the servers that nobody gave us an address of; not started yet."""
    logs = data / "logs"
    ours: dict[str, Server] = {
        "postgres": postgres.Server(data / "postgres", logs / "postgres.log", durable),
        "valkey": valkey.Server(data / "valkey", logs / "valkey.log", durable),
    }
    return {name: server for name, server in ours.items() if VARIABLES[name] not in given}

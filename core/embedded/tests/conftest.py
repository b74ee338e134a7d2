import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.embedded import postgres, valkey


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that the servers' user reaches also when the tests run as root."""
    with tempfile.TemporaryDirectory(prefix="parley-test-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


@pytest.fixture(scope="module")
def database(place: Path) -> Iterator[postgres.Server]:
    server = postgres.Server(place / "postgres", place / "postgres.log")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def broker(place: Path) -> Iterator[valkey.Server]:
    server = valkey.Server(place / "valkey", place / "valkey.log")
    server.start()
    yield server
    server.stop()

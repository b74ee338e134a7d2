from pathlib import Path

import redis

from core.embedded import processes, valkey


def client(server: valkey.Server) -> redis.Redis:
    return redis.Redis.from_url(server.url, decode_responses=True)


def test_it_listens_on_no_network_address(broker: valkey.Server) -> None:
    with client(broker) as connection:
        assert connection.config_get("port") == {"port": "0"}


def test_nobody_else_may_open_its_socket(broker: valkey.Server) -> None:
    assert broker.socket_folder.stat().st_mode & 0o077 == 0
    assert (broker.socket_folder / broker.socket).stat().st_mode & 0o077 == 0


def test_what_was_written_is_there_after_kill_9(broker: valkey.Server) -> None:
    with client(broker) as connection:
        connection.set("kept", "before")
    assert broker.child is not None
    broker.child.kill()
    broker.child.wait()
    broker.start()
    with client(broker) as connection:
        assert connection.get("kept") == "before"


def test_one_that_was_left_running_gives_way(broker: valkey.Server) -> None:
    left, broker.child = broker.child, None
    assert left is not None
    broker.start()
    assert left.wait(10) is not None
    with client(broker) as connection:
        assert connection.ping()


def test_it_stops_and_leaves_no_process(place: Path) -> None:
    server = valkey.Server(place / "brief", place / "brief.log", durable=False)
    server.start()
    server.stop()
    assert processes.strays("valkey-server", server.data) == []


def test_a_long_path_with_spaces_gets_a_short_socket(place: Path) -> None:
    server = valkey.Server(place / ("a long name " * 10).strip(), place / "long.log", durable=False)
    server.start()
    with client(server) as connection:
        assert connection.ping()
    server.stop()

"""The load generator against a small server that does right, or wrong in ways it must notice."""

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from websockets.sync.server import ServerConnection, serve

from bench import generator, plan, runs
from bench.generator import Load
from bench.plan import Opening, Socket

pytestmark = pytest.mark.timeout(240)  # compiling takes its time where it has not been done before
MESSAGE = '{"ref":@ref@,"client_id":"@uuid@","text":"%s"}'
OPENING = Opening('{"type":"hello"}', '"welcome"')
#: What a server says to its listener for the n-th message; None answers with nothing.
Deliver = Callable[[int, str], list[str]]


class Server:
    """Acknowledges what a sender says and hands it to the listener as `deliver` tells."""

    def __init__(self, deliver: Deliver) -> None:
        self.deliver = deliver
        self.names: list[str] = []
        self.listeners: dict[str, ServerConnection] = {}

    def __call__(self, socket: ServerConnection) -> None:
        assert socket.request is not None
        _, side, pair = socket.request.path.split("/")
        assert socket.recv() == OPENING.frame
        if side == "listener":
            self.listeners[pair] = socket
        socket.send('{"type": "welcome"}')
        for number, text in enumerate(socket, start=1):
            message = json.loads(text)
            self.names.append(message["client_id"])
            socket.send(json.dumps({"type": "ack", "ref": message["ref"]}))
            for delivered in self.deliver(number, message["text"]):
                self.listeners[pair].send(json.dumps({"type": "entry.created", "text": delivered}))


@pytest.fixture(scope="session")
def program(tmp_path_factory) -> Path:
    return generator.compiled(tmp_path_factory.mktemp("generator"))


@contextlib.contextmanager
def serving(server: Server) -> Iterator[int]:
    with serve(server, "127.0.0.1", 0, compression=None) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        try:
            yield running.socket.getsockname()[1]
        finally:
            running.shutdown()
            thread.join()


def run(program: Path, deliver: Deliver, pairs: int = 2, **options: float) -> tuple[Load, Server, int]:
    server, marks = Server(deliver), 0

    def mark() -> None:
        nonlocal marks
        marks += 1

    with serving(server) as port:
        sockets = [
            socket
            for pair in range(pairs)
            for socket in (
                Socket(port, f"/listener/{pair}", (OPENING,)),
                Socket(port, f"/sender/{pair}", (OPENING,), MESSAGE % plan.text()),
            )
        ]
        options = {"settle": 0.1, "warm": 0.1, "seconds": 0.5} | options
        return generator.run(program, sockets, options, mark), server, marks


def faithful(number: int, text: str) -> list[str]:
    return [text]


def test_a_closed_loop_counts_every_message(program):
    load, server, marks = run(program, faithful, window=2)
    assert runs.losses(load) == []
    assert load.all.sent > 10
    assert len(set(server.names)) == load.all.sent
    assert marks == 2
    times = load.windows[0].ack_ms
    assert times is not None
    assert 0 < times.p50 <= times.p99 <= times.max
    assert 0 < load.windows[0].processor_share < 0.9


def test_an_open_loop_keeps_its_rate(program):
    load, _, _ = run(program, faithful, rate=100, seconds=2)
    assert runs.losses(load) == []
    # Poisson: 200 expected, standard deviation 14.
    assert 130 < load.windows[0].counts.sent < 270


def test_the_same_sockets_can_be_measured_several_times(program):
    load, _, marks = run(program, faithful, rate=100, windows=3)
    assert runs.losses(load) == []
    assert len(load.windows) == 3
    assert marks == 6
    assert sum(window.counts.sent for window in load.windows) <= load.all.sent


def test_a_lost_message_is_noticed(program):
    load, _, _ = run(program, lambda number, text: [] if number == 3 else [text], pairs=1, rate=100)
    assert runs.losses(load) == [
        f"{load.all.sent - 1} of {load.all.sent} messages were delivered",
        "1 messages were delivered out of order",
    ]


def test_a_doubled_message_is_noticed(program):
    load, _, _ = run(program, lambda number, text: [text] * (2 if number == 3 else 1), pairs=1, rate=100)
    assert "1 messages were delivered out of order" in runs.losses(load)


def test_a_socket_that_nobody_answers_is_told(program, capsys):
    with serving(Server(faithful)) as free:
        pass
    sockets = [Socket(free, "/listener/0"), Socket(free, "/sender/0", message=MESSAGE % plan.text())]
    load = generator.run(program, sockets, {"rate": 10, "seconds": 0.1, "warm": 0, "settle": 0}, lambda: None)
    assert runs.losses(load) == ["2 of 2 sockets did not open"]
    assert "did not open: Connection refused" in capsys.readouterr().err


def test_a_plan_that_makes_no_sense_is_refused(program):
    with pytest.raises(generator.Failed, match="as many listeners as senders"):
        generator.run(program, [Socket(1, "/listener/0")], {"rate": 1}, lambda: None)


def test_a_program_that_is_compiled_is_not_compiled_again(program, monkeypatch):
    monkeypatch.setattr("bench.generator.subprocess.run", lambda *_, **__: pytest.fail("compiled again"))
    assert generator.compiled(program.parent) == program

"""What the sockets of a run are and what they say, written for the load generator (load/plan.h)."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

#: Length of the texts sent, beside what the generator puts in front of them.
TEXT_SIZE = 60


@dataclass(frozen=True)
class Opening:
    """A frame that a socket says first, and words in the answer that it waits for."""

    frame: str
    expected: str = ""


@dataclass(frozen=True)
class Socket:
    """One socket. With a message it is a sender, without one a listener."""

    port: int
    path: str
    openings: tuple[Opening, ...] = ()
    message: str = ""
    #: Lines of the handshake beside the usual ones; only a crowd (crowd.py) says them.
    headers: tuple[str, ...] = ()


def text() -> str:
    """A text for a message template: when it was due and its number, then padding."""
    return "@stamp@ " + "x" * TEXT_SIZE


def write(sockets: Iterable[Socket], path: Path) -> None:
    path.write_text("".join(f"{line}\n" for socket in sockets for line in _lines(socket)))


def _lines(socket: Socket) -> list[str]:
    kind = "sender" if socket.message else "listener"
    lines = [f"{kind} {socket.port} {socket.path}"]
    for opening in socket.openings:
        lines.append(f"open {opening.frame}")
        lines += [f"expect {opening.expected}"] if opening.expected else []
    return lines + ([f"message {socket.message}"] if socket.message else [])

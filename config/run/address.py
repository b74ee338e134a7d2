import errno
import socket
from collections.abc import Mapping
from dataclasses import dataclass

from config.run.errors import CannotRun

# Two names of this machine, for Parley and for the demo website: a customer's site is another origin too.
FOUR, SIX = ("localhost", "127.0.0.1"), ("localhost", "::1")
NAMES = {"localhost": FOUR, "127.0.0.1": FOUR, "0.0.0.0": FOUR, "::1": SIX, "::": SIX}  # noqa: S104


@dataclass(frozen=True)
class Address:
    """Where Parley listens, and under which names browsers find it."""

    host: str
    port: int

    @property
    def url(self) -> str:
        return self._at(self._names[0], "/")

    @property
    def demo_url(self) -> str:
        return self._at(self._names[1], "/demo/")

    @property
    def ready_url(self) -> str:
        return self._at(self._names[1], "/readyz")

    @property
    def _names(self) -> tuple[str, str]:
        return NAMES.get(self.host, (self.host, self.host))

    def _at(self, name: str, path: str) -> str:
        return f"http://{f'[{name}]' if ':' in name else name}:{self.port}{path}"


def read(environment: Mapping[str, str]) -> Address:
    port = environment.get("PORT", "") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise CannotRun(f"PORT must be a number from 1 to 65535, not {port!r}.")
    return Address(environment.get("HOST", "") or "localhost", int(port))


def check_free(address: Address) -> None:
    """Say so now when the port is taken, rather than in a log later."""
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise CannotRun(f"HOST {address.host!r} is not a name of this machine: {error.strerror}.") from error
    for family, kind, protocol, _, target in found:
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            _bind(trial, target, address)


def _bind(trial: socket.socket, target: tuple[object, ...], address: Address) -> None:
    try:
        trial.bind(target)
    except OSError as error:
        if not _is_absent(target, error):
            raise CannotRun(_why(address, error)) from error


def _is_absent(target: tuple[object, ...], error: OSError) -> bool:
    """Where a machine has no IPv6, localhost may still have that address."""
    return error.errno == errno.EADDRNOTAVAIL and target[0] == "::1"


def _why(address: Address, error: OSError) -> str:
    where = f"port {address.port} on {address.host}"
    if error.errno != errno.EADDRINUSE:
        return f"Parley can't listen on {where}: {error.strerror}."
    another = address.port + 1 if address.port < 65535 else address.port - 1
    return f"Parley can't listen on {where}, it is taken: choose another, as in PORT={another} make run"

import signal
from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked us to end."""


def listen() -> None:
    for number in ENDING:
        signal.signal(number, _stop)


def ignore() -> None:
    """From here on we are ending already; asking again changes nothing."""
    for number in ENDING:
        # Not SIG_IGN, which a child would inherit.
        signal.signal(number, lambda *_: None)


def _stop(number: int, frame: FrameType | None) -> None:
    ignore()
    raise Stopped

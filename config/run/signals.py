import signal
from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
#: Seconds after which we ask ourselves once more: Python drops what is raised while it tidies up after a fork.
AGAIN = 0.5


class Stopped(BaseException):
    """Somebody asked us to end."""


def listen() -> None:
    for number in (*ENDING, signal.SIGALRM):
        signal.signal(number, _stop)


def ignore() -> None:
    """From here on we are ending already; asking again changes nothing."""
    signal.setitimer(signal.ITIMER_REAL, 0)
    for number in (*ENDING, signal.SIGALRM):
        # Not SIG_IGN, which a child would inherit.
        signal.signal(number, lambda *_: None)


def _stop(number: int, frame: FrameType | None) -> None:
    signal.setitimer(signal.ITIMER_REAL, AGAIN)
    raise Stopped

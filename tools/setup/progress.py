import sys
import time
from pathlib import Path

LOG = Path(".venv/setup.log")
WIDTH = 78


def heading(text: str) -> None:
    print(f"* {text}", flush=True)


class Ticker:
    """Shows what goes on in one line that changes, or on a dull terminal now and then in a new one."""

    def __init__(self) -> None:
        self.lively = sys.stdout.isatty()
        self.shown = time.monotonic()

    def show(self, text: str) -> None:
        text = text.strip()[: WIDTH - 4]
        if self.lively:
            print(f"\r  {text:<{WIDTH - 4}}", end="", flush=True)
        elif time.monotonic() - self.shown > 3:
            print(f"  {text}", flush=True)
            self.shown = time.monotonic()

    def clear(self) -> None:
        if self.lively:
            print("\r" + " " * WIDTH + "\r", end="", flush=True)

"""What asks us to end is not lost, whatever Python was doing at the moment."""

import subprocess
import sys

SWALLOWED = """
import os, signal, time
from config.run import signals

signals.listen()
os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGTERM))
try:
    if os.fork() == 0:
        os._exit(0)
    time.sleep(20)
except signals.Stopped:
    signals.ignore()
    print("stopped")
"""


def test_a_signal_that_python_drops_after_a_fork_is_raised_again():
    command = [sys.executable, "-c", SWALLOWED]
    done = subprocess.run(command, capture_output=True, text=True, timeout=15, check=False)
    assert done.stdout == "stopped\n"
    assert "Exception ignored" in done.stderr

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import psutil

PR_SET_PDEATHSIG = 1


def die_with_parent(farewell: signal.Signals) -> Callable[[], None]:
    """For Popen's preexec_fn: on Linux the kernel sends `farewell` when we are gone, even by kill -9."""
    if sys.platform != "linux":
        return lambda: None
    libc, parent = ctypes.CDLL(None), os.getpid()

    def ask_the_kernel() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(farewell))
        if os.getppid() != parent:
            os._exit(1)

    return ask_the_kernel


def is_running(process: psutil.Process) -> bool:
    """A zombie is dead: in a container nobody may ever reap it."""
    return bool(process.is_running()) and process.status() != psutil.STATUS_ZOMBIE


def strays(name: str, folder: Path) -> list[psutil.Process]:
    """Processes of an earlier start that still work in `folder`; a reused pid does not fool it."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.name() == name and is_running(process) and process.cwd() == str(folder.resolve()):
                found.append(process)
        except (psutil.Error, OSError):
            continue
    return found


def end(processes: Iterable[psutil.Process], farewell: signal.Signals, patience: float = 10) -> None:
    """Ask, wait, then insist."""
    processes = list(processes)
    for process in processes:
        _send(process, farewell)
    _, stubborn = psutil.wait_procs(processes, timeout=patience)
    for process in stubborn:
        _send(process, signal.SIGKILL)
    psutil.wait_procs(stubborn, timeout=patience)


def end_child(child: subprocess.Popen[bytes], farewell: signal.Signals, patience: float = 10) -> None:
    """As `end`, for a process we started and must reap."""
    if child.poll() is not None:
        return
    child.send_signal(farewell)
    try:
        child.wait(patience)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _send(process: psutil.Process, number: signal.Signals) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process.send_signal(number)

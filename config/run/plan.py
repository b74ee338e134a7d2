"""What runs: the commands behind the names in processes.json."""

import sys
from collections.abc import Mapping
from pathlib import Path

from config.run.address import Address
from config.run.program import Program

CELERY = [sys.executable, "-m", "celery", "--quiet", "-A", "config"]
WORKER = ["worker", "--pool", "threads", "--concurrency", "4", "--without-gossip", "--without-mingle"]


def preparation(data: Path, address: Address, environment: Mapping[str, str]) -> Program:
    """What must have run to its end before anything is served."""
    facts = [str(data / "demo.json"), address.url, address.demo_url]
    command = [sys.executable, "-m", "config.run.prepare", *facts]
    return Program(command, environment, data / "logs" / "prepare.log")


def programs(data: Path, environment: Mapping[str, str]) -> dict[str, Program]:
    logs = data / "logs"
    beat = ["beat", "-s", str(data / "beat-schedule"), "-l", "warning"]
    return {
        "live": Program([sys.executable, "-m", "config.live"], environment, logs / "live.log"),
        "worker": Program([*CELERY, *WORKER, "-l", "warning"], environment, logs / "worker.log", mail(data)),
        "beat": Program([*CELERY, *beat], environment, logs / "beat.log"),
    }


def mail(data: Path) -> Path:
    """What the worker prints by itself is the mail that the console backend writes."""
    return data / "logs" / "mail.log"

"""The supervisor with small programs in place of Parley's own: python -m config.run.tests.sample."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from config.run import __main__ as command
from config.run import plan
from config.run.address import Address
from config.run.program import Program

SERVE = """
import http.server, os, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *_): pass
http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
"""
WORK = "import time; print('Subject: a letter'); time.sleep(600)"
FAIL = "import sys; sys.exit('the clock has no hands')"
PREPARE = """
import json, os, sys
print(json.dumps({"company_id": "12345678", "agents": {"alice": "secret"}}),
      file=open(os.environ["PARLEY_DATA"] + "/demo.json", "w"))
"""


def preparation(data: Path, address: Address, environment: Mapping[str, str]) -> Program:
    source = os.environ.get("SAMPLE_PREPARE", PREPARE)
    return _program(source, environment, data / "logs" / "prepare.log")


def programs(data: Path, environment: Mapping[str, str]) -> dict[str, Program]:
    logs = data / "logs"
    return {
        "live": _program(SERVE, environment, logs / "live.log"),
        "worker": _program(WORK, environment, logs / "worker.log", plan.mail(data)),
        "beat": _program(os.environ.get("SAMPLE_BEAT", WORK), environment, logs / "beat.log"),
    }


def _program(source: str, environment: Mapping[str, str], log: Path, output: Path | None = None) -> Program:
    return Program([sys.executable, "-c", source], environment, log, output)


if __name__ == "__main__":
    plan.preparation, plan.programs = preparation, programs
    sys.exit(command.main())

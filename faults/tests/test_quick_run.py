"""The shortened run: real processes, real sockets, a few faults. The whole one is `make faults`."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(150)
def test_nothing_is_lost_doubled_or_out_of_order() -> None:
    # Beside other tests a process takes longer to start again.
    command = [sys.executable, "-m", "faults", "--quick", "--seed", "7", "--within", "30"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=140, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The books are balanced." in done.stdout


def test_the_last_whole_run_was_balanced() -> None:
    results = json.loads((ROOT / "faults" / "results.json").read_text())
    assert results["passes"]
    books = results["books"]
    assert [books[name] for name in ("lost", "doubled", "out_of_order", "open")] == [0, 0, 0, 0]
    assert books["stored"] == books["acknowledged"] == books["seen_by_visitor"] > 1000
    assert books["stored"] == books["seen_by_agent"] + books.get("unanswered", 0)

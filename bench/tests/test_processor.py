import os
import subprocess
import sys
import time

from bench import processor

BUSY = "import time\nuntil = time.process_time() + 0.3\nwhile time.process_time() < until: pass"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BUSY!r}]); print('over', flush=True); input()"


def test_the_four_times_are_read_whatever_the_process_is_called():
    assert processor.ticks("7 (a) b (c) S 1 7 7 0 -1 0 0 0 0 0 10 20 300 4000 20 0 1") == 4330


def test_a_child_belongs_to_the_family():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert child.pid in processor.family(os.getpid())
        child.communicate(b"\n")
    assert child.pid not in processor.family(os.getpid())


def test_what_a_child_used_still_counts_when_it_is_gone():
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"over\n"
        assert processor.seconds([parent.pid]) >= 0.25
        parent.communicate(b"\n")


def test_a_process_that_is_gone_uses_nothing():
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    before = time.monotonic()
    assert processor.seconds([child.pid]) == 0
    assert time.monotonic() - before < 5


def test_the_whole_machine_is_busy_with_work_and_not_with_waiting(tmp_path):
    stat = tmp_path / "stat"
    stat.write_text("cpu  100 20 30 9999 8888 4 6 7777 0 0\ncpu0 1 2 3 4 5 6 7 8 9 0\n")
    assert processor.whole_machine(stat) == 160 / os.sysconf("SC_CLK_TCK")

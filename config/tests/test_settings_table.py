"""docs/running.md lists every setting, and none that nobody reads."""

import re

from config.tests import settings_read


def listed():
    text = (settings_read.ROOT / "docs/running.md").read_text(encoding="utf8")
    table = text.split("## Variables\n", 1)[1].split("\n## ", 1)[0]
    first_cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return [name for cell in first_cells for name in re.findall(r"`([A-Z_]+)`", cell)]


def test_each_is_listed_once():
    assert sorted(listed()) == sorted(set(listed()))


def test_what_is_listed_is_what_is_read():
    assert set(listed()) == settings_read.names()

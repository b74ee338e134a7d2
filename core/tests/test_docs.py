import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FILE = re.compile(r"`([\w./-]+/[\w./-]*)`")
LINK = re.compile(r"\]\((?!\w+:)([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    missing = [link for link in LINK.findall(page.read_text()) if not (page.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES[1:], ids=lambda page: str(page.relative_to(ROOT)))
def test_every_page_is_found_from_an_index(page: Path) -> None:
    index = page.parent / ("README.md" if page.parent.name == "decisions" else "index.md")
    assert page == index or page.name in LINK.findall(index.read_text())


@pytest.mark.parametrize("page", ["features.md", "glossary.md"])
def test_files_that_are_named_exist(page: str) -> None:
    named = FILE.findall((ROOT / "docs" / page).read_text())
    ours = [name for name in named if not name.startswith(("/", "services/", "models/", "views/"))]
    assert [name for name in ours if not (ROOT / name).exists()] == []

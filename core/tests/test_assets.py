import json
from pathlib import Path

import pytest
from django.template import Context, Template
from pytest_django.fixtures import Settings

from core import assets

MANIFEST = {
    "_shared.js": {"file": "assets/shared-a1.js", "name": "shared", "css": ["assets/shared-a1.css"]},
    "_deep.js": {"file": "assets/deep-b2.js", "imports": ["_shared.js"]},
    "pages/main.ts": {
        "file": "assets/pages-c3.js",
        "name": "pages",
        "isEntry": True,
        "imports": ["_deep.js", "_shared.js"],
        "css": ["assets/pages-c3.css", "assets/shared-a1.css"],
    },
    "workspace/main.tsx": {
        "file": "assets/workspace-e5.js",
        "name": "workspace",
        "isEntry": True,
        "imports": ["_shared.js"],
        "css": ["assets/shared-a1.css"],
    },
}


@pytest.fixture
def dist(tmp_path: Path, settings: Settings) -> Path:
    settings.FRONTEND_DIST = tmp_path
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf8")
    (tmp_path / "icons.json").write_text('{"send": "<path d=\\"M1 2\\"/>"}', encoding="utf8")
    return tmp_path


def render(text: str) -> str:
    return Template("{% load vite %}" + text).render(Context())


def test_a_part_brings_all_it_imports_once(dist: Path) -> None:
    found = assets.of("pages")
    assert found.scripts == ("assets/pages-c3.js",)
    assert found.imports == ("assets/deep-b2.js", "assets/shared-a1.js")
    assert found.styles == ("assets/shared-a1.css", "assets/pages-c3.css")


def test_two_parts_share_what_they_share(dist: Path) -> None:
    found = assets.of("pages", "workspace")
    assert found.scripts == ("assets/pages-c3.js", "assets/workspace-e5.js")
    assert found.imports == ("assets/deep-b2.js", "assets/shared-a1.js")
    assert found.styles == ("assets/shared-a1.css", "assets/pages-c3.css")


def test_chunks_that_import_each_other_are_no_trap(dist: Path) -> None:
    circle = {**MANIFEST, "_shared.js": {"file": "assets/shared-a1.js", "imports": ["_deep.js"]}}
    (dist / "manifest.json").write_text(json.dumps(circle), encoding="utf8")
    assert assets.of("pages").imports == ("assets/deep-b2.js", "assets/shared-a1.js")


def test_the_tag_writes_styles_then_scripts_and_nothing_inline(dist: Path) -> None:
    assert render('{% vite "pages" %}') == (
        '<link rel="stylesheet" href="/static/assets/shared-a1.css">'
        '<link rel="stylesheet" href="/static/assets/pages-c3.css">'
        '<link rel="modulepreload" href="/static/assets/deep-b2.js">'
        '<link rel="modulepreload" href="/static/assets/shared-a1.js">'
        '<script type="module" src="/static/assets/pages-c3.js"></script>'
    )


def test_an_icon_is_drawn_in_place_and_hidden_from_screen_readers(dist: Path) -> None:
    assert render('{% icon "send" %}') == (
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M1 2"/></svg>'
    )


def test_an_unknown_part_is_refused(dist: Path) -> None:
    with pytest.raises(LookupError, match="no part named wokspace"):
        assets.of("wokspace")


def test_a_chunk_that_is_no_entry_is_no_part(dist: Path) -> None:
    with pytest.raises(LookupError):
        assets.of("shared")


def test_an_icon_that_the_build_does_not_know_asks_for_a_build(dist: Path) -> None:
    with pytest.raises(LookupError, match="build it again"):
        assets.icon("unicorn")


def test_a_missing_build_says_how_to_make_one(tmp_path: Path, settings: Settings) -> None:
    settings.FRONTEND_DIST = tmp_path / "nowhere"
    with pytest.raises(assets.FrontEndMissing, match="make setup"):
        assets.of("pages")


def test_a_new_build_is_noticed(dist: Path) -> None:
    assets.of("pages")
    changed = json.dumps(MANIFEST).replace("pages-c3.js", "pages-d4.js")
    (dist / "manifest.json").write_text(changed, encoding="utf8")
    assert assets.of("pages").scripts == ("assets/pages-d4.js",)

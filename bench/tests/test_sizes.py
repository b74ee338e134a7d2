import gzip

import pytest

from bench import sizes
from core import assets


def test_a_file_counts_as_it_goes_over_the_line(tmp_path):
    file = tmp_path / "loader.js"
    file.write_bytes(b"let a = 1;\n" * 1000)
    assert sizes.gzipped(file) == len(gzip.compress(file.read_bytes(), 9))
    assert sizes.gzipped(file) < 200


def test_the_window_counts_all_that_it_loads_first(settings, tmp_path):
    settings.FRONTEND_DIST = tmp_path
    (tmp_path / "manifest.json").write_text(
        '{"visitor/main.tsx": {"file": "v.js", "name": "visitor", "isEntry": true,'
        ' "imports": ["_shared"], "css": ["v.css"]}, "_shared": {"file": "s.js"},'
        ' "_later": {"file": "later.js"}}'
    )
    for name in ("v.js", "v.css", "s.js", "later.js"):
        (tmp_path / name).write_bytes(name.encode() * 100)
    found = sizes.window().row
    assert found.ours == sum(sizes.gzipped(tmp_path / name) for name in ("v.js", "v.css", "s.js"))
    assert found.note == "gzip -9 of v.js, s.js, v.css"


def test_a_front_end_that_is_not_built_is_told(settings, tmp_path):
    settings.FRONTEND_DIST = tmp_path
    with pytest.raises(assets.FrontEndMissing, match="make setup"):
        sizes.loader()

import gzip

import pytest

from accounts.testing import Browser


@pytest.fixture
def dist(settings, tmp_path):
    """A build whose script we know."""
    settings.FRONTEND_DIST = tmp_path
    (tmp_path / "loader.js").write_bytes(b"(function(){})();")
    return tmp_path


def get(**headers):
    return Browser().get("/loader.js", headers=headers)


def test_it_is_a_script_that_any_website_may_load(dist):
    response = get()
    assert response.status_code == 200
    assert response.content == b"(function(){})();"
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Content-Encoding" not in response


def test_it_comes_packed_for_who_can_unpack(dist):
    response = get(accept_encoding="gzip, br")
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content) == b"(function(){})();"
    assert "Accept-Encoding" in response["Vary"]


def test_browsers_and_caches_keep_it_ten_minutes(dist):
    assert get()["Cache-Control"] == "public, max-age=600"


def test_it_sets_no_cookie_and_depends_on_none(dist):
    response = get(accept_language="zh-CN")
    assert not response.cookies
    assert response["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_who_has_it_already_gets_no_second_copy(dist, encoding):
    known = get()["ETag"]
    response = get(if_none_match=known, accept_encoding=encoding)
    assert response.status_code == 304
    assert response.content == b""
    assert response["ETag"] == known
    assert response["Vary"] == "Accept-Encoding"


def test_a_new_build_is_another_script(dist):
    known = get()["ETag"]
    (dist / "loader.js").write_bytes(b"(function(){/* new */})();")
    response = get(if_none_match=known)
    assert response.status_code == 200
    assert response["ETag"] != known
    assert b"new" in response.content


def test_it_is_only_read(dist):
    assert Browser().post("/loader.js").status_code == 405
    assert Browser().head("/loader.js").content == b""


def test_without_a_build_it_says_how_to_make_one(dist):
    (dist / "loader.js").unlink()
    with pytest.raises(Exception, match="Build it with: make setup"):
        get()

import functools
import gzip
import hashlib
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from core.assets import FrontEndMissing

#: Websites carry the script's plain name, so a new version arrives within this many seconds.
_FRESH_FOR = 600


class _Script(NamedTuple):
    plain: bytes
    gzipped: bytes
    etag: str


@require_safe
def loader(request: HttpRequest) -> HttpResponseBase:
    """The script that websites carry, under a name that never changes."""
    script = _script()
    is_gzipped = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(
        script.gzipped if is_gzipped else script.plain, content_type="text/javascript; charset=utf-8"
    )
    if is_gzipped:
        response["Content-Encoding"] = "gzip"
    response["Content-Language"] = "en, zh-Hans, zh-Hant"
    response["ETag"] = script.etag
    response["Cache-Control"] = f"public, max-age={_FRESH_FOR}"
    # Websites that demand it of all they load may carry it as well.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_vary_headers(response, ["Accept-Encoding"])
    answer = get_conditional_response(request, etag=script.etag, response=response) or response
    answer.same_for_all = True  # type: ignore[attr-defined]
    return answer


def _script() -> _Script:
    path = settings.FRONTEND_DIST / "loader.js"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        raise FrontEndMissing from None


@functools.lru_cache(maxsize=1)
def _read(path: Path, changed: int) -> _Script:
    plain = path.read_bytes()
    # Weak: the same script, however it is packed.
    etag = f'W/"{hashlib.sha256(plain).hexdigest()[:16]}"'
    return _Script(plain, gzip.compress(plain, 9, mtime=0), etag)

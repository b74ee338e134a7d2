from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core import pictures

_YEAR = 31_536_000


@require_safe
def picture(request: HttpRequest, company_id: int, name: str) -> HttpResponse:
    """For whoever knows its name, visitors too. It never changes: another picture has another name."""
    content = pictures.load(name)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type=pictures.TYPE)
    response["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    response["Content-Security-Policy"] = "default-src 'none'"
    response.same_for_all = True  # type: ignore[attr-defined]
    return response

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from companies.models import Company

_FRESH_FOR = 60


@require_safe
@xframe_options_exempt
def window(request: HttpRequest, company_id: int) -> HttpResponse:
    """The chat window, in an iframe on the company's website or opened by itself. It sets no cookie."""
    return _carried(request, "widgets/window.html", company_id)


@require_safe
@xframe_options_exempt
def line(request: HttpRequest, company_id: int) -> HttpResponse:
    """An empty page that passes frames on, for websites whose own policy lets no socket through."""
    return _carried(request, "widgets/line.html", company_id)


# They lie outside /c/<company id>/: nothing of them is read from the company's schema.
window.needs_company = line.needs_company = False  # type: ignore[attr-defined]


def _carried(request: HttpRequest, template: str, company_id: int) -> HttpResponse:
    company = get_object_or_404(Company, company_id=company_id)
    response = render(request, template, {"shown": company, "sites": " ".join(company.sites)})
    response["Cache-Control"] = f"public, max-age={_FRESH_FOR}"
    response["Content-Security-Policy"] = _policy(request, company)
    # Websites that isolate themselves may show it as well.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cross-Origin-Embedder-Policy"] = "require-corp"
    return response


def _policy(request: HttpRequest, company: Company) -> str:
    socket = f"{'wss' if request.is_secure() else 'ws'}://{request.get_host()}"
    carriers = " ".join(["'self'", *company.sites]) if company.sites else "*"
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            f"connect-src 'self' {socket}",
            "base-uri 'none'",
            "form-action 'none'",
            f"frame-ancestors {carriers}",
        ]
    )

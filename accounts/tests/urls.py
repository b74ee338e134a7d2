"""The site with pages of each kind of protection."""

from django.http import HttpResponse
from django.urls import include, path

from accounts.access import requires, signed_in
from accounts.capabilities import Capability


def page(request, company_id):
    return HttpResponse("shown")


def broken(request):
    raise RuntimeError("broken")


company_pages = [
    path("for-agents/", signed_in(page)),
    path("for-monitors/", requires(Capability.MONITOR)(page)),
    path("for-monitors.json", requires(Capability.MONITOR, json=True)(page)),
]
urlpatterns = [
    path("c/<int:company_id>/test/", include(company_pages)),
    path("broken/", broken),
    path("", include("config.urls")),
]
handler400 = "accounts.views.errors.bad_request"
handler403 = "accounts.views.errors.forbidden"
handler404 = "accounts.views.errors.not_found"
handler500 = "accounts.views.errors.server_error"

"""The site map. Everything of a company lies under its number."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    # /c/<company id>/. The workspace first: each page before it in the map is compared with its address.
    path("c/<int:company_id>/", include("chat.company_urls")),
    path("c/<int:company_id>/", include("widgets.company_urls")),
    path("c/<int:company_id>/admin/", include("config.console.company_door_urls")),
    path("", include("accounts.urls")),
    path("", include("widgets.urls")),
    path("operator/", include("config.console.operator_urls")),
]

handler400 = "accounts.views.errors.bad_request"
handler403 = "accounts.views.errors.forbidden"
handler404 = "accounts.views.errors.not_found"
handler500 = "accounts.views.errors.server_error"

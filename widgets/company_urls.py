"""Below /c/<company id>/."""

from django.urls import path

from widgets.views import snippet

app_name = "widgets"
urlpatterns = [
    path("settings/snippet/", snippet.snippet, name="snippet"),
]

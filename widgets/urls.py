"""For everybody: what websites load, and the demo website."""

from django.urls import path

from widgets.views import demo, loader, window

app_name = "website"
urlpatterns = [
    path("loader.js", loader.loader, name="loader"),
    path("w/<int:company_id>/window/", window.window, name="window"),
    path("w/<int:company_id>/line/", window.line, name="line"),
    path("demo/", demo.page, {"name": "home"}, name="demo"),
    path("demo/strict/", demo.strict, name="demo-strict"),
    path("demo/<slug:name>/", demo.page, name="demo-page"),
]

"""Below /c/<company id>/help/, in the namespace of accounts/urls.py."""

from django.urls import path

from accounts.views import help as views

urlpatterns = [
    path("", views.index, name="help"),
    path("start/", views.start, name="help-start"),
    path("news/", views.news, name="help-news"),
    path("guide/<slug:slug>/", views.section, name="help-section"),
]

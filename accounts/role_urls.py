"""Roles and groups, below /c/<company id>/settings/; accounts/company_urls.py includes it."""

from django.urls import path

from accounts.views import groups, roles, seeing

urlpatterns = [
    path("roles/", roles.index, name="roles"),
    path("roles/new/", roles.add, name="role-new"),
    path("roles/stop-seeing/", seeing.stop, name="stop-seeing"),
    path("roles/<int:pk>/", roles.edit, name="role"),
    path("roles/<int:pk>/reset/", roles.reset, name="role-reset"),
    path("roles/<int:pk>/delete/", roles.delete, name="role-delete"),
    path("roles/<int:pk>/see/", seeing.start, name="role-see"),
    path("groups/", groups.index, name="groups"),
    path("groups/new/", groups.add, name="group-new"),
    path("groups/<int:pk>/", groups.edit, name="group"),
    path("groups/<int:pk>/move/", groups.move, name="group-move"),
    path("groups/<int:pk>/delete/", groups.delete, name="group-delete"),
]

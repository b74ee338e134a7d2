"""What lies behind a company's door (company_door.py), seen from /c/<company id>/. Not part of the site map itself."""

from django.urls import path

from config.console.company_site import site

urlpatterns = [path("admin/", site.urls)]

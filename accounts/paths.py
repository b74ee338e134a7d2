"""Where a person may be led, and where the installation is reached."""

import posixpath
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from companies.models import Company


def origin(request: HttpRequest) -> str:
    """The address that links in mails begin with."""
    return settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")


def is_ours(path: str, request: HttpRequest) -> bool:
    """Whether it leads to this site and to no other."""
    return path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts={request.get_host()})


def is_within(path: str, company: Company) -> bool:
    """Whether it leads to a page of this company and to nothing else, however it is written."""
    if not path.startswith("/") or not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return False
    place = posixpath.normpath(unquote(urlsplit(path).path)) + "/"
    return place.startswith(f"/c/{company.company_id}/")

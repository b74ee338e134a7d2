"""Pages for what went wrong. Each says what happened and what to do."""

import logging

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import access, languages
from companies.requests import CompanyRequest
from core.errors import Forbidden

logger = logging.getLogger(__name__)


def not_found(request: CompanyRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def forbidden(request: CompanyRequest, exception: Exception) -> HttpResponse:
    reason = str(exception) or Forbidden().message
    return render(request, "errors/403.html", {"reason": reason}, status=403)


def csrf_failure(request: CompanyRequest, reason: str = "") -> HttpResponseBase:
    """The form belongs to a session that is over: sign in again, or load the page anew."""
    if request.company is not None and not request.user.is_authenticated:
        return access.to_sign_in(request)
    return render(request, "errors/stale.html", status=403)


def bad_request(request: CompanyRequest, exception: Exception) -> HttpResponse:
    """Perhaps refused before anybody has asked whose request it is, and which language they read."""
    with translation.override(languages.of(request)):
        return render(request, "errors/400.html", status=400)


def server_error(request: CompanyRequest) -> HttpResponse:
    try:
        return render(request, "errors/500.html", status=500)
    except Exception:
        # What is broken may be what pages are made of.
        logger.exception("The page for errors could not be made.")
        sentence = _(
            "It is our fault and has been noted. Nothing that was stored is lost; try again in a moment."
        )
        return HttpResponse(sentence, status=500, content_type="text/plain; charset=utf-8")

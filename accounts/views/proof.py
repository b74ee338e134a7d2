"""Deeds that ask for the password again, unless it was typed in this session a moment ago."""

import functools
from collections.abc import Callable

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts import proofs
from accounts.access import READING, AgentRequest
from accounts.forms.fields import Form
from accounts.forms.security import ProveForm
from accounts.services import sign_in_settings, sign_ins
from core.errors import DomainError

View = Callable[..., HttpResponse]
#: On the page that asks: the method of the request that it stands in the way of.
_INSTEAD = "instead_of"
_OURS = {_INSTEAD, "username", "password", "csrfmiddlewaretoken"}


def after_password(
    is_enough: Callable[[SessionBase], bool] = proofs.is_fresh, *, back: str = "accounts:security"
) -> Callable[[View], View]:
    """The view, with a page before it that asks for the password; what was typed goes on with it."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def asking(request: AgentRequest, company_id: int, **place: int) -> HttpResponse:
            if not is_enough(request.session):
                form = ProveForm(request.POST if _INSTEAD in request.POST else None)
                if not _proves(request, form):
                    return _question(request, form, reverse(back, args=[company_id, *place.values()]))
            if request.POST.get(_INSTEAD) in READING:
                return redirect(request.path)
            return view(request, company_id, **place)

        return asking

    return decorate


def proven(
    request: AgentRequest, deed: Callable[[], HttpResponse], template: str, **facts: object
) -> HttpResponse:
    """Does it once it was confirmed, with the password."""
    typed = request.POST if request.method == "POST" else None
    if proofs.is_fresh(request.session):
        form: Form = Form(typed)
        is_confirmed = form.is_valid()
    else:
        form = ProveForm(typed)
        is_confirmed = _proves(request, form)
    return deed() if is_confirmed else render(request, template, {"form": form, **facts})


def frame_of(request: AgentRequest) -> str:
    """Whoever has to set up a second step first sees no menu of pages that would not open."""
    return "public.html" if sign_in_settings.lacks_second_step(request.user) else "settings.html"


def _proves(request: AgentRequest, form: Form) -> bool:
    if not form.is_valid():
        return False
    password, address = form.cleaned_data["password"], request.META.get("REMOTE_ADDR", "")
    try:
        sign_ins.prove(
            request.company, request.user, password=password, session=request.session, address=address
        )
    except DomainError as trouble:
        form.add_error("password", trouble.message)
        return False
    proofs.note(request.session)
    return True


def _question(request: AgentRequest, form: ProveForm, back: str) -> HttpResponse:
    facts = {
        "form": form,
        "frame": frame_of(request),
        "back": back,
        "typed": [(name, one) for name, ones in request.POST.lists() if name not in _OURS for one in ones],
        "instead_of": request.POST.get(_INSTEAD) or request.method,
    }
    return render(request, "accounts/security/prove.html", facts)

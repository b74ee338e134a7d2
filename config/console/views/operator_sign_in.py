"""In and out of the operator's console: name and password, then the second step."""

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import known_browsers, paths
from accounts import operators as known
from accounts.forms.fields import AS_TYPED, PASSWORD_AT_MOST, AgentIdField, Form
from accounts.models import Agent
from accounts.services import operators
from core.errors import DomainError


class SignInForm(Form):
    agent_id = AgentIdField(
        label=_("Operator ID"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True, **AS_TYPED}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=PASSWORD_AT_MOST,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    next = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    form = SignInForm(typed, initial={"next": request.GET.get("next", "")})
    wait: float | None = None
    if form.is_valid():
        try:
            session = _first_step(request, form.cleaned_data["agent_id"], form.cleaned_data["password"])
        except DomainError as trouble:
            form.add_error(None, trouble.message)
            wait = trouble.facts.get("seconds")
        else:
            way_in = HttpResponseRedirect(place(request, form.cleaned_data["next"]))
            known.COOKIE.set(way_in, session)
            return way_in
    response = render(request, "operator/sign_in.html", {"form": form}, status=429 if wait else 200)
    if wait:
        response["Retry-After"] = str(int(wait) + 1)
    return response


def _first_step(request: HttpRequest, agent_id: str, password: str) -> known.OperatorSession:
    return operators.sign_in(
        agent_id=agent_id,
        password=password,
        address=request.META.get("REMOTE_ADDR", ""),
        browser=known_browsers.mark(request, operators.account_name(agent_id)),
    )


class PasswordForm(Form):
    now = forms.CharField(
        label=_("Present password"),
        strip=False,
        max_length=PASSWORD_AT_MOST,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=PASSWORD_AT_MOST,
        help_text=password_validation.password_validators_help_text_html,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Their own. All other sessions of theirs end with it."""
    operator = known.of(request)
    if operator is None or not known.is_verified(request):
        return HttpResponseRedirect(reverse("operator-sign-in"))
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _changed(request, operator, form):
        response = HttpResponseRedirect(reverse("admin:index", current_app="operator"))
        return with_new_session(request, operator, response)
    return render(request, "operator/password.html", {"form": form})


def with_new_session(request: HttpRequest, operator: Agent, response: HttpResponse) -> HttpResponse:
    """Both steps done: under a key that nobody has seen before."""
    request.session.flush()
    request.session = operators.begin(operator, verified=True)
    known.COOKIE.set(response, request.session)
    known_browsers.remember(request, response, operators.account_name(operator.agent_id))
    return response


def _changed(request: HttpRequest, operator: Agent, form: PasswordForm) -> bool:
    address = request.META.get("REMOTE_ADDR", "")
    try:
        operators.change_own_password(operator, **form.cleaned_data, session=request.session, address=address)
    except ValidationError as error:
        form.add_error("password", error)
    except DomainError as trouble:
        form.add_error("now", trouble.message)
    return not form.errors


def place(request: HttpRequest, wanted: str) -> str:
    """Where somebody wanted to go, if that is within the console; the second step comes before all of it."""
    index = reverse("admin:index", current_app="operator")
    return wanted if paths.is_ours(wanted, request) and wanted.startswith(index) else index


def sign_out(request: HttpRequest) -> HttpResponse:
    operator = known.of(request)
    if operator is not None and request.method == "POST":
        operators.sign_out(operator, request.session)
    return HttpResponseRedirect(reverse("operator-sign-in"))

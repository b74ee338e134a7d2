"""Without a second step an operator sees nothing but this page: it sets one up, or asks for its code."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import operators as known
from accounts import proofs, qr
from accounts.forms.fields import Form
from accounts.models import Agent
from accounts.services import operators, two_step
from config.console.views import operator_sign_in
from core.errors import DomainError


class CodeForm(Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )

    def clean_code(self) -> str:
        return "".join(each for each in self.cleaned_data["code"] if each.isdecimal() and each.isascii())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    operator = known.of(request)
    if operator is None:
        return HttpResponseRedirect(reverse("operator-sign-in"))
    if known.is_verified(request):
        return HttpResponseRedirect(reverse("admin:index", current_app="operator"))
    form = CodeForm(request.POST if request.method == "POST" else None)
    step = _ask if two_step.is_set_up(operator) else _set_up
    return step(request, operator, form)


def _ask(request: HttpRequest, operator: Agent, form: CodeForm) -> HttpResponse:
    """The code of the app, or a recovery code."""
    if form.is_valid():
        try:
            account, address = f"operator/{operator.agent_id}", request.META.get("REMOTE_ADDR", "")
            two_step.attempt(operator, form.cleaned_data["code"], account=account, address=address)
        except DomainError as trouble:
            form.add_error("code", trouble.message)
        else:
            return _through(
                request, operator, HttpResponseRedirect(reverse("admin:index", current_app="operator"))
            )
    return render(request, "operator/second_step.html", {"form": form})


def _set_up(request: HttpRequest, operator: Agent, form: CodeForm) -> HttpResponse:
    """The first code of an app that has just learnt the secret; not long after the password."""
    proofs.begin_to_set_up(request.session)
    if not proofs.may_set_up(request.session):
        operators.sign_out(operator, request.session)
        return HttpResponseRedirect(f"{reverse('operator-sign-in')}?ended=late")
    if form.is_valid():
        try:
            codes = two_step.confirm(operator, form.cleaned_data["code"])
        except DomainError as trouble:
            form.add_error("code", trouble.message)
        else:
            shown = render(request, "operator/recovery_codes.html", {"codes": codes})
            return _through(request, operator, shown)
    secret = two_step.pending(operator) or two_step.begin(operator)
    uri = two_step.uri(operator, secret, of=request.get_host())
    facts = {"form": form, "secret": secret, "picture": qr.of(uri)}
    return render(request, "operator/set_up.html", facts)


def _through(request: HttpRequest, operator: Agent, response: HttpResponse) -> HttpResponse:
    """With a new session: the one of the first step is worth nothing any more."""
    return operator_sign_in.with_new_session(request, operator, response)

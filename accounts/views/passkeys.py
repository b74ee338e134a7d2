"""One's own passkeys."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import paths, proofs
from accounts.access import AgentRequest, signed_in
from accounts.forms.security import NewPasskeyForm, PasskeyNameForm
from accounts.services import passkeys
from accounts.views.proof import after_password, frame_of, proven
from accounts.views.security import after_setting_up
from core.errors import DomainError

#: In the session: what the new key has to sign.
_CHALLENGE = "passkey_challenge"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(even_without_second_step=True, own=True)
@after_password(proofs.may_set_up)
def add(request: AgentRequest, company_id: int) -> HttpResponse:
    """The page's script asks the browser for a key and sends what it gets with the name."""
    frame, form = frame_of(request), NewPasskeyForm(request.POST or None)
    if form.is_valid():
        try:
            codes = _add(request, form)
        except DomainError as trouble:
            form.add_error(None, trouble.message)
        else:
            messages.success(request, _("The passkey is added."))
            return after_setting_up(request, codes, frame)
    proofs.begin_to_set_up(request.session)
    challenge = request.session.setdefault(_CHALLENGE, passkeys.new_challenge())
    options = passkeys.options_to_add(
        request.user, of=request.company.name, site=_site(request), challenge=challenge
    )
    return render(
        request, "accounts/security/passkey_new.html", {"form": form, "options": options, "frame": frame}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(own=True)
def edit(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    passkey = get_object_or_404(request.user.passkeys, pk=pk)
    form = PasskeyNameForm(request.POST or None, initial={"name": passkey.name})
    if form.is_valid():
        passkeys.rename(passkey, form.cleaned_data["name"])
        messages.success(request, _("The passkey has its new name."))
        return redirect("accounts:security", company_id)
    return render(request, "accounts/security/passkey.html", {"form": form, "passkey": passkey})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(own=True)
def remove(request: AgentRequest, company_id: int, pk: int) -> HttpResponse:
    passkey = get_object_or_404(request.user.passkeys, pk=pk)

    def carry_out() -> HttpResponse:
        passkeys.remove(passkey)
        messages.success(request, _("The passkey is removed."))
        return redirect("accounts:security", company_id)

    return proven(request, carry_out, "accounts/security/passkey_remove.html", passkey=passkey)


def _add(request: AgentRequest, form: NewPasskeyForm) -> list[str]:
    """A challenge is used once, however it ends."""
    challenge = request.session.pop(_CHALLENGE, None) or passkeys.new_challenge()
    typed = form.cleaned_data
    _made, codes = passkeys.add(
        request.user, typed["credential"], name=typed["name"], site=_site(request), challenge=challenge
    )
    return codes


def _site(request: AgentRequest) -> passkeys.Site:
    return passkeys.site_at(paths.origin(request))

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import errors
from accounts.access import AgentRequest, requires, signed_in
from accounts.capabilities import Capability
from accounts.forms.own_information import OwnInformationForm
from accounts.forms.pictures import PictureForm
from accounts.services import faces, own_information
from core.errors import Forbidden

_FIELDS = ("version", "name", "email", "telephone", "language")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(own=True)
def me(request: AgentRequest, company_id: int) -> HttpResponse:
    """Everybody sees what is known of them; who may, changes it."""
    form = OwnInformationForm(request.POST or None, initial=_facts(request))
    if request.method == "POST" and not request.user.can(Capability.EDIT_SELF):
        raise PermissionDenied(Forbidden().message)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            own_information.edit(request.user, seen=typed.pop("version"), **typed)
        except errors.ChangedMeanwhile as error:
            _tell_of_the_other(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:me", company_id)
    return _page(request, form, PictureForm())


@require_POST
@requires(Capability.EDIT_SELF)
def picture(request: AgentRequest, company_id: int) -> HttpResponse:
    form = PictureForm(request.POST, request.FILES)
    if form.hand_to(partial(faces.put_on, request.user)):
        messages.success(request, _("This is your picture from now on."))
        return redirect("accounts:me", company_id)
    return _page(request, OwnInformationForm(initial=_facts(request)), form)


@require_POST
@requires(Capability.EDIT_SELF)
def no_picture(request: AgentRequest, company_id: int) -> HttpResponse:
    faces.take_off(request.user)
    messages.success(request, _("The picture is removed."))
    return redirect("accounts:me", company_id)


def _page(request: AgentRequest, form: OwnInformationForm, picture_form: PictureForm) -> HttpResponse:
    facts = {"form": form, "picture_form": picture_form, "groups": request.user.groups.in_order()}
    return render(request, "accounts/me.html", facts)


def _facts(request: AgentRequest) -> dict[str, object]:
    return {name: getattr(request.user, name) for name in _FIELDS}


def _tell_of_the_other(form: OwnInformationForm, error: errors.ChangedMeanwhile) -> None:
    """What was typed stays; having been told, one may save it."""
    assert isinstance(form.data, QueryDict)
    form.data = form.data.copy()
    form.data["version"] = str(error.facts["version"])
    form.add_error(None, error.message)

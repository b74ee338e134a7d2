from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import AgentRequest, requires
from accounts.capabilities import Capability
from accounts.forms.company_information import CompanyInformationForm
from accounts.forms.pictures import LogoForm
from companies.services import information as service


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Capability.EDIT_COMPANY)
def information(request: AgentRequest, company_id: int) -> HttpResponse:
    form = CompanyInformationForm(request.POST or None, initial=_facts(request))
    if form.is_valid():
        service.edit(request.company, **form.changes)
        messages.success(request, _("Saved. Open pages show it when they are loaded again."))
        return redirect("accounts:company", company_id)
    return _page(request, form, LogoForm())


@require_POST
@requires(Capability.EDIT_COMPANY)
def logo(request: AgentRequest, company_id: int) -> HttpResponse:
    form = LogoForm(request.POST, request.FILES)
    if form.hand_to(partial(service.put_up_logo, request.company)):
        messages.success(request, _("This is your company's logo from now on."))
        return redirect("accounts:company", company_id)
    return _page(request, CompanyInformationForm(initial=_facts(request)), form)


@require_POST
@requires(Capability.EDIT_COMPANY)
def no_logo(request: AgentRequest, company_id: int) -> HttpResponse:
    service.take_down_logo(request.company)
    messages.success(request, _("The logo is removed."))
    return redirect("accounts:company", company_id)


def _page(request: AgentRequest, form: CompanyInformationForm, logo_form: LogoForm) -> HttpResponse:
    return render(request, "accounts/company.html", {"form": form, "logo_form": logo_form})


def _facts(request: AgentRequest) -> dict[str, object]:
    return {name: getattr(request.company, name) for name in CompanyInformationForm.base_fields}

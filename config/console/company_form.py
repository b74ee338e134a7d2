from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from accounts import zones
from accounts.forms.fields import AgentIdField, LineField
from accounts.models import Agent
from accounts.models.agent import agent_id_validator
from companies.models import Company
from core.admin import RowForm


class NewCompany(RowForm):
    """As signing up, but for somebody else."""

    company_name = LineField(
        label=_("Company name"), max_length=100, widget=widgets.UnfoldAdminTextInputWidget
    )
    name = LineField(
        label=_("Name of the administrator"), max_length=60, widget=widgets.UnfoldAdminTextInputWidget
    )
    agent_id = AgentIdField(
        label=_("Agent ID"),
        max_length=30,
        validators=[agent_id_validator],
        widget=widgets.UnfoldAdminTextInputWidget,
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("Gets the mail that confirms the company."),
        widget=widgets.UnfoldAdminEmailInputWidget,
    )
    password = forms.CharField(
        label=_("First password"),
        max_length=128,
        strip=False,
        help_text=_("Hand it to the administrator: no mail carries it."),
        widget=widgets.UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"}),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, widget=widgets.UnfoldAdminSelectWidget
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=zones.choices, widget=widgets.UnfoldAdminSelectWidget
    )

    class Meta:
        model = Company
        fields: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        """The password is judged last, since it must not resemble the rest."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        person = Agent(**{name: typed.get(name, "") for name in ("agent_id", "name", "email")})
        if "password" in typed:
            try:
                password_validation.validate_password(typed["password"], person)
            except ValidationError as error:
                self.add_error("password", error)
        return typed

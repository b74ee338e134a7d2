from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import fields


class AccountForm(fields.Form):
    """By which somebody outside says who they are."""

    company_id = forms.CharField(
        label=_("Company ID"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "organization", **fields.AS_TYPED}
        ),
    )
    agent_id = fields.AgentIdField(
        label=_("Agent ID"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "username", **fields.AS_TYPED}),
    )

    def clean_company_id(self) -> str:
        return fields.plain(self.cleaned_data["company_id"])

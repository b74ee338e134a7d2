from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts import zones
from accounts.forms import fields


class CompanyInformationForm(fields.Form):
    """Each field carries what it began with, so that only what was changed is written."""

    name = fields.LineField(
        label=_("Company name"),
        max_length=100,
        help_text=_("Visitors see it at the head of the chat window."),
    )
    address = forms.CharField(
        label=_("Address"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    contact_person = fields.LineField(label=_("Contact person"), max_length=60, required=False)
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, help_text=_("The operator writes to it about your company.")
    )
    telephone = fields.LineField(
        label=_("Telephone"), max_length=30, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    website = forms.URLField(label=_("Website"), max_length=200, required=False, assume_scheme="https")
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zones.choices,
        help_text=_("Times in your records and reports are told in it."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("Mails to your company are written in it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True

    @property
    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.changed_data}

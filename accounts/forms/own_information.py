from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.forms import fields


class OwnInformationForm(fields.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    name = fields.LineField(
        label=_("Display name"),
        max_length=60,
        help_text=_("Visitors see it when you talk with them."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        help_text=_("A forgotten password is reset by a mail to it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    telephone = fields.LineField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("As the browser says")), *settings.LANGUAGES]
    )

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import fields
from companies.models import Suggestion


class SuggestionForm(fields.Form):
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            (Suggestion.Kind.SUGGESTION, _("A suggestion")),
            (Suggestion.Kind.QUESTION, _("A question")),
        ],
        initial=Suggestion.Kind.SUGGESTION,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Text"),
        max_length=4000,
        help_text=_("The operator reads it with your name and that of your company, and answers here."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

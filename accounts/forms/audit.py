import datetime
from typing import Any

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _

from accounts import audit_words
from accounts.forms import fields

#: Outside of these nothing of ours is, and not every day has a beginning that a clock can tell.
_DAYS = [
    validators.MinValueValidator(datetime.date(1970, 1, 1)),
    validators.MaxValueValidator(datetime.date(9000, 1, 1)),
]


class AuditSearchForm(fields.Form):
    """What to look for in the audit log; everything is optional."""

    q = forms.CharField(label=_("Words"), max_length=100, required=False)
    action = forms.ChoiceField(label=_("What"), required=False)
    since = forms.DateField(
        label=_("From"),
        required=False,
        validators=_DAYS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=_("Up to and including"),
        required=False,
        validators=_DAYS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["action"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", _("Everything")), *audit_words.actions()]

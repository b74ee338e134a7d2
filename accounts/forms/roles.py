from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.capabilities import Capability
from accounts.forms import fields
from accounts.models import Role


class RoleForm(fields.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    name = fields.LineField(label=pgettext_lazy("of a thing", "Name"), max_length=50)
    capabilities = forms.MultipleChoiceField(choices=Capability.choices, required=False)

    def __init__(self, *args: Any, role: Role | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if role is not None and role.kind != Role.Kind.OWN:
            # The three that every company has are called as they are.
            self.fields["name"].required = False

    @property
    def chosen(self) -> set[str]:
        """What is ticked, as typed or as it was."""
        value = self["capabilities"].value()
        return set(value or [])


class RoleDeletionForm(fields.Form):
    move_to = forms.ModelChoiceField(
        queryset=Role.objects.none(), label=_("They get this role"), required=False, empty_label=_("Choose")
    )

    def __init__(self, *args: Any, role: Role, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        move_to = self.fields["move_to"]
        assert isinstance(move_to, forms.ModelChoiceField)
        move_to.queryset = Role.objects.exclude(pk=role.pk).order_by("pk")

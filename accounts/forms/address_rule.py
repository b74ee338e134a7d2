from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import addresses
from accounts.forms import fields


class NetworkField(forms.CharField):
    """An address or network, as its canonical name."""

    default_error_messages = {
        "no_network": _("Type an address like 203.0.113.7 or a network like 203.0.113.0/24 or 2001:db8::/32.")
    }

    def clean(self, value: str) -> str:
        typed = fields.plain(super().clean(value))
        try:
            return str(addresses.network_of(typed))
        except ValueError:
            raise ValidationError(self.error_messages["no_network"], code="no_network") from None


class AddressRuleForm(fields.Form):
    network = NetworkField(
        label=_("Address or network"),
        max_length=60,
        help_text=_("IPv4 or IPv6: 203.0.113.7, 203.0.113.0/24, 2001:db8::/32."),
        widget=forms.TextInput(attrs={"autocomplete": "off", **fields.AS_TYPED}),
    )
    remark = fields.LineField(
        label=_("Remark"),
        max_length=100,
        required=False,
        help_text=_("So that colleagues know what it is: the office in Hangzhou, for example."),
    )
    #: The sessions it would end were shown.
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

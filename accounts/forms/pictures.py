from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import fields
from core import pictures


class PictureForm(fields.Form):
    """A file; what is wrong with it shows when it is read."""

    picture = forms.FileField(
        label=_("Choose a picture"),
        help_text=_("PNG, JPEG, WebP or GIF, 5 MB and 40 million pixels at most. The middle is shown."),
        widget=forms.FileInput(attrs={"accept": ",".join(pictures.TYPES)}),
    )

    @property
    def upload(self) -> bytes:
        """At most a byte more than is allowed: what is too large is not read to its end."""
        return bytes(self.cleaned_data["picture"].read(pictures.MOST_BYTES + 1))


class LogoForm(PictureForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["picture"].label = _("Choose a logo")
        self.fields["picture"].help_text = _(
            "PNG, JPEG, WebP or GIF, 5 MB and 40 million pixels at most. It is made no larger than 512 × 128."
        )

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import fields
from core import pictures
from core.errors import DomainError


class PictureForm(fields.Form):
    """A file; what is wrong with it shows when it is read."""

    picture = forms.FileField(
        label=_("Choose a picture"),
        help_text=_("PNG, JPEG, WebP or GIF, 5 MB and 40 million pixels at most. The middle is shown."),
        error_messages={"required": _("Choose a picture first.")},
        widget=forms.FileInput(attrs={"accept": ",".join(pictures.TYPES)}),
    )

    def hand_to(self, take: Callable[[bytes], object]) -> bool:
        """Whether it was taken; if not, why not stands beside the field."""
        if not self.is_valid():
            return False
        try:
            # A byte more than is allowed: what is too large is not read to its end.
            take(self.cleaned_data["picture"].read(pictures.MOST_BYTES + 1))
        except DomainError as error:
            self.add_error("picture", error.message)
        return self.is_valid()


class LogoForm(PictureForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["picture"].label = _("Choose a logo")
        self.fields["picture"].help_text = _(
            "PNG, JPEG, WebP or GIF, 5 MB and 40 million pixels at most. It is made no larger than 512 × 128."
        )

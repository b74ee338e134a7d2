from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from widgets import origins

_SITES_AT_MOST = 100


class SitesForm(forms.Form):
    sites = forms.CharField(
        label=_("Websites that may carry the chat"),
        help_text=_(
            "One address per line, such as https://www.example.com. Leave it empty to allow any website."
        ),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocapitalize": "none"}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.label_suffix = ""

    def clean_sites(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["sites"].splitlines() if line.strip()]
        if len(lines) > _SITES_AT_MOST:
            raise ValidationError(
                _("At most %(most)d websites can be listed."), params={"most": _SITES_AT_MOST}
            )
        troubles = [trouble for line in lines if (trouble := _trouble(line))]
        if troubles:
            raise ValidationError(troubles)
        return lines


def _trouble(line: str) -> str | None:
    try:
        origins.parse(line)
    except DomainError as trouble:
        return trouble.message
    return None

import msgspec
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import fields
from accounts.services import agent_imports


class UploadForm(fields.Form):
    file = forms.FileField(
        label=_("Table"),
        help_text=_("CSV or XLSX, at most 200 agents and two megabytes. It is read once and not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )


class RowsForm(fields.Form):
    """The rows of the preview, as the browser brings them back: they are judged again, so nobody need trust them."""

    rows = forms.CharField(widget=forms.HiddenInput, max_length=2_000_000)

    def clean_rows(self) -> list[dict[str, str]]:
        try:
            rows = msgspec.json.decode(self.cleaned_data["rows"], type=list[dict[str, str]])
        except msgspec.MsgspecError:
            rows = []
        if not 0 < len(rows) <= agent_imports.MOST_ROWS:
            raise ValidationError(_("The rows are not complete. Choose the file again."))
        return rows

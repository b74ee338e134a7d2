from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

_IDLE_MINUTES_AT_MOST = 240
_RETURN_SECONDS_AT_MOST = 24 * 60 * 60
_LEFT_MINUTES_AT_MOST = 24 * 60


class _Amount(forms.IntegerField):
    """A number that says its limits in one sentence, whatever is wrong with it."""

    def __init__(self, *, max_value: int, **words: Any) -> None:
        sentence = format_lazy(_("Enter a whole number from 0 to {most}."), most=f"{max_value:,}")
        errors = dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence)
        super().__init__(min_value=0, max_value=max_value, error_messages=errors, **words)


class PresenceSettingsForm(forms.Form):
    away_after_minutes = _Amount(
        label=_("Minutes until away"),
        help_text=_(
            "An agent who does nothing for this long becomes away, and is back at the first activity."
            " 0 turns it off. Each agent may choose a shorter time."
        ),
        max_value=_IDLE_MINUTES_AT_MOST,
    )
    return_after_seconds = _Amount(
        label=_("Seconds until conversations go back"),
        help_text=_(
            "When an agent’s connection is lost, their conversations go back to the line after this long, at"
            " their old place. An agent who is back in time keeps them."
        ),
        max_value=_RETURN_SECONDS_AT_MOST,
    )
    left_shown_minutes = _Amount(
        label=_("Minutes visitors who have left are shown"),
        help_text=_("How long they stay in the visitor queue after leaving the website."),
        max_value=_LEFT_MINUTES_AT_MOST,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.label_suffix = ""

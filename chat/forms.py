from django import forms
from django.utils.translation import gettext_lazy as _

_IDLE_MINUTES_AT_MOST = 240
_RETURN_SECONDS_AT_MOST = 24 * 60 * 60
_LEFT_MINUTES_AT_MOST = 24 * 60


class PresenceSettingsForm(forms.Form):
    away_after_minutes = forms.IntegerField(
        label=_("Minutes until away"),
        help_text=_(
            "An agent who does nothing for so long becomes away, and is back at the first activity."
            " 0 turns it off. Each agent may choose a shorter time."
        ),
        min_value=0,
        max_value=_IDLE_MINUTES_AT_MOST,
    )
    return_after_seconds = forms.IntegerField(
        label=_("Seconds until conversations go back"),
        help_text=_(
            "When an agent’s connection is lost, their conversations go back to the line after so long, at"
            " their old place. An agent who is back in time keeps them."
        ),
        min_value=0,
        max_value=_RETURN_SECONDS_AT_MOST,
    )
    left_shown_minutes = forms.IntegerField(
        label=_("Minutes visitors who have left are shown"),
        help_text=_("So long they stay in the visitor queue after they have left the website."),
        min_value=0,
        max_value=_LEFT_MINUTES_AT_MOST,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.label_suffix = ""

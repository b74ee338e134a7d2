"""Facts in words, in the reader's language."""

import math

from django.utils.translation import ngettext


def duration(seconds: float) -> str:
    """Seconds while one would count them, else minutes or hours; never less than it takes."""
    whole = max(1, math.ceil(seconds))
    if whole < 180:
        return ngettext("%(count)d second", "%(count)d seconds", whole) % {"count": whole}
    minutes = math.ceil(whole / 60)
    if minutes < 180:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = math.ceil(minutes / 60)
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}

"""Texts of Django's that we word ourselves: its Chinese addresses people as 你, ours as 您, or lacks them."""

from django.utils.translation import gettext_noop, ngettext_lazy

gettext_noop("Enter a valid date.")
gettext_noop("Enter a valid email address.")
gettext_noop("The password is too similar to the %(verbose_name)s.")
gettext_noop("Your password can’t be too similar to your other personal information.")
gettext_noop("Your password can’t be a commonly used password.")
gettext_noop("Your password can’t be entirely numeric.")
ngettext_lazy(
    "This password is too short. It must contain at least %d character.",
    "This password is too short. It must contain at least %d characters.",
)
ngettext_lazy(
    "Your password must contain at least %(min_length)d character.",
    "Your password must contain at least %(min_length)d characters.",
    "min_length",
)

from django.utils.translation import gettext_lazy as _

from accounts.models import Agent


class Operator(Agent):
    """An agent of the public schema, under the name that the console has for them."""

    class Meta:
        proxy = True
        verbose_name = _("operator")
        verbose_name_plural = _("operators")

from django.utils.translation import gettext_lazy as _

from accounts import first_hour
from accounts.models import Agent

STEPS = [
    first_hour.Step(
        10,
        _("Confirm your e-mail address"),
        _(
            "Open the link in the mail that came when you signed up. Without it the company closes after seven days."
        ),
        _("Send the mail again"),
        "accounts:welcome",
        lambda company: company.is_confirmed,
    ),
    first_hour.Step(
        30,
        _("Invite your first colleague"),
        _("They get a mail, choose a password and can answer visitors at once."),
        _("Add agents"),
        "accounts:agents",
        lambda company: Agent.objects.existing().count() > 1,
    ),
]

from django.utils.translation import gettext_lazy as _

from accounts import settings_area
from accounts.capabilities import Capability

PAGES = [
    settings_area.Page(
        "widgets:snippet",
        settings_area.Group.WEBSITE,
        _("Site code"),
        _("One line for your website: it puts the chat button into the corner of each page that carries it."),
        icon="code",
        capability=Capability.MANAGE_SETTINGS,
        keywords=_("snippet script embed button install"),
    ),
]

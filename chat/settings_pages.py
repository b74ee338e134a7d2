from django.utils.translation import gettext_lazy as _

from accounts import settings_area
from accounts.capabilities import Capability

PAGES = [
    settings_area.Page(
        "chat:presence",
        settings_area.Group.CONVERSATIONS,
        _("Agent status"),
        _(
            "When agents count as away or offline, what becomes of their conversations, and how long visitors who "
            "have left stay in sight."
        ),
        icon="user-pause",
        capability=Capability.MANAGE_SETTINGS,
        keywords=_("away idle offline lease return queue left"),
    ),
]

"""The pages of the settings that are about people; registered in `apps.py`."""

from django.utils.translation import gettext_lazy as _

from accounts import settings_area
from accounts.capabilities import Capability

PAGES: list[settings_area.Page] = [
    settings_area.Page(
        "accounts:plan",
        settings_area.Group.COMPANY,
        _("Plan and usage"),
        _("What your company's plan allows, how much of it is used, and what happens at each limit."),
        icon="gauge",
        capability=Capability.EDIT_COMPANY,
        keywords=_("seats limit storage retention trial billing paid balance conversations"),
    ),
    settings_area.Page(
        "accounts:audit",
        settings_area.Group.SECURITY,
        _("Audit log"),
        _("Who changed what and when: settings, agents, permissions, exports, deletions."),
        icon="history",
        capability=Capability.READ_AUDIT_LOG,
        keywords=_("audit history changes log who export"),
    ),
]

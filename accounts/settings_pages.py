"""The pages of the settings that are about people; registered in `apps.py`."""

from django.utils.translation import gettext_lazy as _

from accounts import settings_area
from accounts.capabilities import Capability

PAGES: list[settings_area.Page] = [
    settings_area.Page(
        "accounts:me",
        settings_area.Group.OWN,
        _("My information"),
        _("Your name and picture as colleagues and visitors see them, and how you can be reached."),
        icon="user",
        keywords=_("name picture avatar e-mail telephone language"),
    ),
    settings_area.Page(
        "accounts:company",
        settings_area.Group.COMPANY,
        _("Company information"),
        _("Name, logo, address, time zone and language of your company."),
        icon="building",
        capability=Capability.EDIT_COMPANY,
        keywords=_("name logo address contact telephone website time zone language"),
    ),
    settings_area.Page(
        "accounts:own-password",
        settings_area.Group.OWN,
        _("Password"),
        _("Change the password you sign in with. Wherever else you are signed in, that ends."),
        icon="key",
        keywords=_("password change sign in"),
    ),
    settings_area.Page(
        "accounts:security",
        settings_area.Group.OWN,
        _("Two-step sign-in"),
        _("A code or a passkey after the password: whoever learns your password alone stays outside."),
        icon="shield-lock",
        keywords=_("security authenticator app code passkey fingerprint key recovery 2fa totp"),
    ),
    settings_area.Page(
        "accounts:own-sessions",
        settings_area.Group.OWN,
        _("Where you are signed in"),
        _("Browsers and devices in which you are signed in, and signing out of them from here."),
        icon="devices",
        keywords=_("session device browser sign out place"),
    ),
    settings_area.Page(
        "accounts:sign-in-settings",
        settings_area.Group.SECURITY,
        _("Sign-in"),
        _("What signing in asks of all agents."),
        icon="login-2",
        capability=Capability.MANAGE_SETTINGS,
        keywords=_("two-step second step required passkey code security 2fa"),
    ),
    settings_area.Page(
        "accounts:addresses",
        settings_area.Group.SECURITY,
        _("Sign-in addresses"),
        _("From which networks agents may sign in and work. Without any, from everywhere."),
        icon="network",
        capability=Capability.MANAGE_SETTINGS,
        keywords=_("address network allow restrict firewall office"),
    ),
    settings_area.Page(
        "accounts:agents",
        settings_area.Group.PEOPLE,
        _("Agents"),
        _("Who works with Parley: add and invite, change what somebody may do, disable and delete."),
        icon="users",
        capability=Capability.MANAGE_AGENTS,
        keywords=_("agent colleague user invite add import password permission administrator seat"),
    ),
    settings_area.Page(
        "accounts:groups",
        settings_area.Group.PEOPLE,
        _("Groups"),
        _("Departments: what visitors ask through a group’s icon is taken by its members alone."),
        icon="users-group",
        capability=Capability.MANAGE_AGENTS,
        keywords=_("department team group members routing"),
    ),
    settings_area.Page(
        "accounts:roles",
        settings_area.Group.PEOPLE,
        _("Roles"),
        _("What agents may do and what not, bundled under a name; changes hold at once."),
        icon="shield-check",
        capability=Capability.MANAGE_AGENTS,
        keywords=_("permission capability rights allow role see as"),
    ),
    settings_area.Page(
        "accounts:plan",
        settings_area.Group.COMPANY,
        _("Plan and usage"),
        _("What your company’s plan allows, how much of it is used, and what happens at each limit."),
        icon="gauge",
        capability=Capability.EDIT_COMPANY,
        keywords=_("seats limit storage retention trial billing paid balance conversations"),
    ),
    settings_area.Page(
        "accounts:exports",
        settings_area.Group.COMPANY,
        _("Export"),
        _("Take data of your company along as files."),
        icon="download",
        capability=Capability.EXPORT,
        keywords=_(
            "export download file csv json excel conversations agents offline messages audit log backup"
        ),
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

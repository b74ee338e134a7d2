"""What the console adds to lists that others draw: names of actions in the audit log, a page of the settings."""

from django.utils.translation import gettext_lazy as _

from accounts.settings_area import Group, Page

ACTIONS = {
    "operator.added": _("Operator added"),
    "operator.changed": _("Operator changed"),
    "operator.disabled": _("Operator disabled"),
    "operator.enabled": _("Operator enabled"),
    "operator.entered": _("Operator began a visit"),
    "operator.left": _("Operator ended the visit"),
    "operator.password_changed": _("Operator’s password changed"),
    "operator.signed_in": _("Operator signed in"),
    "plan.added": _("Plan added"),
    "plan.changed": _("Plan changed"),
}

SETTINGS_PAGE = Page(
    "company-admin",
    Group.COMPANY,
    _("Records"),
    _("The company’s own rows as the database has them: agents, visits, conversations, audit log."),
    icon="database",
    keywords=_("admin database rows tables"),
    for_administrators=True,
)

"""How the audit log is told: a name for each action, filled in by each app, and values in words."""

import contextlib
import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.capabilities import Capability
from accounts.models import AuditEntry
from companies.models import Plan

#: The apps whose rows an entry may tell of.
_APPS = ("accounts", "chat", "widgets", "companies")

_NOTHING = "–"
_IS_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?\+\d\d:\d\d\Z").match

_actions: dict[str, str | Promise] = {}


def register(actions: Mapping[str, str | Promise]) -> None:
    _actions.update(actions)


def actions() -> list[tuple[str, str]]:
    """Every action there is, with its name, in the order of the names."""
    return sorted(((action, str(name)) for action, name in _actions.items()), key=lambda one: one[1])


def of_action(action: str) -> str:
    return str(_actions.get(action, action))


class Change(NamedTuple):
    field: str
    before: str
    after: str


def subject_of(entry: AuditEntry) -> str:
    """Whom or what it is about, by the name it had. Settings have none: they are called as the reader calls them."""
    model = _model(entry.subject_kind) if entry.action == "settings.changed" else None
    return capfirst(str(model._meta.verbose_name)) if model else entry.subject_name


def changes_of(entry: AuditEntry) -> Iterator[Change]:
    """What is different, field by field. A list is told by what was added and what was taken away."""
    for name, (before, after) in entry.changes.items():
        field = capfirst(_field_name(entry.subject_kind, name))
        if isinstance(before, list) and isinstance(after, list):
            change = Change(field, _words(set(before) - set(after)), _words(set(after) - set(before)))
        else:
            told = _plan if (entry.subject_kind, name) == ("company", "plan") else _words
            change = Change(field, told(before), told(after))
        # Of a row that is new, what was left empty is no change.
        if (change.before, change.after) != (_NOTHING, _NOTHING):
            yield change


def _field_name(kind: str, name: str) -> str:
    model, field = _model(kind), None
    with contextlib.suppress(FieldDoesNotExist):
        field = model._meta.get_field(name) if model else None
    # What a relation to many is called from the other side, it does not say.
    return str(getattr(field, "verbose_name", "") or name.replace("_", " "))


def _model(kind: str) -> type[models.Model] | None:
    """Of the first app that has one called so."""
    for app in _APPS:
        with contextlib.suppress(LookupError, ValueError):
            return apps.get_model(app, kind)
    return None


def _words(value: Any) -> str:
    if value is None or value in ("", [], set()):
        return _NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, set | list):
        return ", ".join(sorted(map(_words, value)))
    return str(Capability(value).label) if value in Capability.values else _moment(str(value))


def _plan(name: Any) -> str:
    """As the reader calls it, while there is one of that name."""
    plan = Plan.objects.filter(name=name).first() if name else None
    return str(plan) if plan else _words(name)


def _moment(words: str) -> str:
    """A time as the reader tells it, in the zone one is in; anything else as it is."""
    try:
        moment = datetime.datetime.fromisoformat(words) if _IS_MOMENT(words) else None
    except ValueError:
        return words
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT") if moment else words


register(
    {
        "address_rule.added": gettext_lazy("Sign-in address added"),
        "address_rule.all_removed": gettext_lazy("All sign-in addresses removed"),
        "address_rule.edited": gettext_lazy("Sign-in address edited"),
        "address_rule.removed": gettext_lazy("Sign-in address removed"),
        "agent.added": gettext_lazy("Agent added"),
        "agent.deleted": gettext_lazy("Agent deleted"),
        "agent.disabled": gettext_lazy("Agent disabled"),
        "agent.edited": gettext_lazy("Agent edited"),
        "agent.enabled": gettext_lazy("Agent enabled"),
        "agent.invitation_revoked": gettext_lazy("Invitation revoked"),
        "agent.invited": gettext_lazy("Agent invited"),
        "agent.joined": gettext_lazy("Invitation accepted"),
        "agent.password_changed": gettext_lazy("Password changed"),
        "agent.password_link_sent": gettext_lazy("Link for a new password sent"),
        "agent.password_reset": gettext_lazy("Temporary password given"),
        "agent.picture_changed": gettext_lazy("Picture of an agent changed"),
        "audit_log.exported": gettext_lazy("Audit log exported"),
        "audit_log.person_erased": gettext_lazy("A person taken out of the audit log"),
        "audit_log.shortened": gettext_lazy("Old entries of the audit log removed"),
        "company.confirmed": gettext_lazy("E-mail address of the company confirmed"),
        "company.edited": gettext_lazy("Company information edited"),
        "company.limits_changed": gettext_lazy("Limits changed by the operator"),
        "company.opened": gettext_lazy("Company opened"),
        "company.paid_until_changed": gettext_lazy("“Paid until” changed"),
        "company.plan_changed": gettext_lazy("Plan changed"),
        "company.resumed": gettext_lazy("Company resumed"),
        "company.suspended": gettext_lazy("Company suspended"),
        "company.trial_extended": gettext_lazy("Trial extended"),
        "data.exported": gettext_lazy("Data exported"),
        "group.added": gettext_lazy("Group added"),
        "group.deleted": gettext_lazy("Group deleted"),
        "group.edited": gettext_lazy("Group edited"),
        "group.moved": gettext_lazy("Group moved in the order"),
        "notice.deleted": gettext_lazy("Notice deleted"),
        "notice.edited": gettext_lazy("Notice edited"),
        "notice.published": gettext_lazy("Notice published"),
        "notice.withdrawn": gettext_lazy("Notice withdrawn"),
        "passkey.added": gettext_lazy("Passkey added"),
        "passkey.removed": gettext_lazy("Passkey removed"),
        "passkey.renamed": gettext_lazy("Passkey renamed"),
        "recovery_codes.renewed": gettext_lazy("New recovery codes made"),
        "role.added": gettext_lazy("Role added"),
        "role.deleted": gettext_lazy("Role deleted"),
        "role.edited": gettext_lazy("Role edited"),
        "session.ended": gettext_lazy("Signed out from elsewhere"),
        "settings.changed": gettext_lazy("Settings changed"),
        "two_step.disabled": gettext_lazy("Authenticator app removed"),
        "two_step.enabled": gettext_lazy("Authenticator app set up"),
        "two_step.reset": gettext_lazy("Second step reset"),
    }
)

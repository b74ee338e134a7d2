"""What can be taken along of people; registered in `apps.py`."""

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.capabilities import Capability
from accounts.exports import Kind
from accounts.models import Agent, AuditEntry


def _agents() -> "QuerySet[Agent]":
    return Agent.objects.annotate(
        group_names=ArrayAgg(
            "groups__name", filter=Q(groups__isnull=False), default=[], order_by="groups__name"
        )
    )


AGENTS = Kind(
    "agents",
    _("Agents"),
    _("Everybody who works or has worked here: name, agent ID, e-mail, telephone, role and groups. No passwords."),
    Capability.MANAGE_AGENTS,
    _agents,
    {
        "agent_id": "agent_id", "name": "name", "email": "email", "telephone": "telephone",
        "language": "language", "role_kind": "role__kind", "role": "role__name", "groups": "group_names",
        "granted": "granted", "withheld": "withheld", "is_active": "is_active", "created_at": "created_at",
        "invited_at": "invited_at", "deleted_at": "deleted_at",
    },
)  # fmt: skip

AUDIT_COLUMNS = (
    "at", "by_kind", "by_pk", "by_name", "address", "action", "subject_kind", "subject_pk", "subject_name",
    "changes", "note",
)  # fmt: skip

AUDIT_LOG = Kind(
    "audit-log",
    _("Audit log"),
    _("Who changed what and when, with what was there before, from the first entry on."),
    Capability.READ_AUDIT_LOG,
    AuditEntry.objects.all,
    {name: name for name in AUDIT_COLUMNS},
)

"""The people who work with the product: a company's agents, or, in the public schema, operators."""

from accounts.models.access import AccessSettings, AddressRule, SignIn
from accounts.models.agent import Agent
from accounts.models.audit_entry import AuditEntry
from accounts.models.group import Group
from accounts.models.notice import Notice, NoticeEdition, NoticeReading
from accounts.models.role import Role
from accounts.models.second_step import Passkey, RecoveryCode, Totp

__all__ = [
    "AccessSettings",
    "AddressRule",
    "Agent",
    "AuditEntry",
    "Group",
    "Notice",
    "NoticeEdition",
    "NoticeReading",
    "Passkey",
    "RecoveryCode",
    "Role",
    "SignIn",
    "Totp",
]

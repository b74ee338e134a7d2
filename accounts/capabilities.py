"""What an agent may be allowed to do, one by one. Administrators may do all of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Capability(models.TextChoices):
    TAKE_CHATS = "take_chats", _("take chats")
    MANAGE_PHRASES = "manage_phrases", _("manage phrases and links")
    MANAGE_FILES = "manage_files", _("manage files")
    MANAGE_TOPICS = "manage_topics", _("manage topics")
    MANAGE_CATEGORIES = "manage_categories", _("manage customer categories")
    MANAGE_CUSTOMERS = "manage_customers", _("manage customers")
    SEE_ALL_CUSTOMERS = "see_all_customers", _("see all customers")
    EXPORT = "export", _("export")
    BLOCK_VISITORS = "block_visitors", _("block visitors")
    MONITOR = "monitor", _("monitor agents")
    FORCE_OUT = "force_out", _("force agents out")
    PUBLISH_NOTICES = "publish_notices", _("publish notices")
    MANAGE_SETTINGS = "manage_settings", _("manage settings")
    MANAGE_AGENTS = "manage_agents", _("manage agents and groups")
    EDIT_COMPANY = "edit_company", _("edit company information")
    EDIT_SELF = "edit_self", _("edit own information")
    SEE_ALL_RECORDS = "see_all_records", _("see all conversation records")
    EVALUATE_OTHERS = "evaluate_others", _("evaluate others' conversations")
    ANSWER_OFFLINE_MESSAGES = "answer_offline_messages", _("answer offline messages")
    ASSIGN_CUSTOMERS = "assign_customers", _("assign customers")
    SUPERVISE = "supervise", _("supervise")
    SEE_ANALYTICS = "see_analytics", _("see analytics")
    READ_AUDIT_LOG = "read_audit_log", _("read the audit log")
    USE_CALLBACK = "use_callback", _("use callback")
    MANAGE_CALLBACK = "manage_callback", _("manage callback")
    MANAGE_API_KEYS = "manage_api_keys", _("manage API keys")


AGENT_CAPABILITIES = [
    Capability.TAKE_CHATS,
    Capability.EDIT_SELF,
    Capability.MANAGE_CUSTOMERS,
    Capability.ANSWER_OFFLINE_MESSAGES,
    Capability.BLOCK_VISITORS,
    Capability.USE_CALLBACK,
]
SUPERVISOR_CAPABILITIES = [
    *AGENT_CAPABILITIES,
    Capability.MONITOR,
    Capability.FORCE_OUT,
    Capability.SUPERVISE,
    Capability.SEE_ALL_RECORDS,
    Capability.SEE_ALL_CUSTOMERS,
    Capability.EVALUATE_OTHERS,
    Capability.ASSIGN_CUSTOMERS,
    Capability.SEE_ANALYTICS,
    Capability.PUBLISH_NOTICES,
    Capability.MANAGE_PHRASES,
    Capability.MANAGE_FILES,
    Capability.MANAGE_TOPICS,
    Capability.MANAGE_CATEGORIES,
    Capability.EXPORT,
]

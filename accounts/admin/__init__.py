"""What a company's own admin shows of this app, each with its icon."""

from accounts.admin.audit import AuditAdmin, OperatorAuditAdmin
from accounts.admin.people import AgentAdmin, GroupAdmin, NoticeAdmin, RoleAdmin
from accounts.admin.ways_in import AddressRuleAdmin, SignInAdmin
from accounts.models import AddressRule, Agent, AuditEntry, Group, Notice, Role, SignIn
from core.admin import Rows

__all__ = ["COMPANY_ROWS", "OperatorAuditAdmin"]

COMPANY_ROWS: Rows = {
    Agent: (AgentAdmin, "person"),
    Role: (RoleAdmin, "badge"),
    Group: (GroupAdmin, "group"),
    Notice: (NoticeAdmin, "campaign"),
    SignIn: (SignInAdmin, "login"),
    AddressRule: (AddressRuleAdmin, "lan"),
    AuditEntry: (AuditAdmin, "history"),
}

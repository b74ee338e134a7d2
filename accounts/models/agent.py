from collections.abc import Sequence
from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.capabilities import Capability
from accounts.models.role import Role
from companies.models import OperatorVisit

agent_id_validator = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{1,29}\Z",
    _(
        "Use 2 to 30 lower-case letters, digits, dots, hyphens or underscores, beginning with a letter or digit."
    ),
)


# In SQL: a connection that comes back asks for little, and to put expressions together costs more than the answer.
_GROUPS = RawSQL(
    "ARRAY(SELECT m.group_id FROM accounts_group_agents m WHERE m.agent_id = accounts_agent.id)",
    (),
    output_field=ArrayField(models.BigIntegerField()),
)


class AgentQuerySet(models.QuerySet["Agent"]):
    def active(self) -> Self:
        """Who may sign in."""
        return self.filter(is_active=True)

    def with_groups(self) -> Self:
        """With the keys of their groups, in the same statement."""
        return self.annotate(group_pks=_GROUPS)

    def existing(self) -> Self:
        """All that have not been deleted; the disabled ones are among them."""
        return self.filter(deleted_at=None)

    def invited(self) -> Self:
        """The mail's link waits for them."""
        return self.exclude(invited_at=None)

    def disabled(self) -> Self:
        """Could sign in once, and somebody has put an end to it."""
        return self.existing().filter(is_active=False, invited_at=None)

    def called(self, words: str) -> Self:
        """Each of these words occurs in name, agent ID or e-mail."""
        found = self
        for word in words.split():
            in_name = models.Q(name__icontains=word) | models.Q(agent_id__icontains=word)
            found = found.filter(in_name | models.Q(email__icontains=word))
        return found

    def administrators(self) -> Self:
        return self.filter(role__kind=Role.Kind.ADMINISTRATOR)

    def who_may(self, capability: Capability) -> Self:
        """As `Agent.can`, but for whether they are active."""
        by_role = models.Q(role__capabilities__contains=[capability])
        without = models.Q(withheld__contains=[capability])
        return self.filter(
            models.Q(role__kind=Role.Kind.ADMINISTRATOR)
            | models.Q(granted__contains=[capability])
            | (by_role & ~without)
        )


def _capabilities() -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=40, choices=Capability), default=list, blank=True)


class AgentManager(BaseUserManager["Agent"].from_queryset(AgentQuerySet)):  # type: ignore[misc]
    pass


class Agent(AbstractBaseUser):
    """Somebody who signs in and talks with visitors."""

    agent_id = models.CharField(_("agent ID"), max_length=30, unique=True, validators=[agent_id_validator])
    name = models.CharField(_("display name"), max_length=60)
    email = models.EmailField(_("e-mail"), blank=True)
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="agents", verbose_name=_("role"))
    #: Empty means "as the browser says".
    language = models.CharField(_("language"), max_length=10, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    #: Name of the stored picture; empty: none.
    picture = models.CharField(_("picture"), max_length=100, blank=True)
    #: What this agent may do beyond the role, and may not although the role says so.
    granted = _capabilities()
    withheld = _capabilities()
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(default=timezone.now)
    #: Until they have chosen a password by the mail's link.
    invited_at = models.DateTimeField(null=True, blank=True)
    #: What they did stays, with their name.
    deleted_at = models.DateTimeField(null=True, blank=True)
    must_change_password = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    #: Grows with each edit, so that of two editors the second is told.
    version = models.PositiveIntegerField(default=0)

    #: An administrator who looks on as this role would: see accounts/see_as.py. Of a request or socket, not of the row.
    seen_as: Role | None = None
    #: Only of those read `with_groups`.
    group_pks: Sequence[int] = ()
    #: An operator who looks on: see accounts/visiting.py. Of a request or socket; there is no row.
    visit: OperatorVisit | None = None
    #: The key of whoever has no row: PostgreSQL counts from 1, so what named it as its agent could not be stored.
    NOBODY = 0

    USERNAME_FIELD = "agent_id"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = AgentManager()

    class Meta:
        verbose_name = _("agent")
        verbose_name_plural = _("agents")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(deleted_at=None) | models.Q(is_active=False),
                name="deleted_agents_are_inactive",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_administrator(self) -> bool:
        return self.role_now.kind == Role.Kind.ADMINISTRATOR

    @property
    def role_now(self) -> Role:
        """Their own, unless they look on as another one."""
        return self.seen_as or self.role

    @property
    def is_invited(self) -> bool:
        """Has not signed in yet: the mail's link waits."""
        return self.invited_at is not None

    def can(self, capability: Capability) -> bool:
        return self.is_active and capability in self.capabilities

    @property
    def capabilities(self) -> set[str]:
        """What the role says, but for what is granted or withheld to this agent alone."""
        if self.seen_as:
            return self.seen_as.can_do
        if self.is_administrator:
            return set(Capability.values)
        return (set(self.role.capabilities) - set(self.withheld)) | set(self.granted)

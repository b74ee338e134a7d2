from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.capabilities import Capability
from accounts.models.role import Role

agent_id_validator = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{1,29}\Z",
    _(
        "Use 2 to 30 lower-case letters, digits, dots, hyphens or underscores, beginning with a letter or digit."
    ),
)


class AgentQuerySet(models.QuerySet["Agent"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def who_may(self, capability: Capability) -> Self:
        """Administrators, and those whose role has the capability."""
        return self.filter(
            models.Q(role__kind=Role.Kind.ADMINISTRATOR) | models.Q(role__capabilities__contains=[capability])
        )


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
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "agent_id"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = AgentManager()

    class Meta:
        verbose_name = _("agent")
        verbose_name_plural = _("agents")

    def __str__(self) -> str:
        return self.name

    @property
    def is_administrator(self) -> bool:
        return self.role.kind == Role.Kind.ADMINISTRATOR

    def can(self, capability: Capability) -> bool:
        return self.is_active and self.role.allows(capability)

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.capabilities import Capability


class Role(models.Model):
    """A bundle of permissions with a name."""

    class Kind(models.TextChoices):
        ADMINISTRATOR = "administrator", _("administrator")
        SUPERVISOR = "supervisor", _("supervisor")
        AGENT = "agent", _("agent")
        OWN = "own", _("own")

    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=50, blank=True)
    capabilities = ArrayField(models.CharField(max_length=40, choices=Capability), default=list, blank=True)
    #: Grows with each edit, so that of two editors the second is told.
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("role")
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=~models.Q(kind="own"), name="one_role_of_each_built_in_kind"
            ),
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(kind="own"), name="own_roles_have_names_of_their_own"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_kind_display())

    @property
    def can_do(self) -> set[str]:
        """All capabilities that it gives."""
        return set(Capability.values) if self.kind == self.Kind.ADMINISTRATOR else set(self.capabilities)

    def allows(self, capability: Capability) -> bool:
        return self.kind == self.Kind.ADMINISTRATOR or capability in self.capabilities

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.agent import Agent


class AccessSettings(models.Model):
    """What a company has chosen for signing in: one row, made when it is first needed."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    #: Whoever has no second step is asked to set one up before anything else.
    requires_two_step = models.BooleanField(_("two-step sign-in is required"), default=False)

    class Meta:
        verbose_name = _("sign-in settings")
        verbose_name_plural = _("sign-in settings")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_row_of_access_settings"),
        ]

    def __str__(self) -> str:
        return "Sign-in settings"


class AddressRule(models.Model):
    """A network from which agents may sign in. Without any, from everywhere."""

    #: As in 203.0.113.0/24 or 2001:db8::/32.
    network = models.CharField(_("network"), max_length=50, unique=True)
    remark = models.CharField(_("remark"), max_length=100, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("sign-in address")
        verbose_name_plural = _("sign-in addresses")

    def __str__(self) -> str:
        return self.network


class SignIn(models.Model):
    """A session somebody has opened: where and with what."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    began_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    address = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=400, blank=True)
    remembered = models.BooleanField(default=False)
    #: How they have shown who they are: "password", "totp", "recovery_code", "passkey".
    method = models.CharField(max_length=20, default="password")

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        indexes = [models.Index(fields=["agent", "-seen_at"], name="sign_ins_of_an_agent")]

    def __str__(self) -> str:
        return f"{self.agent_id} {self.began_at:%Y-%m-%d %H:%M}"

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.agent import Agent


class Totp(models.Model):
    """An app that shows codes which change every half minute (RFC 6238)."""

    agent = models.OneToOneField(Agent, on_delete=models.CASCADE, related_name="totp")
    #: Encrypted with a key made from the installation's secret.
    secret = models.BinaryField(max_length=200)
    #: It counts from the moment on at which a code of it was first shown.
    confirmed_at = models.DateTimeField(null=True, blank=True)
    #: The newest period whose code was taken: each code is good once.
    last_period = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("authenticator app")
        verbose_name_plural = _("authenticator apps")

    def __str__(self) -> str:
        return str(self.agent_id)


class RecoveryCode(models.Model):
    """A code for when the telephone is lost; each is good once."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=128)
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")

    def __str__(self) -> str:
        return str(self.agent_id)


class Passkey(models.Model):
    """A key that a device or security key holds for this agent (WebAuthn)."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="passkeys")
    name = models.CharField(_("name"), max_length=60)
    credential_id = models.BinaryField(max_length=1024, unique=True)
    public_key = models.BinaryField(max_length=2048)
    sign_count = models.BigIntegerField(default=0)
    transports = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("passkey")
        verbose_name_plural = _("passkeys")

    def __str__(self) -> str:
        return self.name

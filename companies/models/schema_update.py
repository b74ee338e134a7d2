from django.db import models
from django.utils.translation import gettext_lazy as _

from companies.models.company import Company


class SchemaUpdate(models.Model):
    """The newest migration of a company's schema, as `migrate_companies` did it or tried to."""

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        INTERRUPTED = "interrupted", _("interrupted")

    company = models.OneToOneField(
        Company, on_delete=models.CASCADE, related_name="schema_update", primary_key=True
    )
    state = models.CharField(max_length=12, choices=State)
    #: The newest migration of each app that is behind, as "chat 0001_initial", and what it is brought to.
    began_from = models.TextField(blank=True)
    leads_to = models.TextField(blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("schema update")
        verbose_name_plural = _("schema updates")

    def __str__(self) -> str:
        return f"{self.company_id}: {self.state}"

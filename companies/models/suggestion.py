from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.models.company import Company


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def of(self, company: Company, agent_pk: int) -> Self:
        """One agent's own: the only way to them from inside a company."""
        return self.filter(company=company, agent_pk=agent_pk)

    def unread(self) -> Self:
        """Answered, and the agent has not seen it."""
        return self.filter(answered_at__isnull=False, answer_read_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")


class Suggestion(models.Model):
    """What an agent tells or asks the operator, and the operator's answer."""

    class Kind(models.TextChoices):
        SUGGESTION = "suggestion", _("suggestion")
        QUESTION = "question", _("question")

    company = models.ForeignKey(
        Company, on_delete=models.CASCADE, related_name="suggestions", verbose_name=_("company")
    )
    #: The agent in the company's schema, which no foreign key reaches from here.
    agent_pk = models.BigIntegerField()
    agent_name = models.CharField(_("agent"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    text = models.TextField(_("text"), max_length=4000)
    #: The one the agent reads, so the operator knows in which to answer.
    language = models.CharField(_("language"), max_length=10)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.CharField(_("answered by"), max_length=60, blank=True)

    #: When the agent first saw the answer.
    answer_read_at = models.DateTimeField(_("answer read at"), null=True, blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        indexes = [models.Index(fields=["company", "agent_pk", "-created_at"], name="suggestions_of_agent")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True, answer="", answered_by="")
                | (models.Q(answered_at__isnull=False) & ~models.Q(answer="") & ~models.Q(answered_by="")),
                name="an_answer_has_time_and_author",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent_name}: {self.text[:50]}"

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None

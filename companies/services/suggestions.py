"""What agents tell or ask the operator, and the answers. Nobody else's can be reached."""

import datetime

from django.db import connection, transaction
from django.utils import timezone

from companies import errors, signals
from companies.models import Company, Suggestion

#: So many of one agent within a day.
MOST_A_DAY = 20
_DAY = datetime.timedelta(days=1)


@transaction.atomic
def submit(
    company: Company, *, agent_pk: int, agent_name: str, kind: str, text: str, language: str
) -> Suggestion:
    """The operator reads it, with the company's and the agent's names."""
    _in_turn(company, agent_pk)
    own = Suggestion.objects.of(company, agent_pk)
    if own.filter(created_at__gt=timezone.now() - _DAY).count() >= MOST_A_DAY:
        raise errors.TooManySuggestions(limit=MOST_A_DAY)
    return Suggestion.objects.create(
        company=company,
        agent_pk=agent_pk,
        agent_name=agent_name[:60],
        kind=kind,
        text=text,
        language=language,
    )


@transaction.atomic
def answer(suggestion: Suggestion, *, by: str, text: str) -> Suggestion:
    """The agent is told at once. A better answer takes the place of the one before, and is unread again."""
    if not text.strip():
        raise errors.AnswerMissing
    now = Suggestion.objects.select_for_update(of=("self",)).select_related("company").get(pk=suggestion.pk)
    now.answer, now.answered_by = text.strip(), by[:60]
    now.answered_at, now.answer_read_at = timezone.now(), None
    now.save(update_fields=["answer", "answered_by", "answered_at", "answer_read_at"])
    _tell(now.company, now.agent_pk)
    return now


@transaction.atomic
def mark_answers_read(company: Company, *, agent_pk: int) -> None:
    """The agent has seen them all."""
    unread = Suggestion.objects.of(company, agent_pk).unread()
    if unread.update(answer_read_at=timezone.now()):
        _tell(company, agent_pk)


def _in_turn(company: Company, agent_pk: int) -> None:
    """Others of the same agent wait until the transaction ends: two at once cannot both be the last of the day."""
    with connection.cursor() as cursor:
        key = f"{company.schema_name}:suggestions:{agent_pk}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [key])


def _tell(company: Company, agent_pk: int) -> None:
    with company.entered():
        signals.answers_changed.send(Suggestion, company=company, agent_pk=agent_pk)

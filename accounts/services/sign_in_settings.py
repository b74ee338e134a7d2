"""What a company has chosen for signing in."""

from collections.abc import Collection

from django.db import models, transaction

from accounts import at_once, errors
from accounts.models import AccessSettings, Agent
from accounts.services import audit, two_step
from accounts.signals import second_step_missing


def current() -> AccessSettings:
    return AccessSettings.objects.first() or AccessSettings()


@transaction.atomic
def change(*, requires_two_step: bool, by: Agent) -> AccessSettings:
    """Whoever requires a second step of all has one; who has none is led to it with the next page they open."""
    row, _ = AccessSettings.objects.select_for_update().get_or_create(pk=1)
    changes = audit.apply(row, requires_two_step=requires_two_step)
    if changes:
        if requires_two_step and not two_step.is_set_up(by):
            raise errors.OwnSecondStepFirst
        row.save(update_fields=list(changes))
        audit.record("settings.changed", row, changes)
        if requires_two_step:
            second_step_missing.send(AccessSettings, agents=list(without()))
    return row


def without() -> models.QuerySet[Agent]:
    """Active agents who have no second step."""
    set_up = models.Q(totp__confirmed_at__isnull=False) | models.Q(passkeys__isnull=False)
    return (
        Agent.objects.active()
        .exclude(pk__in=Agent.objects.filter(set_up).values("pk"))
        .order_by("name", "pk")
    )


def lacking(among: Collection[Agent]) -> set[int]:
    """The keys of those who have to set up a second step before anything else."""
    if not current().requires_two_step:
        return set()
    return set(without().filter(pk__in=[agent.pk for agent in among]).values_list("pk", flat=True))


def lacks_second_step(agent: Agent) -> bool:
    """Whether the company asks for a second step, and the agent has none."""
    known = at_once.lacks_second_step(agent.pk)
    if known is None:
        return current().requires_two_step and not two_step.is_set_up(agent)
    return known

"""What agents say of themselves."""

from django.db import transaction

from accounts.models import Agent
from accounts.services import audit, editing, email_changes
from accounts.signals import agent_changed


@transaction.atomic
def edit(agent: Agent, *, seen: int, name: str, email: str, telephone: str, language: str) -> Agent:
    """Colleagues see the name at once; who holds the form of before is told."""
    changed: Agent = editing.claim(agent, seen)
    changes = audit.apply(changed, name=name, email=email, telephone=telephone, language=language)
    if changes:
        changed.save(update_fields=[*changes, "version"])
        audit.record("agent.edited", changed, changes)
        email_changes.tell(changed, changes)
        agent_changed.send(Agent, agent=changed)
    return changed

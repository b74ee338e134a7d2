from typing import Any

from django.contrib.auth.backends import BaseBackend

from accounts import at_once
from accounts.models import Agent


class AgentBackend(BaseBackend):
    """Finds the agent of a session in the company one is in. Whoever is deactivated is not found."""

    def get_user(self, user_id: Any) -> Agent | None:
        return (
            at_once.agent(user_id) or Agent.objects.active().select_related("role").filter(pk=user_id).first()
        )

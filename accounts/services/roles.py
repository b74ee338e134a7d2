from accounts.capabilities import AGENT_CAPABILITIES, SUPERVISOR_CAPABILITIES, Capability
from accounts.models import Role

_BUILT_IN: dict[str, list[Capability]] = {
    # May do everything, what comes later included.
    Role.Kind.ADMINISTRATOR: [],
    Role.Kind.SUPERVISOR: SUPERVISOR_CAPABILITIES,
    Role.Kind.AGENT: AGENT_CAPABILITIES,
}


def add_built_in() -> None:
    """The roles that every company has from its first moment."""
    Role.objects.bulk_create(
        Role(kind=kind, capabilities=capabilities) for kind, capabilities in _BUILT_IN.items()
    )

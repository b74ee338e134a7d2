"""Names of what the board keeps in Valkey. A company's begin with its schema; the others tell of processes."""

from chat import audiences
from core.tenancy import context

#: Every process that has visitors, alive or not yet buried.
PROCESSES = "board:processes"


def version(schema: str) -> str:
    return f"{schema}:board:version"


def processes(schema: str) -> str:
    return f"{schema}:board:processes"


def visitors(schema: str, process: str = "") -> str:
    """One process's visitors; without one, what these keys begin with."""
    return f"{schema}:board:process:{process}"


def of_process(schema: str, process: str) -> tuple[str, str, str]:
    """The three that the scripts take."""
    return version(schema), processes(schema), visitors(schema, process)


def channel(schema: str) -> str:
    with context.entered(schema):
        return audiences.board()


def lease(process: str) -> str:
    """There while the process lives."""
    return f"board:lease:{process}"


def companies(process: str) -> str:
    """The schemas in which a process has visitors."""
    return f"board:companies:{process}"


def claim(process: str) -> str:
    """Held by whoever takes a dead process's visitors off."""
    return f"board:claim:{process}"


def wake(process: str) -> str:
    """The channel on which a process hears that it was taken for dead."""
    return f"board:wake:{process}"

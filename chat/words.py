"""What people typed, made fit to be stored: PostgreSQL keeps no NUL, and nobody means one."""

from chat import errors


def text(typed: str) -> str:
    """Words with nothing around them; raises TextEmpty where there are none."""
    kept = _without_nul(typed).strip()
    if not kept:
        raise errors.TextEmpty
    return kept


def as_typed(typed: str) -> str:
    """Words with the space around them; raises TextEmpty where there is nothing else."""
    kept = _without_nul(typed)
    if not kept or kept.isspace():
        raise errors.TextEmpty
    return kept


def line(typed: str) -> str:
    """Words in one line, perhaps none."""
    return " ".join(_without_nul(typed).split())


def _without_nul(typed: str) -> str:
    return typed.replace("\x00", "")

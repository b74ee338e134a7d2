"""The audit log: each service that changes what people have chosen says so, in its own transaction."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from accounts import acting
from accounts.models import AuditEntry

#: Field to [before, after].
Changes = Mapping[str, list[Any]]


def record(
    action: str, subject: models.Model | None = None, changes: Changes | None = None, *, note: str = ""
) -> None:
    """One entry, by whoever acts now. `action` is a noun and what became of it, as in "agent.disabled"."""
    by = acting.current()
    AuditEntry.objects.create(
        by_kind=by.kind,
        by_pk=by.pk,
        by_name=by.name[:100],
        address=by.address,
        action=action,
        subject_kind=subject._meta.model_name or "" if subject else "",
        subject_pk=str(subject.pk) if subject else "",
        subject_name=str(subject)[:200] if subject else "",
        changes={name: list(both) for name, both in (changes or {}).items()},
        note=note[:1000],
    )


def apply(row: models.Model, **values: Any) -> dict[str, list[Any]]:
    """Set these fields of the row, unsaved; what is different now, for `record` and `save(update_fields=…)`."""
    changes = {}
    for name, after in values.items():
        before = getattr(row, name)
        if before != after:
            changes[name] = [_plain(before), _plain(after)]
            setattr(row, name, after)
    return changes


def _plain(value: Any) -> Any:
    """As JSON holds it; rows by their names."""
    if isinstance(value, list | tuple | set):
        return sorted(map(str, value))
    return value if value is None or isinstance(value, bool | int | float) else str(value)

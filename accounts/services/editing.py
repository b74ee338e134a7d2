"""Two editors of one row: the second is told, and by whom it was changed."""

from typing import Any

from django.utils.translation import gettext

from accounts import errors
from accounts.models import AuditEntry
from core.errors import NotFound


def claim(row: Any, seen: int) -> Any:
    """The row as it is now, locked until the transaction ends, with its next version.

    Raises ChangedMeanwhile, which knows the version of now, unless it is still the one the editor has seen.
    """
    now = row._meta.model.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if now is None:
        raise NotFound
    if now.version != seen:
        raise errors.ChangedMeanwhile(name=_last_editor(now), version=now.version)
    now.version += 1
    return now


def _last_editor(row: Any) -> str:
    entries = AuditEntry.objects.filter(subject_kind=row._meta.model_name, subject_pk=str(row.pk))
    last = entries.order_by("-at", "-id").first()
    return last.by_name if last and last.by_name else gettext("Somebody")

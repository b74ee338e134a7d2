"""Visitors become rows when they first do something worth keeping."""

import uuid

from widgets.models import Visitor


def known(visitor_id: uuid.UUID, *, language: str = "") -> Visitor:
    """The visitor's row, made if this is the first time."""
    visitor, _ = Visitor.objects.get_or_create(pk=visitor_id, defaults={"language": language})
    return visitor

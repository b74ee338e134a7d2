"""Django's cache of content types, for each company: ids repeat across schemas, and differ."""

from collections.abc import Iterator, MutableMapping
from typing import Any

from django.contrib.contenttypes.models import ContentType

from core.tenancy import context

#: Companies whose content types are kept; then it begins anew.
MOST = 200


class CompanyCache(MutableMapping[str, Any]):
    """Stands where Django keeps its cache by database: each company finds its own there."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Any] = {}

    def __getitem__(self, database: str) -> Any:
        return self._found[context.schema(), database]

    def __setitem__(self, database: str, types: Any) -> None:
        if len(self._found) >= MOST:
            self._found.clear()
        self._found[context.schema(), database] = types

    def __delitem__(self, database: str) -> None:
        del self._found[context.schema(), database]

    def __iter__(self) -> Iterator[str]:
        return (database for schema, database in list(self._found) if schema == context.schema())

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Of the company one is in: what changes there changes nowhere else."""
        for database in list(self):
            del self[database]


def install() -> None:
    ContentType.objects._cache = CompanyCache()  # type: ignore[attr-defined]

"""django-tenants' backend with the current company in a context variable instead of on the connection.

The stock backend keeps the schema on the thread's connection: three consumers of three companies that
share a thread all read the third one's rows. See docs/decisions/0002-context-variable-backend.md.
"""

from typing import Any
from weakref import WeakKeyDictionary

from django_tenants.postgresql_backend import base as stock
from psycopg import pq

from core.tenancy import context

_IDLE = pq.TransactionStatus.IDLE

#: The search path that each connection went back to the pool with: a third of a socket's statements would set it anew.
_left: WeakKeyDictionary[Any, list[str] | None] = WeakKeyDictionary()


class DatabaseWrapper(stock.DatabaseWrapper):
    search_path_set_schemas: list[str] | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # The stock constructor ends in set_schema_to_public(): the caller's place must survive it.
        before = context.place()
        super().__init__(*args, **kwargs)
        context.set_place(before)

    @property
    def schema_name(self) -> str:
        return context.schema()

    @schema_name.setter
    def schema_name(self, value: str | None) -> None:
        if value is not None:
            context.set_place(context.place()._replace(schema=value))

    @property
    def tenant(self) -> Any:
        return context.place().tenant or stock.FakeTenant(context.schema())

    @tenant.setter
    def tenant(self, value: Any) -> None:
        if value is not None:
            context.set_place(context.place()._replace(tenant=value))

    @property
    def include_public_schema(self) -> bool:
        return context.place().include_public

    @include_public_schema.setter
    def include_public_schema(self, value: bool) -> None:
        context.set_place(context.place()._replace(include_public=value))

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        # From the pool it comes as somebody left it.
        connection = super().get_new_connection(conn_params)
        self.search_path_set_schemas = _left.pop(connection, None)
        return connection

    def close(self) -> None:
        # What a transaction has set, goes with the transaction.
        if self.connection is not None and self.connection.info.transaction_status == _IDLE:
            _left[self.connection] = self.search_path_set_schemas
        super().close()

    def _handle_search_path(self, cursor: Any = None) -> None:
        # TENANT_LIMIT_SET_CALLS trusts what was set last; that is true only for the same place.
        if self.search_path_set_schemas and self.search_path_set_schemas != self._get_cursor_search_paths():
            self.search_path_set_schemas = None
        super()._handle_search_path(cursor)

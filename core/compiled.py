"""Queries that are put together once for the whole process.

To put a query together from its expressions takes Django several times as long as PostgreSQL takes to answer it;
where a thousand sockets come back at once, that decides how long they wait. Here a query is written as any other,
with slots where its values go, and each use of it is one statement. See docs/decisions/0077-compiled-queries.md.
"""

import functools
from collections.abc import Callable, Iterable
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connection, models
from django.db.models.query import RelatedPopulator, get_related_populators
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=models.Model)


class Slot(models.Value):
    """Stands in a query for the value that is called by this name when it is asked."""

    def __init__(self, name: str) -> None:
        super().__init__(name, output_field=models.Field())

    def as_sql(self, *_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        return "%s", [self]


class _Shape(NamedTuple):
    """The statement, and where in its rows the model, its related ones and the annotations are."""

    sql: str
    params: tuple[Any, ...]
    model: type[models.Model]
    columns: slice
    names: list[str]
    related: list[RelatedPopulator]
    annotations: dict[str, int]
    convert: Callable[[list[Any]], Iterable[Any]]


class Query(Generic[M]):
    """A query for whole rows, as `build` writes it: `filter`, `select_related`, `annotate`, `order_by`, slices."""

    def __init__(self, build: Callable[[], "models.QuerySet[M]"]) -> None:
        self._build = build

    def all(self, **values: Any) -> list[M]:
        """The rows; `values` go where the slots of these names are."""
        shape = self._shape
        with connection.cursor() as cursor:
            cursor.execute(shape.sql, [_value(param, values) for param in shape.params])
            return [_made(shape, row) for row in shape.convert(cursor.fetchall())]

    def first(self, **values: Any) -> M | None:
        return next(iter(self.all(**values)), None)

    @functools.cached_property
    def _shape(self) -> _Shape:
        # What belongs to nobody: neither company nor person stands in it, since each of their values has a slot.
        compiler = self._build().query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        info = compiler.klass_info
        first, last = info["select_fields"][0], info["select_fields"][-1]
        columns = slice(first, last + 1)
        return _Shape(
            sql=sql,
            params=tuple(params),
            model=info["model"],
            columns=columns,
            names=[column[0].target.attname for column in compiler.select[columns]],
            # The stubs tell of the next Django, which asks for one more.
            related=get_related_populators(info, compiler.select, connection.alias),  # type: ignore[call-arg]
            annotations=compiler.annotation_col_map or {},
            convert=_conversion(compiler),
        )


def _conversion(compiler: SQLCompiler) -> Callable[[list[Any]], Iterable[Any]]:
    """What makes Python's values of those columns that do not come as such."""
    converters = compiler.get_converters([column[0] for column in compiler.select])
    return functools.partial(compiler.apply_converters, converters=converters) if converters else iter


def _value(param: Any, values: dict[str, Any]) -> Any:
    return values[param.value] if isinstance(param, Slot) else param


def _made(shape: _Shape, row: tuple[Any, ...]) -> Any:
    made = shape.model.from_db(connection.alias, shape.names, row[shape.columns])
    for one in shape.related:
        one.populate(row, made)
    for name, place in shape.annotations.items():
        setattr(made, name, row[place])
    return made

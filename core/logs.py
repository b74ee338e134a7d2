"""What a line of the log tells: where and about which company and request, never what people wrote.

In production each line is a JSON object. Of an error it names kind and place: what an exception says may quote
a message, a name or an address (docs/decisions/0040-logs-tell-where.md).
"""

import datetime
import json
import logging
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from core.tenancy import context

_COMPANY = re.compile(r"^c_(\d{8})$")
#: What an exception of PostgreSQL may tell without quoting a row.
_HARMLESS = ("sqlstate", "constraint_name")

_about: ContextVar[dict[str, str]] = ContextVar("about")


@contextmanager
def about(**facts: str) -> Iterator[None]:
    """Every line inside names these: a request, a socket, a task, a company."""
    token = _about.set({**_about.get({}), **{name: fact for name, fact in facts.items() if fact}})
    try:
        yield
    finally:
        _about.reset(token)


def facts() -> dict[str, str]:
    """What lines written here and now name."""
    found = _COMPANY.match(context.schema())
    return {**_about.get({}), **({"company": found[1]} if found else {})}


class Json(logging.Formatter):
    """One object a line, for machines to read."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        line = {
            "time": at.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
            **facts(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[1]:
            line |= _error(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


class Plain(logging.Formatter):
    """For people who work on it: everything, with the company and the request behind."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        told = {**facts(), **getattr(record, "facts", {})}
        words = " ".join(f"{name}={fact}" for name, fact in told.items())
        return super().formatMessage(record) + (f" [{words}]" if words else "")


def _message(record: logging.LogRecord) -> str:
    if request := getattr(record, "request", None):
        # Django puts the path in, and a path may carry a token.
        reason = record.args[0] if isinstance(record.args, tuple) and record.args else "Request"
        match = getattr(request, "resolver_match", None)
        return f"{reason}: {match.route if match else 'no such page'}"
    if record.name == "celery.app.trace" and isinstance(record.args, dict):
        # Celery puts the exception in, in full.
        return f"Task {record.args.get('name')} {record.args.get('description', '')}".strip()
    if record.name == "asyncio":
        # Its other lines show the task and what it raised, in full.
        return record.getMessage().partition("\n")[0]
    return record.getMessage()


def _error(error: BaseException) -> dict[str, Any]:
    """Kinds, outermost first, and where the innermost came from."""
    kinds, seen = [], error
    while True:
        kinds.append(type(seen).__name__)
        cause = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
        if cause is None or len(kinds) > 5:
            break
        seen = cause
    frames = traceback.extract_tb(seen.__traceback__ or error.__traceback__)
    return {
        "error": kinds,
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
        **{name: told for name in _HARMLESS if (told := _told(seen, name))},
    }


def _told(error: BaseException, name: str) -> str | None:
    return getattr(error, name, None) or getattr(getattr(error, "diag", None), name, None)

"""Lines of a task name it, and its company where it is told one."""

import contextvars
import logging.config
from contextlib import ExitStack
from typing import Any

from celery import signals
from django.conf import settings

from core import logs

_inside: contextvars.ContextVar[ExitStack] = contextvars.ContextVar("inside")


def listen() -> None:
    signals.setup_logging.connect(_configure, weak=False)
    signals.task_prerun.connect(_begin, weak=False)
    signals.task_postrun.connect(_end, weak=False)


def _configure(**about: Any) -> None:
    """The settings say how lines look; Celery leaves its own alone once somebody has answered."""
    logging.config.dictConfig(settings.LOGGING)


def _begin(task_id: str, kwargs: dict[str, Any], **about: Any) -> None:
    stack = ExitStack()
    stack.enter_context(logs.about(task=task_id, company=str(kwargs.get("company_id", ""))))
    _inside.set(stack)


def _end(**about: Any) -> None:
    _inside.get(ExitStack()).close()

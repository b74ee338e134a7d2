"""What can go wrong, told once: raised anywhere, answered at the edge as a page message or a `refused` frame.

A subclass's docstring is its message, in the reader's language; `{names}` in it are filled from the call.
"""

import inspect
import re
from typing import Any, ClassVar

from django.utils.translation import gettext


class DomainError(Exception):
    """Something went wrong."""

    #: Stable word for programs; by default the class name in snake case.
    code: ClassVar[str] = "error"
    #: Name of the input that is wrong, where one is.
    field: ClassVar[str | None] = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "code" not in cls.__dict__:
            cls.code = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.__class__.__name__)
        self.facts = facts

    @property
    def message(self) -> str:
        """The docstring in the active language, with the facts filled in."""
        return gettext(" ".join(inspect.cleandoc(self.__doc__ or "").split())).format(**self.facts)

    def __str__(self) -> str:
        return self.message


class NotFound(DomainError):
    """This does not exist, or you may not see it."""


class Forbidden(DomainError):
    """You do not have the permission for this. Ask an administrator of your company."""


class SlowDown(DomainError):
    """Too many at once. Wait a moment and try again."""


class TableTooLarge(DomainError):
    """This table is too large: at most two megabytes, 5,000 rows and 200 columns are read."""

    field = "file"


class TableUnreadable(DomainError):
    """This file cannot be read. Save the table as CSV or XLSX and try again."""

    field = "file"


class FilesUnderWay(DomainError):
    """Several files are being exported just now. Try again in a minute."""

"""Where texts stand in the source: gettext calls, templates, and the docstrings of errors."""

import ast
import inspect
import os
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.extract import extract
from django.utils.translation.template import templatize

from core.errors import DomainError

#: Names of the calls, and which argument is context ("c"), singular and plural.
CALLS: dict[str, Any] = {
    "_": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
#: Folders that are not ours, or whose texts no user reads.
SKIPPED = {"tests", "migrations", "node_modules", "__pycache__", "frontend", "e2e", "bench", "tools", "var"}


class Text(NamedTuple):
    """One text to translate, and the first place it stands."""

    context: str | None
    singular: str
    plural: str | None
    place: str

    @property
    def key(self) -> tuple[str, str]:
        """What a catalogue files it under: gettext tells texts apart by these two."""
        return self.singular, self.context or ""


def find(root: Path) -> dict[tuple[str, str], Text]:
    """Every text below `root`, each once; a plural form wins over the same text without one."""
    texts: dict[tuple[str, str], Text] = {}
    for text in chain(in_python(root), in_templates(root), in_errors(root)):
        if text.key not in texts or (text.plural and not texts[text.key].plural):
            texts[text.key] = text
    return texts


def in_python(root: Path) -> Iterator[Text]:
    for path in files(root, ".py"):
        for call in ast.walk(_parsed(path)):
            if isinstance(call, ast.Call) and (spec := CALLS.get(_name(call.func))):
                yield from _text(spec, call, f"{path.relative_to(root)}:{call.lineno}")


def in_templates(root: Path) -> Iterator[Text]:
    for path in templates(root):
        for line, message, _, context in extract("python", BytesIO(_as_python(path)), CALLS):
            singular, plural = message if isinstance(message, tuple) else (message, None)
            yield Text(context, singular, plural, f"{path.relative_to(root)}:{line}")


def in_errors(root: Path) -> Iterator[Text]:
    """The docstring of a DomainError is its message: see core/errors.py."""
    classes = {node.name: (node, path) for path in files(root, "errors.py") for node in _classes(path)}
    errors = {DomainError.__name__}
    while more := {name for name, (node, _) in classes.items() if _bases(node) & errors} - errors:
        errors |= more
    for name in sorted(errors & classes.keys()):
        node, path = classes[name]
        words = inspect.cleandoc(ast.get_docstring(node) or "").split()
        yield Text(None, " ".join(words), None, f"{path.relative_to(root)}:{node.lineno}")


def templates(root: Path) -> Iterator[Path]:
    return (path for path in files(root, ".html", ".txt") if "templates" in path.relative_to(root).parts)


def files(root: Path, *endings: str) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in SKIPPED and not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if name.endswith(endings))


def _as_python(template: Path) -> bytes:
    """The translate tags as gettext calls, all else blanked; unindented, for Python minds indents."""
    code = templatize(template.read_text(encoding="utf8"), origin=str(template))
    return "\n".join(line.strip() for line in code.splitlines()).encode()


def _text(spec: tuple[Any, ...], call: ast.Call, place: str) -> Iterator[Text]:
    """The call's text, unless it is made at run time: such a one stands in the source somewhere else."""
    words = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if len(words) >= len(spec):
        context = words.pop(0) if isinstance(spec[0], tuple) else None
        yield Text(context, words[0], words[1] if len(words) > 1 else None, place)


def _classes(path: Path) -> Iterator[ast.ClassDef]:
    return (node for node in _parsed(path).body if isinstance(node, ast.ClassDef))


def _bases(node: ast.ClassDef) -> set[str]:
    return {_name(base) for base in node.bases}


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf8"))

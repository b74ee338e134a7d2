"""What the services' source says: which deeds write rows, and which of them leave an entry in the audit log."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
APPS = ("companies", "accounts", "widgets", "chat")
#: Calls that write rows.
WRITES = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "update_or_create",
    "get_or_create",
    "update",
    "delete",
}
#: A statement in SQL that does.
WRITING = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b")
#: What leaves an entry; `companies` lies below the audit log and sends a signal.
RECORDS = {
    "accounts.services.audit.record",
    "companies.signals.plan_changed.send",
    "companies.signals.information_changed.send",
}


class Deed(NamedTuple):
    """A function of a service: `accounts.services.agents.add`."""

    name: str
    calls: frozenset[str]
    writes: bool
    is_public: bool


@cache
def deeds() -> dict[str, Deed]:
    return {deed.name: deed for path in _modules() for deed in _of_module(path)}


def _modules() -> list[Path]:
    return sorted(path for app in APPS for path in (ROOT / app / "services").glob("*.py"))


def _of_module(path: Path) -> Iterator[Deed]:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    tree = ast.parse(path.read_text(encoding="utf8"))
    known, statements = _imported(tree), _statements(tree)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            called = [call.func for call in ast.walk(node) if isinstance(call, ast.Call)]
            names = {name for function in called if (name := _name(function, module, known))}
            writes = any(isinstance(one, ast.Attribute) and one.attr in WRITES for one in called)
            writes = writes or any(
                isinstance(one, ast.Name) and one.id in statements for one in ast.walk(node)
            )
            yield Deed(f"{module}.{node.name}", frozenset(names), writes, not node.name.startswith("_"))


def _statements(tree: ast.Module) -> set[str]:
    """The module's own statements that write, by their names."""
    return {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and WRITING.match(str(node.value.value))
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _imported(tree: ast.Module) -> dict[str, str]:
    """The modules that a module has imported, by the names they have there."""
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}" for node in nodes for alias in node.names
    }


def _name(function: ast.expr, module: str, known: dict[str, str]) -> str | None:
    if isinstance(function, ast.Name):
        return known.get(function.id, f"{module}.{function.id}")
    if isinstance(function, ast.Attribute):
        owner = _name(function.value, module, known) if isinstance(function.value, ast.Attribute) else None
        if isinstance(function.value, ast.Name):
            owner = known.get(function.value.id, function.value.id)
        return f"{owner}.{function.attr}" if owner else None
    return None


def reached_from(name: str) -> set[str]:
    """The deed and whatever it calls, however deep."""
    reached, left = set(), [name]
    while left:
        one = left.pop()
        if one not in reached:
            reached.add(one)
            left += deeds()[one].calls if one in deeds() else []
    return reached


def leaves_an_entry(name: str) -> bool:
    """Itself, or by a signal on which the layer above writes it."""
    return not RECORDS.isdisjoint(reached_from(name))


def writes_rows(name: str) -> bool:
    return any(deeds()[one].writes for one in reached_from(name) if one in deeds())

"""docker-compose.yml, read as Docker would: anchors merged, variables of .env put in."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "docker-compose.yml"

_VARIABLE = re.compile(r"\$\{(\w+)(?:(:[-?])([^}]*))?\}")


class Missing(Exception):
    """A variable that the file insists on is not set."""


def raw() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text())
    return found


def services(variables: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = _filled(raw(), variables)["services"]
    return found


def variables() -> dict[str, str]:
    """Each variable that the file names, and how: `:?` where it insists, `:-` where it has something else."""
    return {match[1]: match[2] or "" for match in _VARIABLE.finditer(FILE.read_text())}


def _filled(value: Any, variables: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(one, variables) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, variables) for one in value]
    return _VARIABLE.sub(lambda match: _value(match, variables), value) if isinstance(value, str) else value


def _value(match: re.Match[str], variables: Mapping[str, str]) -> str:
    name, how, otherwise = match.groups()
    if given := variables.get(name):
        return given
    if how == ":?":
        raise Missing(otherwise)
    return otherwise or ""

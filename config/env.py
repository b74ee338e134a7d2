"""Settings read from the environment, each with its type and what is wrong with a bad value."""

import os
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from config import proxies


def env_str(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def env_int(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    try:
        return int(value) if value else default
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from error


def env_bool(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "").lower()
    if value in {"", "1", "0", "true", "false", "yes", "no"}:
        return value in {"1", "true", "yes"} if value else default
    raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")


def env_list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in env_str(name, default).split(",") if part.strip()]


def env_networks(name: str, default: str = "") -> tuple[proxies.Network, ...]:
    try:
        return proxies.networks(env_list(name, default))
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} must be addresses and networks such as 10.0.0.0/8: {error}."
        ) from error


def env_secret(name: str, default: str = "") -> str:
    """The variable itself, or the content of the file named by `<name>_FILE`."""
    file = os.environ.get(f"{name}_FILE")
    return Path(file).read_text(encoding="utf8").strip() if file else env_str(name, default)


def database(url: str) -> dict[str, Any]:
    """Django's DATABASES entry for a libpq URL, Unix sockets (`?host=/folder`) included."""
    parts = conninfo_to_dict(url)
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {ours: str(parts.get(theirs) or "") for theirs, ours in known.items()}

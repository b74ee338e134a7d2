"""Write docs/permissions.md: each capability, and the pages, commands and rules that ask for it.

With --check only say whether it is fresh. What is asked where comes from the site map and from the sockets
themselves; config/tests/test_permissions.py tries each of them with and without.
"""

import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "permissions.md"
#: Where rules are looked for: not in tests, and not where capabilities are only named.
APPS = ("accounts", "chat", "companies", "config", "widgets")
_NAMING = {"accounts/capabilities.py", "accounts/capability_words.py"}
COMPANY = "c/<int:company_id>/"
HEAD = """# Permissions

What agents may be allowed to do, and what asks for it. Made by `python -m tools.permissions` from the site map,
the table of commands in `chat/consumers/agent.py` and the code; `config/tests/test_permissions.py` tries each page
and command with the capability and without. Administrators have all of them; whoever is signed in may open the
pages and send the commands that no capability is named for. Rules are the modules that ask for the capability
beside pages and commands, such as which conversations one sees.

| capability | name | pages below `/c/<company id>/` | commands | rules |
| --- | --- | --- | --- | --- |
"""


def main() -> None:
    _start_django()
    text = page()
    if "--check" in sys.argv[1:]:
        if not PAGE.exists() or PAGE.read_text(encoding="utf8") != text:
            sys.exit(
                "Stale: docs/permissions.md. Run `python -m tools.permissions` and commit what it writes."
            )
        return
    PAGE.write_text(text, encoding="utf8")
    print("wrote docs/permissions.md")


def _start_django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    django.setup()


def page() -> str:
    from accounts.capabilities import Capability

    pages, commands, rules = of_pages(), of_commands(), of_rules()
    lines = [
        _line(one, str(one.label), pages[one], commands[one], rules[one])
        for one in Capability
        if pages[one] or commands[one] or rules[one]
    ]
    unused = [f"`{one.value}`" for one in Capability if not (pages[one] or commands[one] or rules[one])]
    tail = f"\nNothing asks for these yet: {', '.join(unused)}.\n" if unused else ""
    return HEAD + "".join(lines) + tail


def _line(value: str, label: str, *columns: list[str]) -> str:
    cells = [f"`{value}`", label, *(", ".join(f"`{one}`" for one in column) for column in columns)]
    return f"| {' | '.join(cells)} |\n"


def of_pages() -> dict[str, list[str]]:
    """Paths by the capability that they ask for."""
    from accounts import access

    found: dict[str, list[str]] = defaultdict(list)
    for path, view in routes():
        needs = access.needs_of(view)
        if needs is not None and needs.capability:
            found[needs.capability].append(path.removeprefix(COMPANY))
    return found


def routes(patterns: Any = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Each path of a company, with its view."""
    from django.urls import URLPattern, get_resolver

    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(pattern.pattern)
        if not isinstance(pattern, URLPattern):
            yield from routes(pattern.url_patterns, path)
        elif path.startswith(COMPANY):
            yield path, pattern.callback


def of_commands() -> dict[str, list[str]]:
    """Commands of agents by a capability that suffices for them."""
    from chat.consumers.agent import NEEDS

    found: dict[str, list[str]] = defaultdict(list)
    for command, needed in NEEDS.items():
        for capability in needed:
            found[capability].append(str(command.__struct_config__.tag))
    return found


def of_rules() -> dict[str, list[str]]:
    """Modules by a capability that they ask for otherwise than as the guard of a page or a command."""
    from accounts.capabilities import Capability

    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(path for app in APPS for path in (ROOT / app).rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if "/tests/" in name or "/migrations/" in name or name in _NAMING:
            continue
        for capability in sorted(_asked_in(path.read_text(encoding="utf8"))):
            found[Capability[capability]].append(name)
    return found


def _asked_in(text: str) -> set[str]:
    # As can(Capability.X) or who_may(Capability.X): guards are told apart by how they are written.
    return set(re.findall(r"(?:can|who_may)\(\s*Capability\.([A-Z_]+)", text))


if __name__ == "__main__":
    main()

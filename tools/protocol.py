"""`make protocol`: write frontend/shared/protocol.ts and docs/protocol.md from the package `protocol`.

With --check only say whether they are fresh.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

from protocol import commands, events, version

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
UNIONS = {
    "VisitorCommand": commands.VisitorCommand,
    "AgentCommand": commands.AgentCommand,
    "VisitorEvent": events.VisitorEvent,
    "AgentEvent": events.AgentEvent,
    "Result": events.Result,
}
HEAD = """/** The language of the sockets. Made from the package `protocol`: change it there. */

export const PROTOCOL_VERSION = "{version}";

"""
#: Names for kinds of words that frames share.
WORDS = {
    "Status": 'Agent["status"]',
    "ChosenStatus": 'SetStatus["status"]',
    "Availability": 'VisitorSessionOpened["availability"]',
    "Side": 'Entry["side"]',
    "State": 'Conversation["state"]',
    "EntryKind": 'Entry["kind"]',
}


def main() -> None:
    made = {FRONTEND / "shared" / "protocol.ts": typescript(), ROOT / "docs" / "protocol.md": markdown()}
    stale = [
        path for path, text in made.items() if not path.exists() or path.read_text(encoding="utf8") != text
    ]
    if "--check" in sys.argv[1:]:
        if stale:
            names = ", ".join(str(path.relative_to(ROOT)) for path in stale)
            sys.exit(f"Stale: {names}. Run `make protocol` and commit what it writes.")
        return
    for path in stale:
        path.write_text(made[path], encoding="utf8")
        print(f"wrote {path.relative_to(ROOT)}")


def typescript() -> str:
    definitions = version.schema()
    for name, union in UNIONS.items():
        definitions[name] = {"oneOf": [{"$ref": f"#/$defs/{part.__name__}"} for part in get_args(union)]}
    # $defs are found only from a root; it is left out of what is written.
    whole = {"title": "Protocol", "type": "object", "additionalProperties": False, "$defs": definitions}
    made = _json2ts(json.dumps(whole))
    head = HEAD.format(version=version.VERSION)
    aliases = "".join(f"export type {name} = {meaning};\n" for name, meaning in WORDS.items())
    origin = r"\n \* This interface was referenced by[^/]*\*/"
    made = re.sub(rf"\n \*{origin}", "\n */", made)
    made = re.sub(rf"/\*\*{origin}\n", "", made)
    return head + made.replace("export interface Protocol {}\n", "").strip() + "\n\n" + aliases


def _json2ts(schema: str) -> str:
    program = FRONTEND / "node_modules" / ".bin" / "json2ts"
    node = Path(sys.executable).with_name("node")
    command = [
        str(node), str(program.resolve()), "--unreachableDefinitions", "--bannerComment", "",
        "--no-additionalProperties", "--format=true",
    ]  # fmt: skip
    return subprocess.run(
        command, input=schema, text=True, capture_output=True, check=True, cwd=FRONTEND
    ).stdout


def markdown() -> str:
    parts = [
        "# The protocol of the sockets",
        "",
        f"Made from the package `protocol` by `make protocol`; change it there. Version `{version.VERSION}`.",
        "",
        INTRODUCTION,
        "",
    ]
    schema = version.schema()
    for title, union in (
        ("Commands of visitors", commands.VisitorCommand),
        ("Commands of agents", commands.AgentCommand),
        ("Events for visitors", events.VisitorEvent),
        ("Events for agents", events.AgentEvent),
        ("Results in `ack`", events.Result),
    ):
        parts += [f"## {title}", ""]
        for struct in get_args(union):
            parts += _section(struct.__struct_config__.tag, schema[struct.__name__])
    parts += ["## Parts", ""]
    named = {struct.__name__ for union in UNIONS.values() for struct in get_args(union)}
    for name, definition in schema.items():
        if name not in named:
            parts += _section(name, definition)
    return "\n".join(parts).rstrip() + "\n"


INTRODUCTION = """\
Sockets are opened at `/live/c/<company id>/visitor` and `/live/c/<company id>/agent`. Every frame is one JSON
object in a text frame, with a `type`. Unknown fields are refused.

- The first command is `session.open`; a socket that does not say who it is within 10 seconds is closed.
- Each command carries a `ref`, a number of the client's own, and is answered by `ack`, `refused` or an answer
  of its own kind under the same `ref`. Commands may be answered in another order than they were sent.
- A `refused` with `retry_after` means: nothing is wrong with the command, send it again after so many seconds.
- A frame holds at most 64 KiB, a text 4,000 characters. A socket may send 100 commands at once and 20 a second;
  beyond that commands are refused with `slow_down`, and after 50 such refusals the socket is closed.
- Close codes: 4001 the session is over, don't come back with it; 4008 too much was sent; 4009 the receiver was
  too slow (more than 1 MiB waited for it): come back and compare numbers; 1012 this process ends: come back at
  once, to another one.
- Entries of a conversation are numbered 1, 2, 3 … without gaps. Who sees n+2 after n, hears `resync`, or reads a
  higher number in `heartbeat.answered`, sends `conversation.follow` with the last number it has.
- A message is named by its sender (`client_id`). Sent again under that name, it is stored once and answered the same.
- Times are whole milliseconds since 1970 in UTC. Fields that have their default may be left out.

Where no WebSocket gets through, the same frames travel in POSTs below the same path, each with a JSON object:

- `…/stream` and `…/poll` with `session` (the name; none at first, then a session is made), and `heard` (the highest
  number that has come down). The answer is written as server-sent events: `event: session` with the name, once;
  frames with their numbers as `id`; `event: close` with the code. A stream goes on for five minutes and sends
  `event: ping` every 20 seconds, which the client answers with an empty `…/frames`; a poll brings what there is,
  or waits up to 20 seconds for the first.
- `…/frames` with `session`, `heard`, `number` (of the first of these frames, counted from 1) and `frames`. Frames sent
  again under their numbers are taken once. `204` means taken, `409` that frames are missing before these, `410` that
  the session is gone (with its close code), `503` try again.
- `…/close` with `session` says good-bye. A client that stays away for 15 seconds has left."""


def _section(title: str, definition: Any) -> list[str]:
    lines = [f"### `{title}`", "", " ".join(str(definition.get("description", "")).split()), ""]
    fields = {name: field for name, field in definition["properties"].items() if name not in {"type", "kind"}}
    if (
        definition["properties"].get("kind", {}).get("enum", [])
        and len(definition["properties"]["kind"]["enum"]) > 1
    ):
        fields["kind"] = definition["properties"]["kind"]
    if fields:
        lines += ["| field | type | |", "| --- | --- | --- |"]
        required = set(definition.get("required", []))
        lines += [
            f"| `{name}` | {_type(field)} | {'' if name in required else _default(field)} |"
            for name, field in fields.items()
        ]
        lines.append("")
    return lines


def _default(field: dict[str, Any]) -> str:
    return f"default `{json.dumps(field['default'])}`" if "default" in field else "optional"


def _type(field: dict[str, Any]) -> str:
    if "$ref" in field:
        return f"[{field['$ref'].rpartition('/')[2]}](#{field['$ref'].rpartition('/')[2].lower()})"
    if "anyOf" in field:
        return " or ".join(_type(part) for part in field["anyOf"])
    if "enum" in field:
        return ", ".join(f"`{word}`" for word in field["enum"])
    if field.get("type") == "array":
        return "list of " + _type(field.get("items", {}))
    if field.get("type") == "object":
        return "object of " + _type(field.get("additionalProperties", {}))
    bounds = [f"{word} {field[key]}" for key, word in BOUNDS.items() if key in field]
    return " ".join([str(field.get("type", "anything")), *bounds])


BOUNDS = {
    "minLength": "at least",
    "maxLength": "at most",
    "minimum": "from",
    "maximum": "to",
    "maxItems": "at most",
}

if __name__ == "__main__":
    main()

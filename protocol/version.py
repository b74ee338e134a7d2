"""The version of the language: changes whenever a frame does."""

import hashlib

import msgspec

from protocol import commands, events

ROOTS = (commands.VisitorCommand, commands.AgentCommand, events.VisitorEvent, events.AgentEvent)


def schema() -> dict[str, object]:
    """Every frame and part as JSON Schema (2020-12), by name."""
    _, components = msgspec.json.schema_components(ROOTS, ref_template="#/$defs/{name}")
    return components


VERSION = hashlib.sha256(msgspec.json.encode(schema(), order="deterministic")).hexdigest()[:12]

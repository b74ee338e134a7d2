"""What may be wrong with a catalogue, each in a sentence that says where."""

import re
from collections.abc import Iterator, Mapping

from babel.messages.catalog import Catalog, Message

from core.translations import catalogue
from core.translations.sources import Text

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd](?!\w)")
#: Chinese followed by a half-width mark: typed with the wrong keyboard.
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:!?]|[\u4e00-\u9fff]\.(?:\s|$)")


def problems(catalog: Catalog, texts: Mapping[tuple[str, str], Text]) -> Iterator[str]:
    for text in texts.values():
        message = catalog.get(text.singular, text.context)
        trouble = trouble_with(message, text) if message else "is new: run `manage.py translations`"
        if trouble:
            yield f"{text.place}: {text.singular!r} {trouble}"


def trouble_with(message: Message, text: Text) -> str | None:
    """What is wrong with one translation, if anything."""
    words = catalogue.translation(message)
    if not words:
        return "has no translation"
    if message.fuzzy:
        return "is marked fuzzy"
    if placeholders(words) != placeholders(text.plural or text.singular):
        return f"and its translation {words!r} have different placeholders"
    if HALF_WIDTH.search(words):
        return f"has half-width punctuation in its translation {words!r}"
    return None


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))

"""One language's .po file: read, brought up to date, written so that diffs stay small, compiled."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from core.translations.sources import Text

#: Django names the folder with an underscore, the language with a hyphen.
LANGUAGE = "zh_Hans"
#: No dates and no line numbers: they change in every commit and tell nothing.
HEADER = f"""msgid ""
msgstr ""
"Language: {LANGUAGE}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

""".encode()


def po_path(root: Path) -> Path:
    return root / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(LANGUAGE)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def updated(old: Catalog, texts: Mapping[tuple[str, str], Text]) -> Catalog:
    """The texts of the source with the translations known so far; what left the source is left out."""
    new = Catalog(LANGUAGE)
    for text in sorted(texts.values(), key=lambda text: text.key):
        known = old.get(text.singular, text.context)
        # A text that gained a plural keeps its words; the pair is what gettext looks up.
        words = translation(known) if known else ""
        flags = known.flags & {"fuzzy"} if known else set()
        if text.plural:
            new.add((text.singular, text.plural), (words,), flags=flags, context=text.context)
        else:
            new.add(text.singular, words, flags=flags, context=text.context)
    return new


def translation(message: Message) -> str:
    """Chinese has one form, whether the message has a plural or not."""
    return message.string if isinstance(message.string, str) else (message.string or [""])[0]


def as_po(catalog: Catalog) -> bytes:
    out = BytesIO(HEADER)
    out.seek(0, 2)
    write_po(
        out, catalog, width=100, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True
    )
    return out.getvalue()


def compile(catalog: Catalog, path: Path) -> None:  # noqa: A001 - catalogue.compile() reads aloud
    """Written beside and moved: a server starting at this moment reads the old file or the new one."""
    beside = path.with_suffix(".new")
    with beside.open("wb") as file:
        write_mo(file, catalog)
    beside.replace(path)

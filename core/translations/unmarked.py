"""Words in templates that nobody marked for translation: they would stay English for everybody."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from django.conf import settings

from core.translations import sources

#: Template code, what stands between translation tags, and blocks that name a CSS class.
CODE = re.compile(
    r"\{#.*?#\}"
    r"|\{% *comment\b.*?endcomment *%\}"
    r"|\{% *blocktrans(?:late)?\b.*?endblocktrans(?:late)? *%\}"
    r"|\{% *block +\w*_class *%\}.*?endblock *%\}"
    r"|\{%.*?%\}"
    r"|\{\{.*?\}\}",
    re.DOTALL,
)
WORD = re.compile(r"[^\W\d_]{2,}")
READ_ALOUD = {"title", "alt", "placeholder", "aria-label", "aria-description", "aria-roledescription"}
NOT_WORDS = {"script", "style", "code", "pre", "template"}
NAMES = {"Parley"}
#: Templates in a folder of this name are written in that language, each for itself.
LANGUAGES = {"en", "zh-hans"}
LANGUAGES = {code for code, _ in settings.LANGUAGES}


def problems(root: Path) -> Iterator[str]:
    """A page in a folder named after a language is written in that language, and needs its twins."""
    for path in sources.templates(root):
        if language := next((part for part in path.parts if part in LANGUAGES), None):
            yield from _missing_twins(path, language, root)
        elif path.suffix == ".html":
            for line, words in _unmarked(path.read_text(encoding="utf8")):
                yield f"{path.relative_to(root)}:{line}: {words!r} is not marked for translation"


def _missing_twins(path: Path, language: str, root: Path) -> Iterator[str]:
    for other in LANGUAGES - {language}:
        twin = Path(*(other if part == language else part for part in path.parts))
        if not twin.exists():
            yield f"{path.relative_to(root)} has no twin {twin.relative_to(root)}"


def _unmarked(template: str) -> list[tuple[int, str]]:
    reader = _Reader()
    reader.feed(CODE.sub(_blank, template))
    reader.close()
    return reader.found


def _blank(code: re.Match[str]) -> str:
    """Line ends stay, so that lines are counted right."""
    return re.sub(r"[^\n]", " ", code[0])


class _Reader(HTMLParser):
    """Collects what a reader would read; `translate="no"` excludes an element, as HTML has it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.inside or tag in NOT_WORDS or ("translate", "no") in attrs:
            self.inside.append(tag)
        else:
            for name, value in attrs:
                self.note(value or "" if name in READ_ALOUD else "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.inside:
            for line, words in enumerate(data.split("\n")):
                self.note(words, line)

    def note(self, words: str, line: int = 0) -> None:
        if set(WORD.findall(words)) - NAMES:
            self.found.append((self.getpos()[0] + line, words.strip()))

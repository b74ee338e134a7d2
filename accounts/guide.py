"""The user guide (`docs/user-guide*.md`) as pages of the product: a page for each of its sections, and a search."""

import functools
import re
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.templatetags.static import static
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

#: Where pictures of the guide lie below /static/.
PICTURES = "guide"
_AROUND = 90
_A_WORD = 20


class Section(NamedTuple):
    """A chapter. Its slug is that of the English title, so that it has one address in every language."""

    slug: str
    title: str
    html: SafeString
    text: str


class Finding(NamedTuple):
    section: Section
    excerpt: str


def sections(language: str) -> list[Section]:
    return _sections("user-guide", language)


def news(language: str) -> list[Section]:
    """What changed, a section for each version, the newest first."""
    return _sections("news", language)


def search(language: str, query: str) -> list[Finding]:
    """The sections in which each of the words occurs; those with one in the title first."""
    words = query.casefold().split()
    fitting = [one for one in sections(language) if all(word in _all(one) for word in words)]
    fitting.sort(key=lambda one: not any(word in one.title.casefold() for word in words))
    return [Finding(one, _excerpt(one.text, words)) for one in fitting] if words else []


def _all(section: Section) -> str:
    return f"{section.title} {section.text}".casefold()


def _excerpt(text: str, words: list[str]) -> str:
    places = [place for word in words if (place := text.casefold().find(word)) >= 0]
    if not places:
        return text[: 2 * _AROUND]
    start = max(0, min(places) - _AROUND)
    end = min(places) + _AROUND
    start, end = _between_words(text, start, end)
    return ("… " if start else "") + text[start:end].strip() + (" …" if end < len(text) else "")


def _between_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Where no word is cut in two; Chinese has no gaps within reach, and is cut anywhere."""
    gap = re.compile(r"\s")
    after = gap.search(text, start, start + _A_WORD) if start else None
    before = [one.start() for one in gap.finditer(text, max(0, end - _A_WORD), end)]
    return after.end() if after else start, before[-1] if before and end < len(text) else end


@functools.cache
def _sections(name: str, language: str) -> list[Section]:
    own, english = _chapters(_path(name, language)), _chapters(_path(name, "en"))
    slugs = [slugify(title.replace(".", "-")) for title, _ in english]
    return [_section(slug, title, source) for slug, (title, source) in zip(slugs, own, strict=True)]


def _path(name: str, language: str) -> Path:
    ending = "" if language == "en" else f".{language}"
    return Path(settings.BASE_DIR) / "docs" / f"{name}{ending}.md"


def _chapters(path: Path) -> list[tuple[str, str]]:
    """Title and source of each part below a second-order heading."""
    parts = re.split(r"^## (.+)$", path.read_text(encoding="utf8"), flags=re.M)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def _section(slug: str, title: str, source: str) -> Section:
    html = _markdown().render(source)
    text = " ".join(strip_tags(html.replace("</", " </")).split())
    return Section(slug, title, mark_safe(html), text)  # noqa: S308  our own words, and no HTML in them


@functools.cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.add_render_rule("image", _image)
    markdown.add_render_rule("link_open", _link)
    markdown.add_render_rule(
        "table_open", lambda *_: '<div class="grid-frame"><table class="grid guide-table">'
    )
    markdown.add_render_rule("table_close", lambda *_: "</table></div>")
    return markdown


def _image(self: Any, tokens: list[Token], at: int, options: Any, env: Any) -> str:
    token = tokens[at]
    token.attrs["src"] = static(f"{PICTURES}/{Path(str(token.attrs['src'])).name}")
    token.attrs["loading"] = "lazy"
    return str(self.image(tokens, at, options, env))


def _link(self: Any, tokens: list[Token], at: int, options: Any, env: Any) -> str:
    """Links within the guide lead to its sections; what lies beside it in the source does not exist here."""
    href = str(tokens[at].attrs.get("href", ""))
    if href.startswith("#"):
        tokens[at].attrs["href"] = f"../{slugify(href)}/"
    elif not urlsplit(href).scheme:
        tokens[at].attrs.pop("href", None)
    return str(self.renderToken(tokens, at, options, env))

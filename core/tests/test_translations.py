import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from pytest_django import Settings

from core.translations import catalogue, sources, unmarked

VIEWS = """
from django.utils.translation import gettext as _, ngettext, pgettext

def greet(name):
    return (
        _("Hello {name}").format(name=name)
        + _(" ".join(["not", "here"]))
        + ngettext("{n} visitor", "{n} visitors", 2)
        + pgettext("a status", "Away")
        + _(
            "Two lines "
            "are one text"
        )
    )
"""
PAGE = """{% load i18n %}
<h1 title="{% translate "Title" %}">
    {% blocktranslate trimmed with name=agent.name %}
      Welcome back,
      {{ name }}
    {% endblocktranslate %}
    {% if a %}{% translate "Open" context "a verb" %}{% endif %}
    {% blocktranslate count n=waiting %}{{ n }} waits{% plural %}{{ n }} wait{% endblocktranslate %}
    {{ _("Variable")|upper }} {% include "x.html" with label=_("Passed on") %}
</h1>
"""
ERRORS = '''
from core.errors import DomainError

class Closed(DomainError):
    """This shop
    is closed."""

class ClosedOnSunday(Closed):
    """Closed on {day}."""

class NotOurs(Exception):
    """Nobody reads this."""
'''


@pytest.fixture
def tree(tmp_path: Path, settings: Settings) -> Path:
    """A small project: a view, a page and errors."""
    (tmp_path / "shop" / "templates").mkdir(parents=True)
    (tmp_path / "shop" / "views.py").write_text(VIEWS)
    (tmp_path / "shop" / "errors.py").write_text(ERRORS)
    (tmp_path / "shop" / "templates" / "page.html").write_text(PAGE)
    (tmp_path / "shop" / "tests").mkdir()
    (tmp_path / "shop" / "tests" / "test_x.py").write_text('from x import _\n_("In a test")\n')
    settings.BASE_DIR = tmp_path
    return tmp_path


def translate_all(tree: Path, **other: str) -> None:
    """Puts 译 and the placeholders of each text, or what the caller says, into the catalogue."""
    path, texts = catalogue.po_path(tree), sources.find(tree)
    catalog = catalogue.updated(catalogue.read(path), texts)
    for text in texts.values():
        message = catalog.get(text.singular, text.context)
        assert message is not None
        words = other.get(text.singular, "译" + text.singular)
        message.string = (words,) if text.plural else words
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(catalogue.as_po(catalog))


def complaint() -> str:
    with pytest.raises(CommandError) as caught:
        call_command("translations", check=True)
    return str(caught.value)


def test_texts_are_found_in_python_templates_and_errors(tree: Path) -> None:
    found = {(text.context, text.singular, text.plural) for text in sources.find(tree).values()}
    assert found == {
        (None, "Hello {name}", None),
        (None, "{n} visitor", "{n} visitors"),
        ("a status", "Away", None),
        (None, "Two lines are one text", None),
        (None, "Title", None),
        (None, "Welcome back, %(name)s", None),
        ("a verb", "Open", None),
        (None, "%(n)s waits", "%(n)s wait"),
        (None, "Variable", None),
        (None, "Passed on", None),
        (None, "This shop is closed.", None),
        (None, "Closed on {day}.", None),
    }


def test_a_complete_catalogue_passes(tree: Path) -> None:
    translate_all(tree)
    call_command("translations", check=True)


def test_a_missing_text_is_told_with_its_place(tree: Path) -> None:
    translate_all(tree)
    with (tree / "shop" / "views.py").open("a") as file:
        file.write('\nBYE = _("Goodbye")\n')
    assert "shop/views.py:16: 'Goodbye' is new" in complaint()


def test_an_empty_translation_is_told(tree: Path) -> None:
    translate_all(tree, Title="")
    assert "shop/templates/page.html:2: 'Title' has no translation" in complaint()


def test_a_fuzzy_translation_is_told(tree: Path) -> None:
    translate_all(tree)
    path = catalogue.po_path(tree)
    path.write_text(path.read_text().replace('msgid "Title"', '#, fuzzy\nmsgid "Title"'))
    assert "'Title' is marked fuzzy" in complaint()


@pytest.mark.parametrize("words", ["你好", "你好 {nmae}", "你好 {name} {name}"])
def test_other_placeholders_are_told(tree: Path, words: str) -> None:
    translate_all(tree, **{"Hello {name}": words})
    assert "have different placeholders" in complaint()


def test_half_width_punctuation_is_told(tree: Path) -> None:
    translate_all(tree, Title="标题, 副标题")
    assert "half-width punctuation" in complaint()


def test_a_text_that_left_the_source_is_told_and_then_removed(tree: Path) -> None:
    translate_all(tree)
    (tree / "shop" / "views.py").write_text("")
    assert "texts that left the source" in complaint()
    call_command("translations")
    assert "Hello" not in catalogue.po_path(tree).read_text()
    call_command("translations", check=True)


def test_updating_keeps_translations_and_changes_nothing_else(tree: Path) -> None:
    translate_all(tree, Title="标题")
    before = catalogue.po_path(tree).read_bytes()
    call_command("translations")
    assert catalogue.po_path(tree).read_bytes() == before
    assert "2026" not in before.decode()
    assert "views.py" not in before.decode()


def test_a_text_that_gains_a_plural_keeps_its_translation(tree: Path) -> None:
    translate_all(tree, Title="标题")
    page = tree / "shop" / "templates" / "page.html"
    tags = "{% blocktranslate count n=2 %}Title{% plural %}Titles{% endblocktranslate %}"
    page.write_text("{% load i18n %}" + tags)
    texts = sources.find(tree)
    message = catalogue.updated(catalogue.read(catalogue.po_path(tree)), texts).get("Title")
    assert message is not None
    assert (message.id, message.string) == (("Title", "Titles"), ("标题",))


def test_words_in_a_template_that_nobody_marked_are_told(tree: Path) -> None:
    translate_all(tree)
    (tree / "shop" / "templates" / "page.html").write_text(
        PAGE
        + '<p>Parley <b translate="no">Acme</b></p>\n<img alt="A cat">\n'
        + "<p>\n  Forgotten</p>\n<code>x = yes</code>\n"
    )
    assert [*unmarked.problems(tree)] == [
        "shop/templates/page.html:12: 'A cat' is not marked for translation",
        "shop/templates/page.html:14: 'Forgotten' is not marked for translation",
    ]


def test_a_page_written_once_for_each_language_has_all_its_twins(tree: Path) -> None:
    translate_all(tree)
    for language in ("en", "zh-hans"):
        (tree / "shop" / "templates" / language).mkdir()
        (tree / "shop" / "templates" / language / "about.html").write_text("<p>About us</p>")
    assert [*unmarked.problems(tree)] == []
    (tree / "shop" / "templates" / "zh-hans" / "about.html").unlink()
    assert [*unmarked.problems(tree)] == [
        "shop/templates/en/about.html has no twin shop/templates/zh-hans/about.html"
    ]


def test_the_server_speaks_chinese(tmp_path: Path, settings: Settings) -> None:
    """Django finds the folder, and reads what was compiled."""
    shutil.copytree(catalogue.po_path(settings.BASE_DIR).parents[2], tmp_path / "locale")
    settings.BASE_DIR = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    call_command("translations", compile=True)
    with translation.override("zh-hans"):
        assert translation.gettext("Offline messages") == "访客留言"


def test_nothing_is_missing_in_this_project() -> None:
    call_command("translations", check=True)

"""Brings the built front end into a template: `{% vite "pages" %}` and `{% icon "send" %}`."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from core import assets

register = template.Library()


@register.simple_tag
def vite(*parts: str) -> SafeString:
    found = assets.of(*parts)
    return format_html(
        "{}{}{}",
        _each('<link rel="stylesheet" href="{}">', found.styles),
        _each('<link rel="modulepreload" href="{}">', found.imports),
        _each('<script type="module" src="{}"></script>', found.scripts),
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    lines = mark_safe(assets.icon(name))  # noqa: S308  drawn by our own build
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', lines)


def _each(html: str, files: tuple[str, ...]) -> SafeString:
    return format_html_join("", html, ((static(file),) for file in files))

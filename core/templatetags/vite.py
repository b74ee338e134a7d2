"""Brings the built front end into a template: `{% vite "pages" %}` and `{% icon "send" %}`."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from core import assets

register = template.Library()


@register.simple_tag
def vite(part: str) -> SafeString:
    found = assets.of(part)
    return format_html(
        '{}{}<script type="module" src="{}"></script>',
        _links('<link rel="stylesheet" href="{}">', found.styles),
        _links('<link rel="modulepreload" href="{}">', found.imports),
        static(found.script),
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    lines = mark_safe(assets.icon(name))  # noqa: S308  drawn by our own build
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', lines)


def _links(html: str, files: tuple[str, ...]) -> SafeString:
    return format_html_join("", html, ((static(file),) for file in files))

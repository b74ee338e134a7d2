"""The frame of the settings: `{% settings_nav %}`, and of the page one is on its title and sentence."""

from typing import Any

from django import template

from accounts import settings_area

register = template.Library()


@register.inclusion_tag("settings/_nav.html", takes_context=True)
def settings_nav(context: dict[str, Any]) -> dict[str, Any]:
    request = context["request"]
    return {
        "groups": settings_area.seen_by(request.user, request.company),
        "company": request.company,
        "path": request.path,
        "here": _here(context),
    }


@register.simple_tag(takes_context=True)
def settings_title(context: dict[str, Any]) -> settings_area.Words:
    page = _here(context)
    return page.title if page else ""


@register.simple_tag(takes_context=True)
def settings_sentence(context: dict[str, Any]) -> settings_area.Words:
    page = _here(context)
    return page.sentence if page else ""


def _here(context: dict[str, Any]) -> settings_area.Page | None:
    """The page whose path is the longest that leads here: a page may have pages below it."""
    request = context["request"]
    fitting = [
        entry
        for _, entries in settings_area.seen_by(request.user, request.company)
        for entry in entries
        if request.path.startswith(entry.url)
    ]
    return max(fitting, key=lambda entry: len(entry.url)).page if fitting else None

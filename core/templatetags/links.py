"""`{{ text|links }}`: a text as it was written, its web addresses as links, as in the workspace."""

import re

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

#: Chinese puts no space before an address, nor after it.
ADDRESS = re.compile(r"(https?://[^\s<>\"'）】」』，。；！？]+)")
#: What ends a sentence does not belong to the address in it.
TAIL = re.compile(r"[.,;:!?)\]]+$")


@register.filter(is_safe=True)
def links(text: str) -> SafeString:
    parts = ADDRESS.split(text)
    return mark_safe(  # noqa: S308  each part is escaped
        "".join(_link(part) if at % 2 else conditional_escape(part) for at, part in enumerate(parts))
    )


def _link(part: str) -> str:
    address = TAIL.sub("", part)
    link = '<a href="{}" target="_blank" rel="noopener noreferrer nofollow">{}</a>{}'
    return format_html(link, address, address, part[len(address) :])

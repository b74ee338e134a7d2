"""`{% face agent "avatar--small" %}`: somebody's picture, or the first letters of the name."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import Agent

register = template.Library()


@register.simple_tag(takes_context=True)
def face(context: dict[str, object], agent: Agent, look: str = "", side: int = 64) -> SafeString:
    """Decoration beside the name. The picture is that of the company one is in."""
    if not agent.picture:
        return format_html(
            '<span class="avatar {}" aria-hidden="true">{}</span>', look, _initials(agent.name)
        )
    company_id = context["company"].company_id  # type: ignore[attr-defined]
    url = reverse("accounts:picture", args=[company_id, f"{agent.picture}-{side}.webp"])
    return format_html('<span class="avatar {}" aria-hidden="true"><img src="{}" alt=""></span>', look, url)


def _initials(name: str) -> str:
    """As the browser's script draws them."""
    words = name.split()
    return "".join(word[:1] for word in [*words[:1], *words[1:][-1:]]).upper()

from typing import Any

from django import template
from django.utils.html import json_script
from django.utils.safestring import SafeString

from chat import page_data as data

register = template.Library()


@register.simple_tag(takes_context=True)
def page_data(context: dict[str, Any]) -> SafeString:
    """What the script of an agent's page reads at its start."""
    return json_script(data.of(context["request"]), "workspace-data")

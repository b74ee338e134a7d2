from typing import Any

from django import template

from accounts import plan_words

register = template.Library()


@register.simple_tag(takes_context=True)
def plan_warning(context: dict[str, Any]) -> str:
    """`{% plan_warning as warning %}`: what of the plan needs a look soonest."""
    request = context["request"]
    return plan_words.warning(request.company, request.user)

from typing import Any

from django import template

from accounts import plan_words

register = template.Library()


@register.simple_tag(takes_context=True)
def plan_warning(context: dict[str, Any]) -> str:
    """`{% plan_warning as warning %}`: what of the plan needs a look soonest."""
    request = context["request"]
    return plan_words.warning(request.company, request.user)


@register.simple_tag(takes_context=True)
def plan_grace(context: dict[str, Any]) -> str:
    """`{% plan_grace as grace %}`: until when all goes on although what is paid is over."""
    request = context["request"]
    return plan_words.grace(request.company, request.user)

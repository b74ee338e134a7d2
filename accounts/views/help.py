from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts import first_hour, guide, support
from accounts.access import AgentRequest, signed_in


@require_safe
@signed_in
def index(request: AgentRequest, company_id: int) -> HttpResponse:
    """The user guide: its sections, or those in which something was found."""
    query, language = request.GET.get("q", "").strip(), _language()
    facts = {
        "sections": guide.sections(language),
        "query": query,
        "found": guide.search(language, query),
        "contact": support.contact(),
        "version": settings.VERSION,
    }
    return render(request, "accounts/help/index.html", facts)


@require_safe
@signed_in
def section(request: AgentRequest, company_id: int, slug: str) -> HttpResponse:
    sections = guide.sections(_language())
    places = {one.slug: place for place, one in enumerate(sections)}
    if slug not in places:
        raise Http404
    place = places[slug]
    facts = {
        "section": sections[place],
        "sections": sections,
        "before": sections[place - 1] if place else None,
        "after": sections[place + 1] if place + 1 < len(sections) else None,
    }
    return render(request, "accounts/help/section.html", facts)


@require_safe
@signed_in
def news(request: AgentRequest, company_id: int) -> HttpResponse:
    """Which version this is, and what changed in it."""
    facts = {"news": guide.news(_language()), "version": settings.VERSION}
    return render(request, "accounts/help/news.html", facts)


@require_safe
@signed_in
def start(request: AgentRequest, company_id: int) -> HttpResponse:
    """A new administrator's first hour, step by step."""
    steps = first_hour.of(request.company)
    to_do = [step for step in steps if not step.is_done]
    facts = {"steps": steps, "next": to_do[:1], "done": len(steps) - len(to_do), "all": len(steps)}
    return render(request, "accounts/help/start.html", facts)


def _language() -> str:
    return "zh-hans" if get_language() == "zh-hans" else "en"

"""What a company says of itself."""

from typing import Any

from django.db import transaction

from companies import limits, signals
from companies.models import Company
from core import pictures


@transaction.atomic
def edit(company: Company, **facts: Any) -> Company:
    """Agents' pages show it from their next load on, the chat window within a minute."""
    now = Company.objects.select_for_update(no_key=True, of=("self",)).get(pk=company.pk)
    changes = {name: [getattr(now, name), fact] for name, fact in facts.items() if getattr(now, name) != fact}
    if changes:
        for name, fact in facts.items():
            setattr(now, name, fact)
        now.save(update_fields=list(changes))
        signals.information_changed.send(Company, company=now, changes=changes)
    return now


@transaction.atomic
def put_up_logo(company: Company, upload: bytes) -> None:
    """Shown on agents' pages from their next load on."""
    with company.entered():
        limits.take(limits.Limit.STORAGE, len(upload))
        name = pictures.keep_logo(upload)
    _change_logo(company, name)


@transaction.atomic
def take_down_logo(company: Company) -> None:
    """The name alone from now on. Harmless to repeat."""
    _change_logo(company, "")


def _change_logo(company: Company, name: str) -> None:
    now = Company.objects.select_for_update(no_key=True, of=("self",)).get(pk=company.pk)
    before, now.logo = now.logo, name
    if before == name:
        return
    now.save(update_fields=["logo"])
    company.logo = name
    with now.entered():
        pictures.forget(before)
    changes = {"logo": ["set" if before else "", "set" if name else ""]}
    signals.information_changed.send(Company, company=now, changes=changes)

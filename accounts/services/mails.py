"""Mails to those who sign in: what they have in common."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise

from companies.models import Company, Delivery
from companies.services import deliveries


def post(
    kind: str,
    company: Company,
    *,
    to: str,
    language: str,
    key: str,
    subject: Promise,
    is_secret: bool = False,
    **facts: Any,
) -> Delivery:
    """A text of templates/accounts/mail/, in this language or the company's; the subject names the company."""
    with translation.override(language or company.language):
        return deliveries.post_mail(
            company,
            key=key,
            to=to,
            subject=str(subject) % {"company": company.name},
            text=render_to_string(f"accounts/mail/{kind}.txt", {"company": company, **facts}),
            is_secret=is_secret,
        )


def link(page: str, *place: str, origin: str) -> str:
    """To where the mail was asked for, else to where the installation is known to be."""
    return (origin or settings.PUBLIC_URL) + reverse(page, args=place)

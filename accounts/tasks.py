"""Edges: each task calls one service. Tasks begin in the public schema; a company is entered, never assumed."""

from celery import shared_task
from kombu.exceptions import OperationalError as BrokerUnreachable

from accounts.services import password_links

__all__ = ["BrokerUnreachable", "mail_password_link"]


@shared_task
def mail_password_link(company_id: str, agent_id: str, origin: str) -> None:
    password_links.mail_if_known(company_id=company_id, agent_id=agent_id, origin=origin)

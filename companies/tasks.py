"""Edges: each task calls one service. Tasks begin in the public schema; a company is entered, never assumed."""

from celery import shared_task
from kombu.exceptions import OperationalError as BrokerUnreachable

from companies.services import alarms, deliveries

__all__ = ["BrokerUnreachable", "ring_alarms", "send_delivery", "sweep_deliveries"]


@shared_task
def ring_alarms() -> None:
    alarms.ring_due()


@shared_task
def send_delivery(delivery_id: int) -> None:
    deliveries.send(delivery_id)


@shared_task
def sweep_deliveries() -> None:
    deliveries.sweep()

"""What a process of sockets has counted."""

from collections.abc import Iterable

from prometheus_client import core as kinds

from chat import runtime
from core.metrics import counter, gauge
from core.realtime import counts, roster


def sockets() -> Iterable[kinds.Metric]:
    connections = kinds.GaugeMetricFamily(
        "parley_connections", "Open sockets, by side and transport.", labels=["side", "transport"]
    )
    for (side, transport), number in roster.count().items():
        connections.add_metric([side, transport], number)
    yield connections
    yield counter("commands", "Commands that came in.", counts.commands)
    yield counter("acks", "Commands that were acknowledged.", counts.acks)
    refusals = kinds.CounterMetricFamily("parley_refusals", "Commands that were refused.", labels=["code"])
    for code, number in list(counts.refusals.items()):
        refusals.add_metric([code], number)
    yield refusals
    yield counter("messages_stored", "Messages that were stored.", counts.stored)
    yield counter("messages_repeated", "Messages that had been stored before.", counts.repeated)


def parts() -> Iterable[kinds.Metric]:
    """The parts that a process of sockets has once; nothing in others."""
    if not runtime.is_started():
        return
    now = runtime.current()
    yield gauge("writer_waiting", "Messages that wait for the writer.", now.writer.waiting)
    yield counter("writer_batches", "Batches that were written.", now.writer.batches)
    yield counter("writer_messages", "Messages in those batches.", now.writer.items)
    yield gauge("board_visitors", "Visitors whom this process keeps on the board.", now.board.count())
    yield gauge("leases", "Agents' connections whose leases this process renews.", now.leases.count())

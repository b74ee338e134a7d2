import msgspec
import pytest

from bench.generator import Counts, Load, Sockets, Times


@pytest.fixture
def load() -> Load:
    """A run in which nothing went wrong."""
    times = Times(count=100, p50=1, p90=2, p99=3.25, max=4)
    return Load(
        valid=True,
        processor_share=0.125,
        connecting=0.1,
        seconds=2,
        sockets=Sockets(planned=100, failed=0, closed=0),
        measured=Counts(sent=2000, acked=2000, delivered=2000),
        all=Counts(sent=3000, acked=3000, delivered=3000),
        refused=0,
        disordered=0,
        strange=0,
        others=0,
        ack_ms=times,
        delivery_ms=msgspec.structs.replace(times, p99=5),
        late_ms=times,
    )

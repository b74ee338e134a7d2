import msgspec
import pytest

from bench.generator import Counts, Load, Sockets, Times, Window


@pytest.fixture
def load() -> Load:
    """A run in which nothing went wrong."""
    times = Times(count=100, p50=1, p90=2, p99=3.25, max=4)
    window = Window(
        seconds=2,
        processor_share=0.125,
        counts=Counts(sent=2000, acked=2000, delivered=2000),
        ack_ms=times,
        delivery_ms=msgspec.structs.replace(times, p99=5),
        late_ms=times,
    )
    return Load(
        valid=True,
        connecting=0.1,
        sockets=Sockets(planned=100, failed=0, closed=0),
        all=Counts(sent=3000, acked=3000, delivered=3000),
        refused=0,
        disordered=0,
        strange=0,
        others=0,
        windows=[window],
    )

import msgspec
import pytest

from bench import runs
from bench.generator import Counts, Sockets
from bench.runs import Run

replace = msgspec.structs.replace


def test_a_run_without_trouble_has_lost_nothing(load):
    assert runs.losses(load) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"sockets": Sockets(100, failed=2, closed=0)}, "2 of 100 sockets did not open"),
        ({"sockets": Sockets(100, failed=0, closed=1)}, "1 sockets were closed"),
        ({"all": Counts(3000, 2999, 3000)}, "2999 of 3000 messages were acknowledged"),
        ({"all": Counts(3000, 3000, 2990)}, "2990 of 3000 messages were delivered"),
        ({"refused": 4}, "4 messages were refused"),
        ({"disordered": 5}, "5 messages were delivered out of order"),
        ({"strange": 6}, "6 messages were answered twice"),
    ],
)
def test_whatever_goes_wrong_is_told(load, change, told):
    assert runs.losses(replace(load, **change)) == [told]


def test_a_generator_at_its_own_limit_makes_a_run_void(load):
    busy = replace(load, valid=False, windows=[*load.windows, replace(load.windows[0], processor_share=0.95)])
    assert runs.faults([load], [busy]) == ["the generator itself took 95% of a core"]


def test_the_losses_of_the_reference_are_no_fault(load):
    assert runs.faults([load], [replace(load, refused=9)]) == []


def test_the_cost_of_a_message_is_summed_over_all_parts(load):
    run = Run(load, load.windows[0], {"servers": 0.1, "Valkey": 0.02, "PostgreSQL": 0.04}, everybody=0.61)
    assert run.cost == pytest.approx(80)
    assert runs.describe(run) == (
        "1,000 messages/s at 80 us (servers 50, Valkey 10, PostgreSQL 20), "
        "acknowledged p50/p99 1.0/3.2 ms, delivered p50/p99 1.0/5.0 ms, "
        "generator 0.12 and other programs 0.10 of a core"
    )

from bench import rounds


def test_both_designs_are_measured_in_turn():
    order: list[str] = []

    def measure(design: str) -> int:
        order.append(design)
        return len(order)

    assert rounds.interleaved(("ours", "reference"), 2, measure) == ([1, 3], [2, 4])
    assert order == ["ours", "reference", "ours", "reference"]


def test_the_median_is_a_run_that_took_place():
    assert rounds.median([3.0, 9.0, 1.0, 4.0], lambda run: run) == 3.0

import json

import pytest

from bench import report
from bench.report import BARS, AtLeast, AtMost, Finding, Row


def found(name: str, ours: float, reference: float | None = None) -> Finding:
    return Finding(report.row(name, ours, reference, "us", "a note"))


def test_the_ratio_says_how_many_times_more_the_reference_takes():
    assert found("relay_cpu", 60, 1800).row.ratio == 30


def test_there_is_no_ratio_without_a_reference():
    assert found("loader_bytes", 4000).row.ratio is None


@pytest.mark.parametrize("ours", [0, -3.5])
def test_there_is_no_ratio_to_nothing(ours):
    assert found("stall_p99", ours, 200).row.ratio is None


@pytest.mark.parametrize(("ratio", "holds"), [(24.9, False), (25, True), (60, True), (None, False)])
def test_a_ratio_must_reach_its_bar(ratio, holds):
    assert AtLeast(25).holds(Row("relay_cpu", 1, ratio, ratio, "us", "")) is holds


@pytest.mark.parametrize(("ours", "holds"), [(20, True), (20.1, False), (-1, True), (float("nan"), False)])
def test_ours_may_not_exceed_its_bar(ours, holds):
    assert AtMost(20).holds(Row("relay_p99_1000", ours, None, None, "ms", "")) is holds


def test_a_loss_fails_whatever_the_figure_says():
    good = found("relay_cpu", 60, 1800)
    assert good.passes
    assert not Finding(good.row, ["1 message was lost"]).passes


def test_every_bar_is_as_the_promise_is():
    assert {name: str(bar) for name, bar in BARS.items()} == {
        "relay_cpu": "ratio at least 25",
        "relay_cpu_300": "ratio at least 3",
        "relay_p99_1000": "ours at most 20",
        "stall_p99": "ours at most 5",
        "loader_bytes": "ours at most 8,192",
        "window_bytes": "ours at most 40,960",
        "board_cpu_10k": "ratio at least 30",
        "broadcast_cpu_500": "ratio at least 10",
        "rooms_growth": "ours at most 1.2",
        "socket_memory": "ours at most 25",
        "connect_rate": "ours at least 1,200, ratio at least 3",
        "resume_1000": "ours at most 5",
        "beacon_cpu": "ratio at least 40",
        "http_page": "ratio at least 3",
        "companies_growth": "ours at most 1.5",
        "history_growth": "ours at most 1.5",
        "company_create": "ours at most 1.5",
        "migrate_noop_300": "ratio at least 50",
    }


def test_results_are_a_list_of_rows_that_say_where_they_come_from(tmp_path):
    report.save([found("relay_cpu", 60, 1800)], tmp_path / "results.json", "measured here")
    assert json.loads((tmp_path / "results.json").read_text()) == [
        {
            "name": "relay_cpu",
            "ours": 60,
            "reference": 1800,
            "ratio": 30,
            "unit": "us",
            "note": "a note; measured here",
        }
    ]


def test_a_row_is_renewed_and_the_others_stay(tmp_path):
    path = tmp_path / "results.json"
    for finding in (found("stall_p99", 1), found("relay_cpu", 60, 1800), found("stall_p99", 2)):
        report.save([finding], path, "here")
    assert [(row["name"], row["ours"]) for row in json.loads(path.read_text())] == [
        ("relay_cpu", 60),
        ("stall_p99", 2),
    ]


def test_the_ratio_of_a_rate_is_the_other_way_round():
    assert report.rate_row("connect_rate", 2400, 600, "sockets/s", "").ratio == 4


def test_the_table_says_which_bar_was_missed_and_why():
    missed = found("relay_cpu", 60, 600)
    lost = Finding(found("loader_bytes", 4000).row, ["something was lost"])
    lines = report.table([missed, lost]).splitlines()
    assert lines[1].split() == ["FAIL", "relay_cpu", "60", "us", "600", "10", "ratio", "at", "least", "25"]
    assert lines[2].startswith("FAIL  loader_bytes")
    assert lines[3] == "loader_bytes: something was lost"

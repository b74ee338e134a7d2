from bench import plan
from bench.plan import Opening, Socket


def test_a_plan_is_one_instruction_a_line(tmp_path):
    agent = Socket(8001, "/agent", (Opening('{"a":1}', "opened"), Opening('{"b":2}')))
    visitor = Socket(8002, "/visitor", message='{"ref":@ref@}')
    plan.write([agent, visitor], tmp_path / "plan")
    assert (tmp_path / "plan").read_text().splitlines() == [
        "listener 8001 /agent",
        'open {"a":1}',
        "expect opened",
        'open {"b":2}',
        "sender 8002 /visitor",
        'message {"ref":@ref@}',
    ]

import asyncio
import gc
import json
import logging
import sys

import pytest

from core import logs
from core.tenancy import context

WORDS = "what Vera wrote"


def record(message="Hello", *args, error=None, **extra):
    made = logging.LogRecord("chat", logging.WARNING, __file__, 1, message, args, error)
    made.__dict__.update(extra)
    return made


def line(*args, **options):
    return json.loads(logs.Json().format(record(*args, **options)))


def raised(error):
    try:
        raise error
    except BaseException:
        return sys.exc_info()


def test_a_line_names_when_where_and_what():
    told = line("%d batches", 3)
    assert (told["level"], told["logger"], told["message"]) == ("WARNING", "chat", "3 batches")
    assert told["time"].endswith("+00:00")


def test_a_line_names_request_and_company():
    with logs.about(request="r1", company=""), context.entered("c_12345678"):
        told = line()
    assert (told["request"], told["company"]) == ("r1", "12345678")
    assert "request" not in line()


def test_the_public_schema_is_no_company():
    assert "company" not in line()


def test_an_error_is_told_by_kind_and_place_not_by_what_it_says():
    try:
        try:
            raise KeyError(WORDS)
        except KeyError as cause:
            raise ValueError(WORDS) from cause
    except ValueError:
        told = line(error=sys.exc_info())
    assert told["error"] == ["ValueError", "KeyError"]
    assert "test_logs.py" in told["at"][-1]
    assert WORDS not in json.dumps(told)


async def test_a_task_that_nobody_waited_for_does_not_tell_what_it_was_about(caplog):
    async def fail():
        raise ValueError(WORDS)

    task = asyncio.create_task(fail())
    await asyncio.wait({task})
    del task
    gc.collect()
    (told,) = [logs.Json().format(one) for one in caplog.records if one.name == "asyncio"]
    assert "never retrieved" in told
    assert json.loads(told)["error"] == ["ValueError"]
    assert WORDS not in told


def test_the_database_may_name_its_constraint():
    class Violation(Exception):
        sqlstate = "23505"
        constraint_name = "one_alarm_per_subject"

    told = line(error=raised(Violation(WORDS)))
    assert (told["sqlstate"], told["constraint_name"]) == ("23505", "one_alarm_per_subject")


class Request:
    path = "/confirm/a-token/"
    resolver_match: type | None = type("Match", (), {"route": "confirm/<token>/"})


def test_a_path_is_told_by_its_route():
    told = line("%s: %s", "Forbidden", Request.path, request=Request())
    assert told["message"] == "Forbidden: confirm/<token>/"


def test_a_path_that_leads_nowhere_is_not_told():
    request = Request()
    request.resolver_match = None
    assert line("%s: %s", "Not Found", Request.path, request=request)["message"] == "Not Found: no such page"


def test_celery_says_which_task_failed_not_why():
    names = {
        "name": "companies.tasks.send_delivery",
        "id": "1",
        "exc": WORDS,
        "traceback": WORDS,
        "args": WORDS,
    }
    made = record("Task %(name)s[%(id)s] raised unexpected: %(exc)s\n%(traceback)s")
    made.name, made.args = "celery.app.trace", {**names, "description": "raised unexpected"}
    assert json.loads(logs.Json().format(made))["message"] == (
        "Task companies.tasks.send_delivery raised unexpected"
    )


@pytest.mark.parametrize("words", ["two\nlines", '"quoted"', "你好"])
def test_a_line_is_one_line(words):
    assert "\n" not in logs.Json().format(record("%s", words))


def test_people_read_it_with_the_company_behind():
    with logs.about(request="r1"), context.entered("c_12345678"):
        told = logs.Plain("%(levelname)s %(message)s").format(record())
    assert told == "WARNING Hello [request=r1 company=12345678]"

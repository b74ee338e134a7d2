"""Tasks begin in the public schema; one that touches a company's rows is told which company."""

import inspect

from config.celery import app

#: Tasks that look at public rows only, and how they come to the companies' where they do.
ON_PUBLIC_ROWS = {
    "companies.tasks.ring_alarms": "each alarm names its company, which is entered to ring it",
    "companies.tasks.send_delivery": "deliveries are public rows",
    "companies.tasks.sweep_deliveries": "deliveries are public rows",
}


def ours():
    app.loader.import_default_modules()
    return {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}


def test_each_task_works_on_public_rows_or_is_told_its_company():
    told = {name for name, task in ours().items() if "company_id" in inspect.signature(task.run).parameters}
    assert ours().keys() - told == ON_PUBLIC_ROWS.keys()


def test_what_beat_schedules_is_there():
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= ours().keys()

"""`python -m config.web`: one process for pages, as WSGI.

Each request is answered by one thread from beginning to end. Through an ASGI server, each middleware that is not
made for it hops between threads twice: docs/decisions/0041-pages-as-wsgi.md.
"""

import os
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")

#: Requests under way at once, each with a connection to the database.
THREADS = 8
#: Seconds after which a thread's connection is renewed: a backend grows with each company it has touched.
CONNECTION_LASTS = 600
#: Seconds that requests under way may take when the process is to end.
PATIENCE = 20


def application() -> Any:
    """Each thread keeps a connection of its own: it would take one from a pool for each request, and alone."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    database["OPTIONS"] = {name: what for name, what in database["OPTIONS"].items() if name != "pool"}
    database["CONN_MAX_AGE"] = CONNECTION_LASTS
    # Before a page's first query: the database may have been away since the thread's last page.
    database["CONN_HEALTH_CHECKS"] = True
    from config.wsgi import application

    return application


def main() -> None:
    # Read here first, so that a missing secret ends this process and not one after another of its workers.
    from django.conf import settings

    server = Granian(
        "config.web:application",
        factory=True,
        address=os.environ.get("HOST") or "127.0.0.1",
        port=int(os.environ.get("PORT") or 8000),
        interface=Interfaces.WSGI,
        # More of them are more processes: each has its own metrics.
        workers=1,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=CONNECTION_LASTS,
        http=HTTPModes.http1,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=PATIENCE,
        log_level=LogLevels.error,
        # What it has to say of itself looks like all our lines.
        log_dictconfig={**settings.LOGGING, "loggers": dict(settings.LOGGING["loggers"])},
    )
    server.serve()


if __name__ == "__main__":
    main()

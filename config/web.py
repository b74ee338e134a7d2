"""`python -m config.web`: one process for pages, as WSGI.

Each request is answered by one thread from beginning to end. Through an ASGI server, each middleware that is not
made for it hops between threads twice: docs/decisions/0041-pages-as-wsgi.md.
"""

import os

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")

#: Requests under way at once; each may hold a connection of the database's pool, which has 12.
THREADS = 8
#: Seconds that requests under way may take when the process is to end.
PATIENCE = 20


def main() -> None:
    # Read here first, so that a missing secret ends this process and not one after another of its workers.
    from django.conf import settings

    server = Granian(
        "config.wsgi:application",
        address=os.environ.get("HOST") or "127.0.0.1",
        port=int(os.environ.get("PORT") or 8000),
        interface=Interfaces.WSGI,
        # More of them are more processes: each has its own metrics.
        workers=1,
        blocking_threads=THREADS,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=PATIENCE,
        log_level=LogLevels.warning,
        # What it has to say of itself looks like all our lines.
        log_dictconfig={**settings.LOGGING, "loggers": dict(settings.LOGGING["loggers"])},
    )
    server.serve()


if __name__ == "__main__":
    main()

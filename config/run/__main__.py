"""All of Parley on one machine: python -m config.run."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from config.run import address, announce, folder, lock, plan, records, servers, signals
from config.run.address import Address
from config.run.errors import CannotRun
from config.run.supervisor import Supervisor, supervised
from core.embedded import processes
from core.embedded.errors import NotStarted


def main() -> int:
    signals.listen()
    try:
        where = address.read(os.environ)
        data = folder.make(Path(os.environ.get("PARLEY_DATA") or "var"))
        with lock.held(data):
            _run(data, where)
    except signals.Stopped:
        signals.ignore()
        print("\nParley has stopped.", flush=True)
        return 0
    except (CannotRun, NotStarted) as trouble:
        print(trouble, file=sys.stderr)
    except OSError as error:
        print(folder.explain(data, error), file=sys.stderr)
    return 1


def _run(data: Path, where: Address) -> None:
    folder.check_room(data)
    folder.begin_logs(data)
    processes.end(records.leftovers(data), signals.ENDING[1])
    address.check_free(where)
    with supervised(data, begin=signals.ignore) as supervisor:
        environment = _start_servers(supervisor, data, where)
        _start_programs(supervisor, data, where, environment)
        supervisor.wait_for(where.ready_url)
        print(announce.ready(where, data), flush=True)
        supervisor.stay()


def _start_servers(supervisor: Supervisor, data: Path, where: Address) -> dict[str, str]:
    ours = servers.missing(data, given={name for name in servers.VARIABLES.values() if os.environ.get(name)})
    if ours:
        _say(f"Starting {' and '.join(server.name for server in ours.values())}")
    supervisor.start(ours)
    urls = {servers.VARIABLES[name]: server.url for name, server in ours.items()}
    return {
        **os.environ,
        **urls,
        "PARLEY_DATA": str(data),
        "PARLEY_SECRET_KEY": os.environ.get("PARLEY_SECRET_KEY") or folder.secret_key(data),
        "PARLEY_DEMO_URL": os.environ.get("PARLEY_DEMO_URL") or where.demo_url,
        "HOST": where.host,
        "PORT": str(where.port),
        "PYTHONUNBUFFERED": "1",
    }


def _start_programs(
    supervisor: Supervisor, data: Path, where: Address, environment: Mapping[str, str]
) -> None:
    _say("Bringing the database up to date")
    plan.preparation(data, where, environment).run()
    _say("Starting the server, the worker and the clock")
    supervisor.show(plan.mail(data))
    supervisor.start(plan.programs(data, environment))


def _say(words: str) -> None:
    print(f"* {words}", flush=True)


if __name__ == "__main__":
    sys.exit(main())

"""`python -m bench.naive.prepare`: makes the tables, and agents whose status can be set."""

import datetime
import os

import django

AGENTS = 2
#: The session of somebody who is signed in.
SESSION = "benchbenchbenchbenchbenchbench00"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.naive.settings")
    django.setup()
    from django.core.management import call_command

    from bench.naive.models import Agent

    # It has no migrations: its tables live for one run.
    call_command("migrate", run_syncdb=True, verbosity=0)
    Agent._default_manager.bulk_create([Agent() for _ in range(AGENTS)])
    _sign_in()


def _sign_in() -> None:
    from django.contrib import auth
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    user = User.objects.create(username="vera")
    facts = {
        auth.SESSION_KEY: str(user.pk),
        auth.BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
        auth.HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    ends = timezone.now() + datetime.timedelta(days=1)
    Session.objects.create(session_key=SESSION, session_data=SessionStore().encode(facts), expire_date=ends)


if __name__ == "__main__":
    main()

"""Production adds nothing new: it demands what development makes up, and refuses to start without."""

import os
import subprocess
import sys

import pytest

GOOD = {
    "PARLEY_SECRET_KEY": "f3b1c0de97a24586" * 4,
    "PARLEY_HOSTS": "chat.example.com",
    "PARLEY_URL": "https://chat.example.com",
    "PARLEY_TRUSTED_PROXIES": "172.30.238.0/24",
    "DATABASE_URL": "postgresql:///parley",
    "REDIS_URL": "redis://localhost/0",
    "EMAIL_HOST": "mail.example.com",
    "PARLEY_MAIL_FROM": "Parley <parley@example.com>",
}


def start(**changes):
    """What Python says when it loads the production settings in an environment of their own."""
    environment = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    command = [sys.executable, "-c", "import config.settings.production"]
    path = {"PATH": os.environ["PATH"]}
    return subprocess.run(
        command, env=environment | path, capture_output=True, text=True, timeout=30, check=False
    )


def test_all_that_is_demanded_suffices():
    assert start().stderr == ""


@pytest.mark.parametrize("name", GOOD)
def test_each_setting_is_demanded_by_name(name):
    refused = start(**{name: None})
    assert refused.returncode != 0
    assert f"{name} must be set in production." in refused.stderr


def test_a_secret_may_stand_in_a_file(tmp_path):
    file = tmp_path / "key"
    file.write_text(GOOD["PARLEY_SECRET_KEY"] + "\n")
    assert start(PARLEY_SECRET_KEY=None, PARLEY_SECRET_KEY_FILE=str(file)).returncode == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"PARLEY_SECRET_KEY": "development-only-" + "x" * 40}, "must be a random secret"),
        ({"PARLEY_SECRET_KEY": "short"}, "must be a random secret"),
        ({"PARLEY_SECRET_KEY": "x" * 60}, "must be a random secret"),
        ({"PARLEY_HOSTS": "*"}, "must name the hosts"),
        ({"PARLEY_URL": "http://chat.example.com"}, "must be the https:// address"),
        ({"PARLEY_TRUSTED_PROXIES": "0.0.0.0/0"}, "not everybody is one"),
        ({"PARLEY_TRUSTED_PROXIES": "proxy"}, "must be addresses and networks"),
        ({"DATABASE_URL": "postgresql://parley:parley@postgres/parley"}, "a password that nobody guesses"),
        ({"DATABASE_URL": "postgresql://parley@postgres/parley"}, "a password that nobody guesses"),
        ({"PARLEY_METRICS_TOKEN": "short"}, "at least 20 characters"),
        ({"PARLEY_EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, "must send the mail"),
        ({"PARLEY_MOVE_SECONDS": "soon"}, "must be a whole number"),
    ],
)
def test_a_weak_value_is_refused_in_words(changes, sentence):
    refused = start(**changes)
    assert refused.returncode != 0
    assert sentence in refused.stderr

"""docker-compose.yml, Dockerfile and Caddyfile, against the code they name: no Docker is needed to be wrong here."""

import importlib.util
import re
import subprocess

import pytest
from django.core.management import get_commands

from config import alive, probes
from config.tests import compose, production, settings_read

SERVICES = compose.services(production.SECRETS)
OURS = [name for name, service in SERVICES.items() if service["image"].startswith("parley:")]
DOCKERFILE = (compose.ROOT / "Dockerfile").read_text()


def test_there_is_what_production_needs():
    wanted = {"proxy", "web", "live-1", "live-2", "worker", "beat", "migrate", "postgres", "valkey"}
    assert SERVICES.keys() == wanted
    assert OURS == ["migrate", "web", "live-1", "live-2", "worker", "beat"]


@pytest.mark.parametrize("name", OURS)
def test_each_command_is_there(name):
    python, how, what, *rest = map(str, SERVICES[name]["command"])
    assert python == "python"
    if how == "-m":
        assert importlib.util.find_spec(what) is not None
    else:
        assert (compose.ROOT / how).exists()
        assert what in get_commands()


@pytest.mark.parametrize("name", SERVICES)
def test_each_is_watched_and_started_again(name):
    service = SERVICES[name]
    if name == "migrate":
        assert service["restart"] == "no"
    else:
        assert service["restart"] == "unless-stopped"
        assert service["healthcheck"]["test"][0] == "CMD"


@pytest.mark.parametrize("name", ["web", "live-1", "live-2"])
def test_the_health_check_asks_a_path_that_is_there(name):
    *command, path = SERVICES[name]["healthcheck"]["test"][1:]
    assert command == ["python", "-m", "config.check"]
    assert probes.at(path) is not None


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_the_health_check_asks_for_signs_of_life(name):
    assert SERVICES[name]["healthcheck"]["test"][1:] == ["python", "-m", "config.alive", name]
    assert alive.file(name).name == f"parley-{name}.alive"


@pytest.mark.parametrize("name", OURS)
def test_each_variable_is_one_that_is_read(name):
    assert set(SERVICES[name]["environment"]) <= settings_read.names()


@pytest.mark.parametrize("name", OURS)
def test_what_production_demands_is_given(name):
    source = (compose.ROOT / "config/settings/production.py").read_text()
    demanded = re.findall(r'"(\w+)"', source.split("DEMANDED = (", 1)[1].split(")", 1)[0])
    assert demanded
    assert [one for one in demanded if not SERVICES[name]["environment"].get(one)] == []


def test_no_secret_is_in_the_file():
    for service in compose.raw()["services"].values():
        for name, value in service.get("environment", {}).items():
            if re.search("SECRET|PASSWORD|TOKEN", name) and name != "POSTGRES_INITDB_ARGS":
                assert re.fullmatch(r"\$\{\w+:[-?].*\}", value), name
    assert "${POSTGRES_PASSWORD:?" in compose.raw()["x-parley"]["environment"]["DATABASE_URL"]


@pytest.mark.parametrize("name", [name for name, how in compose.variables().items() if how == ":?"])
def test_nothing_starts_without_what_it_insists_on(name):
    given = {key: value for key, value in production.SECRETS.items() if key != name}
    with pytest.raises(compose.Missing, match=name):
        compose.services(given)


def test_the_example_names_what_the_file_insists_on():
    example = (compose.ROOT / "deploy/env.example").read_text()
    named = set(re.findall(r"^(\w+)=", example, re.M))
    assert {name for name, how in compose.variables().items() if how == ":?"} <= named
    assert named <= compose.variables().keys()
    assert not re.search(r"^(?=\w*(?:SECRET|PASSWORD|TOKEN))\w+=.+$", example, re.M)


def test_volumes_are_declared_and_files_are_there():
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert (
                (compose.ROOT / source).exists()
                if source.startswith(".")
                else source in compose.raw()["volumes"]
            )


def test_the_migrations_come_first():
    for name in OURS[1:]:
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert SERVICES["migrate"]["depends_on"].keys() == {"postgres"}


def test_only_the_proxy_is_reached_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    for name, service in SERVICES.items():
        assert "inside" in service["networks"]
        assert ("outside" in service["networks"]) == (name in {"proxy", "worker"})
    assert compose.raw()["networks"]["inside"]["internal"] is True


def test_the_proxy_is_trusted_and_nobody_else():
    subnet = compose.raw()["networks"]["inside"]["ipam"]["config"][0]["subnet"]
    assert compose.raw()["x-parley"]["environment"]["PARLEY_TRUSTED_PROXIES"] == subnet


def test_the_proxy_is_told_all_that_its_file_asks_for():
    asked = re.findall(r"\{\$(\w+)(:\w+)?\}", (compose.ROOT / "deploy/Caddyfile").read_text())
    given = SERVICES["proxy"]["environment"]
    assert {name for name, otherwise in asked if not otherwise} == given.keys()
    for upstreams in (given["PARLEY_WEB"], given["PARLEY_LIVE"]):
        for upstream in upstreams.split():
            assert upstream.split(":")[0] in SERVICES


def test_the_proxy_understands_its_file():
    environment = {**SERVICES["proxy"]["environment"], "HOME": "/nonexistent"}
    command = [
        production.PROGRAMS["caddy"],
        "adapt",
        "--config",
        "deploy/Caddyfile",
        "--adapter",
        "caddyfile",
    ]
    done = subprocess.run(
        command, cwd=compose.ROOT, env=environment, capture_output=True, text=True, timeout=20
    )
    assert done.returncode == 0, done.stderr


def test_the_stop_is_longer_than_the_move():
    from config import web

    source = (compose.ROOT / "config/settings/production.py").read_text()
    seconds = sum(map(int, re.findall(r'"PARLEY_MOVE_\w+", (\d+)', source)))
    # And five in which the last connections end, and two for the last answers.
    assert int(SERVICES["live-1"]["stop_grace_period"][:-1]) > seconds + 5 + 2 + 5
    assert int(SERVICES["web"]["stop_grace_period"][:-1]) > web.PATIENCE


def test_the_image_copies_what_is_there():
    for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.M):
        for source in line.split()[:-1]:
            assert (compose.ROOT / source).exists(), source


def test_the_image_runs_as_nobody_special():
    last_stage = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    (user,) = re.findall(r"^USER (\w+)$", last_stage, re.M)
    assert user != "root"
    assert re.search(rf"^RUN useradd .+ {user}$", last_stage, re.M)


def test_the_image_needs_no_tests_and_no_secrets():
    ignored = (compose.ROOT / ".dockerignore").read_text().splitlines()
    assert {".env", ".git", "var", "**/tests", "**/node_modules"} <= set(ignored)

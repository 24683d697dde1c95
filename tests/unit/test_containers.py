"""Without this file the containers could start in the wrong order, as root or with a password."""

import re
import subprocess
from pathlib import Path
from typing import cast

import click
import pytest
import yaml

from commands.main import COMMANDS, build_group

ROOT = Path(__file__).parents[2]
COMPOSE = cast(
    "dict[str, dict[str, dict[str, object]]]",
    yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8")),
)
SERVICES = COMPOSE["services"]
OURS = ("api", "clock", "migrate", "projector")
LONG_RUNNING = ("api", "clock", "postgres", "projector")


def _environment(service: str) -> dict[str, str]:
    return cast("dict[str, str]", SERVICES[service].get("environment", {}))


def test_compose_runs_database_migration_api_projector_and_clock() -> None:
    """These five and no more."""
    assert sorted(SERVICES) == sorted({*OURS, *LONG_RUNNING})


@pytest.mark.parametrize("service", LONG_RUNNING)
def test_compose_checks_the_health_of_what_keeps_running(service: str) -> None:
    """Each has a check with its period and patience, and comes back after a crash."""
    check = cast("dict[str, object]", SERVICES[service]["healthcheck"])

    assert set(check) == {"test", "interval", "timeout", "retries", "start_period"}
    assert cast("list[str]", check["test"])[0] == "CMD"
    assert SERVICES[service]["restart"] == "unless-stopped"


@pytest.mark.parametrize("service", ["api", "clock", "projector"])
def test_compose_starts_services_after_the_migration(service: str) -> None:
    """A service waits for a healthy database with its schema in place."""
    assert SERVICES[service]["depends_on"] == {
        "postgres": {"condition": "service_healthy"},
        "migrate": {"condition": "service_completed_successfully"},
    }


def test_compose_migrates_once_after_the_database_is_healthy() -> None:
    """The migration is a step that ends, not a service."""
    assert SERVICES["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert SERVICES["migrate"]["restart"] == "no"


@pytest.mark.parametrize("service", SERVICES)
def test_compose_takes_every_secret_from_a_file(service: str) -> None:
    """No environment variable holds a password or a connection string."""
    for name, value in _environment(service).items():
        is_secret = re.search("PASSWORD|DSN|SECRET|KEY|TOKEN", name)
        assert not is_secret or (name.endswith("_FILE") and value.startswith("/run/secrets/"))


@pytest.mark.parametrize("service", SERVICES)
def test_compose_mounts_every_secret_that_is_named(service: str) -> None:
    """What the environment points to is a declared secret of that service."""
    mounted = set(cast("list[str]", SERVICES[service].get("secrets", [])))
    named = {Path(v).name for v in _environment(service).values() if "/run/secrets/" in v}

    assert named <= mounted
    assert mounted <= set(COMPOSE["secrets"])
    for secret in mounted:
        assert COMPOSE["secrets"][secret] == {"file": f"./secrets/{secret}"}


def test_secrets_script_makes_every_secret_once(tmp_path: Path) -> None:
    """A second run changes nothing, so that it cannot lock a running database out."""
    script = str(ROOT / "docker" / "make-secrets.sh")
    folder = tmp_path / "secrets"
    made = []
    for _ in range(2):
        subprocess.run([script, "postgres", str(folder)], check=True)
        made.append({file.name: file.read_text("utf-8") for file in folder.iterdir()})

    assert set(made[0]) == set(COMPOSE["secrets"])
    assert made[1] == made[0]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert re.fullmatch(r"[0-9a-f]{48}", made[0]["postgres_password"])
    assert made[0]["postgres_password"] in made[0]["admin_dsn"]


def test_compose_gives_the_api_no_right_beyond_its_own() -> None:
    """API and clock know neither the administrator's nor the owner's connection string."""
    assert SERVICES["api"]["secrets"] == ["api_dsn"]
    assert SERVICES["clock"]["secrets"] == ["api_dsn"]


@pytest.mark.parametrize("service", OURS)
def test_compose_confines_our_processes(service: str) -> None:
    """Read-only root, no capabilities, no new privileges."""
    confined = SERVICES[service]

    assert confined["read_only"] is True
    assert confined["cap_drop"] == ["ALL"]
    assert confined["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("service", OURS)
def test_compose_calls_a_command_of_the_program(service: str) -> None:
    """The first word of each command is in the program's table, and so are its options."""
    commands = [cast("list[str]", SERVICES[service]["command"])]
    check = cast("dict[str, list[str]]", SERVICES[service].get("healthcheck", {}))
    if check and check["test"][1] == "taizhang":
        commands.append(check["test"][2:])

    group = build_group("0")
    for name, *arguments in commands:
        assert name in COMMANDS
        found = group.get_command(click.Context(group), name)
        assert found is not None
        known = {each for option in found.params for each in option.opts}
        assert {each for each in arguments if each.startswith("--")} <= known


def test_image_installs_by_hash_and_runs_as_a_numbered_user() -> None:
    """Nothing unpinned is installed, and nothing runs as root."""
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")

    assert "--require-hashes" in dockerfile
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", dockerfile, re.MULTILINE)
    assert "--no-build-isolation" in dockerfile

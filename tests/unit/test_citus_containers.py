"""Without this file a cluster could start without health checks, or with a password in a file."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from jsonschema import Draft201909Validator  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[2]
FILES = ("docker-compose.yml", "docker-compose.citus.yml")
SCHEMA = ROOT / "tests" / "compose_spec.json"
NODES = ("coordinator", "worker-1", "worker-2")
ENDING = ("join", "migrate")


def _read(name: str) -> dict[str, Any]:
    return cast("dict[str, Any]", yaml.safe_load((ROOT / name).read_text("utf-8")))


CITUS = _read("docker-compose.citus.yml")
SERVICES: dict[str, dict[str, Any]] = CITUS["services"]


@pytest.mark.parametrize("name", FILES)
def test_compose_file_holds_to_the_compose_specification(name: str) -> None:
    """Every key is one that Compose knows, with a value of its type."""
    validator = Draft201909Validator(json.loads(SCHEMA.read_bytes()))
    compose = _read(name)
    # The one key that came to the specification after this edition of its schema.
    assert isinstance(compose.pop("name"), str)
    assert [error.message for error in validator.iter_errors(compose)] == []


def test_compose_schema_notices_a_misspelt_key() -> None:
    """The schema has teeth: a key that Compose would refuse is found."""
    spoilt = _read("docker-compose.citus.yml")
    del spoilt["name"]
    spoilt["services"]["coordinator"]["helthcheck"] = spoilt["services"]["api"]["healthcheck"]
    validator = Draft201909Validator(json.loads(SCHEMA.read_bytes()))
    (error,) = validator.iter_errors(spoilt)
    assert "helthcheck" in error.message


def test_cluster_is_one_coordinator_and_two_workers() -> None:
    """They run one image and preload Citus; nothing but the coordinator gets the logins."""
    assert sorted(SERVICES) == sorted((*NODES, *ENDING, "api", "projector"))
    assert {SERVICES[node]["image"] for node in NODES} == {SERVICES["join"]["image"]}
    for node in NODES:
        assert "shared_preload_libraries=citus" in SERVICES[node]["command"]
        assert ("owner_dsn" in SERVICES[node]["secrets"]) is (node == "coordinator")
    assert SERVICES["join"]["command"] == list(NODES)


@pytest.mark.parametrize("service", [name for name in SERVICES if name not in ENDING])
def test_cluster_checks_the_health_of_what_keeps_running(service: str) -> None:
    """Each has a check with its period and patience, and comes back after a crash."""
    check = SERVICES[service]["healthcheck"]
    assert set(check) == {"test", "interval", "timeout", "retries", "start_period"}
    assert SERVICES[service]["restart"] == "unless-stopped"


def test_cluster_starts_in_order() -> None:
    """Nodes are healthy, then joined, then the schema is made, then the program starts."""
    assert SERVICES["join"]["depends_on"] == {
        node: {"condition": "service_healthy"} for node in NODES
    }
    done = {"condition": "service_completed_successfully"}
    assert SERVICES["migrate"]["depends_on"] == {"join": done}
    for service in ("api", "projector"):
        assert SERVICES[service]["depends_on"] == {"migrate": done}


def test_cluster_takes_every_secret_from_a_file(tmp_path: Path) -> None:
    """No file of the repository holds one, and the script makes all that are named, once."""
    text = (ROOT / "docker-compose.citus.yml").read_text("utf-8")
    assert not re.search(r"postgres(ql)?://|PASSWORD: ", text)
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            is_secret = re.search("PASSWORD|DSN|SECRET|KEY|TOKEN", name)
            assert not is_secret or (name.endswith("_FILE") and value.startswith("/run/secrets/"))
        assert set(service["secrets"]) <= set(CITUS["secrets"])
    folder = tmp_path / "secrets"
    made = []
    for _ in range(2):
        script = str(ROOT / "docker" / "make-citus-secrets.sh")
        subprocess.run([script, "coordinator", str(folder)], check=True)
        made.append({file.name: file.read_text("utf-8") for file in folder.iterdir()})
    assert made[0] == made[1]
    assert set(made[0]) == set(CITUS["secrets"])
    assert folder.stat().st_mode & 0o777 == 0o700
    lines = made[0]["citus_passfile"].splitlines()
    assert [line.split(":")[3] for line in lines] == [
        "postgres",
        "tz_owner",
        "tz_app",
        "tz_projector",
    ]
    for line, name in zip(lines, ("admin", "owner", "api", "projector"), strict=True):
        assert f":{line.rsplit(':', 1)[1]}@coordinator:5432/" in made[0][f"{name}_dsn"]


@pytest.mark.parametrize("script", sorted((ROOT / "docker").glob("*.sh")), ids=lambda f: f.name)
def test_script_of_a_container_is_sound_shell(script: Path) -> None:
    """A shell can read it, it stops at the first error, and it may be run."""
    subprocess.run(["sh", "-n", str(script)], check=True)
    assert "\nset -eu\n" in script.read_text("utf-8")
    assert script.stat().st_mode & 0o111 == 0o111

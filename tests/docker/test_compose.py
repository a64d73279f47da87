"""What holds of the compose file as it is written, and that its first steps do what they say."""

import re
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from graph_service.api import create_app
from graph_service.settings import Settings
from graph_service.stores.graph import open_graph
from graph_service.stores.urls import address_of, kept_index
from tests.docker.compose import compose, first_step, service, settings
from tests.docker.dockerfile import COMPOSE, ROOT, our_steps, pinned

BOTH = ("graph-service", "neo4j")
POM = "{http://maven.apache.org/POM/4.0.0}"


def check(path: Path) -> subprocess.CompletedProcess[str]:
    """A compose file beside the schema of the compose specification, which the program brings."""
    program = Path(sys.executable).with_name("check-jsonschema")
    command = [str(program), "--builtin-schema", "vendor.compose-spec", str(path)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def test_the_schema_is_kept_to() -> None:
    checked = check(COMPOSE)

    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("    read_only: true", "    readonly: true"),
        ("condition: service_healthy", "condition: healthy"),
        ("    file: secrets/password", "    files: secrets/password"),
        ("    tmpfs:\n      - /tmp", "    tmpfs:\n      /tmp: yes"),
    ],
)
def test_the_schema_refuses_what_is_bad(good: str, bad: str, tmp_path: Path) -> None:
    text = COMPOSE.read_text("utf-8")
    assert good in text
    path = tmp_path / "compose.yaml"
    path.write_text(text.replace(good, bad, 1), "utf-8")

    assert check(path).returncode != 0


@pytest.mark.parametrize("name", BOTH)
def test_no_service_has_privileges(name: str) -> None:
    told = service(name)

    assert told["cap_drop"] == ["ALL"]
    assert told["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in told
    assert told.get("user") != "0"


@pytest.mark.parametrize("name", BOTH)
def test_only_this_machine_is_listened_to(name: str) -> None:
    assert [port.rpartition(":")[0].split(":")[0] for port in service(name)["ports"]] == [
        "127.0.0.1" for _ in service(name)["ports"]
    ]


def test_the_service_can_write_nowhere_but_into_its_volume() -> None:
    told = service("graph-service")

    assert told["read_only"] is True
    assert told["tmpfs"] == ["/tmp"]
    assert told["volumes"] == ["graph:/data"]


def test_keys_and_the_index_over_neo4j_are_kept_in_the_volume() -> None:
    told = our_steps("ENV")[-1].named() | service("graph-service")["environment"]
    index = kept_index(address_of(told["GRAPH_SERVICE_STORE"], {}), told)

    assert told["GRAPH_SERVICE_KEYS"].startswith("/data/")
    assert index is not None
    assert index.is_relative_to("/data")


def test_neo4j_is_not_root_and_keeps_its_data() -> None:
    told = service("neo4j")
    kept = dict(volume.split(":") for volume in told["volumes"])

    assert told["user"] == "7474:7474"
    assert kept == {"neo4j-data": "/data", "neo4j-logs": "/logs"}
    assert {"graph", *kept} == set(compose()["volumes"])


def test_neo4j_is_healthy_before_the_service_starts() -> None:
    assert service("graph-service")["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert "RETURN 1" in service("neo4j")["healthcheck"]["test"][-1]


def test_neo4j_is_the_version_that_the_tests_run_on() -> None:
    pom = ElementTree.parse(ROOT / "tests" / "neo4j" / "pom.xml")
    versions = {
        dependency.findtext(f"{POM}artifactId"): dependency.findtext(f"{POM}version")
        for dependency in pom.iter(f"{POM}dependency")
    }

    assert pinned(service("neo4j")["image"]) == versions["neo4j-harness"]


def test_secrets_come_from_files_and_nothing_else() -> None:
    files = compose()["secrets"]
    told = {name: service(name) for name in BOTH}
    secret = re.compile("PASSWORD|AUTH|SECRET|TOKEN")

    assert all(list(source) == ["file"] for source in files.values())
    for each in told.values():
        named = {k: v for k, v in each["environment"].items() if secret.search(k)}
        assert list(named.values()) == [f"/run/secrets/{name}" for name in each["secrets"]]
        assert all(name.endswith("_FILE") for name in named)
    assert {name for each in told.values() for name in each["secrets"]} == set(files)


def test_the_files_of_secrets_are_kept_out_of_git() -> None:
    for source in compose()["secrets"].values():
        path = str(COMPOSE.parent / source["file"])
        ignored = subprocess.run(["git", "check-ignore", "-q", path], cwd=ROOT, check=False)

        assert ignored.returncode == 0, path


def test_the_first_step_makes_a_password_that_both_can_read(tmp_path: Path) -> None:
    (tmp_path / "docker").mkdir()
    commands = re.findall(r"^#      (.+)$", first_step(1), re.MULTILINE)
    script = "\n".join(["set -eu", "umask 077", *commands])
    subprocess.run(["sh", "-c", script], cwd=tmp_path, check=True)
    folder = tmp_path / "docker" / "secrets"
    names = [Path(source["file"]).name for source in compose()["secrets"].values()]
    neo4j = (folder / "neo4j_auth").read_text("utf-8")
    service_ = address_of("bolt://x", {"NEO4J_PASSWORD_FILE": str(folder / "password")})

    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    # How Neo4j's image splits it; a password of fewer than eight characters is refused.
    assert re.fullmatch(r"neo4j/([^/\s]{8,})", neo4j)
    assert neo4j == f"{service_.username}/{service_.password}"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o644}


def test_the_health_check_shows_nobody_the_password(tmp_path: Path) -> None:
    """A program in the place of cypher-shell says how it was called."""
    (tmp_path / "neo4j_auth").write_text("neo4j/half#way $HOME", "utf-8")
    shell = tmp_path / "cypher-shell"
    shell.write_text('#!/bin/sh\nprintf "%s|" "$NEO4J_PASSWORD" "$@"\n', "utf-8")
    shell.chmod(0o755)
    kind, command = service("neo4j")["healthcheck"]["test"]
    told = command.replace("/run/secrets", str(tmp_path))
    path = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    ran = subprocess.run(["sh", "-c", told], env=path, check=True, capture_output=True, text=True)

    assert kind == "CMD-SHELL"
    assert ran.stdout == "half#way $HOME|--username|neo4j|RETURN 1|"


def test_what_browser_asks_for_on_connect_is_served() -> None:
    told = settings(service("neo4j")["environment"])
    asked = re.findall(r"http://localhost:8000(/\S+?)(?:;|$)", told["browser.post_connect_cmd"])

    assert len(asked) == 2
    assert told["browser.remote_content_hostname_whitelist"] == "localhost"
    with (
        closing(open_graph("memory:")) as graph,
        TestClient(create_app(graph, Settings())) as client,
    ):
        assert [client.get(path).status_code for path in asked] == [200, 200]


def test_a_port_of_ones_own_is_told_to_browser_too() -> None:
    told = settings(service("neo4j", PORT="8080")["environment"])["browser.post_connect_cmd"]

    assert service("graph-service", PORT="8080")["ports"] == ["127.0.0.1:8080:8000"]
    assert re.findall(r"http://(\S+?)/", told) == ["localhost:8080"] * 2

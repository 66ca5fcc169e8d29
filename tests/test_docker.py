"""Tests what can be said of the Docker files without Docker."""

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml

from rag.settings import Settings
from ui.options import make_parser
from ui.site import LAST_SECONDS

ROOT = Path(__file__).parent.parent
SERVICES: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
CLUSTER: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.cluster.yml").read_text())[
    "services"
]
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ").splitlines()


def instructions(name: str) -> list[str]:
    return [line.removeprefix(name).strip() for line in DOCKERFILE if line.startswith(f"{name} ")]


def images() -> list[str]:
    """Return every image that is pulled, with the default of its variable."""
    every = [*SERVICES.values(), *CLUSTER.values()]
    named = [service["image"] for service in every if "image" in service]
    bases = [line.split()[0] for line in instructions("FROM")]
    return [re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", image) for image in named + bases]


@pytest.mark.parametrize("image", images())
def test_every_image_is_pinned_to_a_release(image: str) -> None:
    assert re.search(r":v?\d+\.\d+\.\d+", image), image


@pytest.mark.parametrize("name", [*SERVICES, *CLUSTER])
def test_every_service_has_a_health_check_and_a_root_that_cannot_be_written(name: str) -> None:
    service = {**SERVICES, **CLUSTER}[name]
    assert "build" in service or "test" in service["healthcheck"]
    assert service["read_only"]
    assert "/tmp" in service["tmpfs"]


def test_the_chat_waits_until_the_others_are_healthy() -> None:
    waits = SERVICES["app"]["depends_on"]
    assert {name: on["condition"] for name, on in waits.items()} == {
        "qdrant": "service_healthy",
        "ollama": "service_healthy",
    }
    # Who does not ask for a language model does not wait for it.
    assert not waits["ollama"]["required"]


def test_the_nodes_of_the_cluster_are_like_the_single_one_and_find_each_other() -> None:
    single = SERVICES["qdrant"]
    for name, node in CLUSTER.items():
        assert node["image"] == single["image"]
        assert node["healthcheck"] == single["healthcheck"]
        own = {"QDRANT__CLUSTER__ENABLED": "true"}
        assert node["environment"] == {**single["environment"], **own}
        assert node["command"][-2:] == ["--uri", f"http://{name}:6335"]
        assert node["volumes"] == [f"{name}:/qdrant/storage"]
        # Only the first node begins a cluster, and only this machine reaches any of them.
        bootstrap = ["--bootstrap", "http://qdrant-1:6335"]
        assert node["command"][1:-2] == ([] if name == "qdrant-1" else bootstrap)
        assert all(port.startswith("127.0.0.1:") for port in node["ports"])
    assert len({port for node in CLUSTER.values() for port in node["ports"]}) == len(CLUSTER) == 3


def test_one_variable_is_the_key_of_both_sides() -> None:
    server, app = SERVICES["qdrant"]["environment"], SERVICES["app"]["environment"]
    # An empty key would be a key to some versions, so there must be no value here.
    assert server["QDRANT__SERVICE__API_KEY"] is None
    assert app["DATELINE_QDRANT_API_KEY"] == "${QDRANT__SERVICE__API_KEY:-}"


def test_the_interface_for_programs_is_served_with_keys_and_has_time_to_stop() -> None:
    api = SERVICES["api"]
    program, *arguments = api["command"]
    assert program == "dateline"
    options = make_parser().parse_args(arguments)
    assert (options.command, options.page, options.open) == ("serve", False, False)
    assert f":{options.port}" in api["ports"][0]
    assert f":{options.port}/ready" in api["healthcheck"]["test"][-1]
    assert api["volumes"] == ["keys:/keys"]
    assert int(api["stop_grace_period"].removesuffix("s")) > LAST_SECONDS


@pytest.mark.parametrize("name", SERVICES)
def test_no_port_is_open_to_other_machines(name: str) -> None:
    assert all(port.startswith("127.0.0.1:") for port in SERVICES[name].get("ports", []))


def test_the_usual_image_has_all_that_is_needed_but_what_brings_torch() -> None:
    (install,) = [line for line in instructions("RUN") if "needs.txt" in line]
    code = re.search(r'python -c "([^"]*)"', install)
    assert code
    listed = subprocess.run(
        [sys.executable, "-c", code[1]], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = list(project["dependencies"])
    for extra in ("llm", "accounts", "otel"):
        wanted += project["optional-dependencies"][extra]
    assert set(wanted) - set(listed) == {
        need for need in wanted if need.startswith("sentence-transformers")
    }
    assert 'if [ "$MODELS" = any ]' in install


def test_settings_in_the_files_are_settings_of_the_program() -> None:
    given = set(SERVICES["app"]["environment"])
    given |= set(re.findall(r"(DATELINE_\w+)=", "\n".join(instructions("ENV"))))
    assert given <= {f"DATELINE_{name.upper()}" for name in Settings.model_fields}


def test_the_image_is_not_run_as_root_and_says_if_it_is_healthy() -> None:
    assert instructions("USER") == ["dateline"]
    assert len(instructions("HEALTHCHECK")) == 1


def test_the_builder_gets_what_is_copied() -> None:
    allowed = set((ROOT / ".dockerignore").read_text().split())
    copied = [
        part for line in instructions("COPY") if "--from" not in line for part in line.split()
    ]
    for name in copied:
        assert name == "./" or not (ROOT / name).exists() or f"!{name}" in allowed, name


@pytest.mark.parametrize("where", ["image", "compose"])
def test_the_command_that_the_first_page_names_is_one_of_the_program(where: str) -> None:
    in_image = re.search(r'DATELINE_INGEST_COMMAND="([^"]*)"', "\n".join(instructions("ENV")))
    assert in_image
    in_compose = SERVICES["app"]["environment"]["DATELINE_INGEST_COMMAND"]
    command = shlex.split(in_image[1] if where == "image" else in_compose)
    program = len(command) - command[::-1].index("dateline")
    assert make_parser().parse_args(command[program:]).sources == ["/articles"]
    assert "FOLDER:/articles:ro" in command


@contextmanager
def ready_server(status: int) -> Iterator[int]:
    """Give the port of a server that answers a request for `/readyz` with a status."""

    class Ready(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/readyz" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Ready) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False)])
def test_the_health_check_of_qdrant_believes_the_server(status: int, healthy: bool) -> None:
    kind, *command = SERVICES["qdrant"]["healthcheck"]["test"]
    assert kind == "CMD"
    with ready_server(status) as port:
        at_port = [part.replace("6333", str(port)).replace("$$", "$") for part in command]
        assert (subprocess.run(at_port).returncode == 0) == healthy

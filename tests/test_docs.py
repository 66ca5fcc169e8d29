"""Tests that the links in the documents lead somewhere, and that their code and commands run."""

import ast
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from llama_index.core.instrumentation import get_dispatcher

from examples.llamaindex_agent import main as agent
from ui.cli import main as dateline
from ui.options import make_parser

ROOT = Path(__file__).parent.parent
DOCUMENTS = [
    ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "SECURITY.md")
]
DOCUMENTS += sorted((ROOT / "docs").rglob("*.md"))
_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
# LlamaIndex's own base classes are of the pydantic that it was written for.
pytestmark = pytest.mark.filterwarnings("ignore::pydantic.warnings.PydanticDeprecationWarning")


class Block(NamedTuple):
    """A fenced block: where it is, the language it names, what it holds."""

    place: str
    language: str
    text: str


def blocks(*languages: str) -> list[Block]:
    return [
        Block(
            f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, found.start()) + 1}", *found.groups()
        )
        for path in DOCUMENTS
        for text in [path.read_text()]
        for found in _FENCED.finditer(text)
        if found[1] in languages
    ]


def commands(block: Block) -> Iterator[list[str]]:
    """Yield the commands of a block as the shell would split them, without their output."""
    lines = block.text.replace("\\\n", " ").splitlines()
    if block.language == "console":
        lines = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
    for line in lines:
        yield [part for part in shlex.split(line, comments=True) if part != "export"]


def is_question(command: list[str]) -> bool:
    """Say whether a command reads the sample archive, and writes only what it exports."""
    reading = ("ask", "search", "locate", "timeline", "show", "sources", "recheck")
    asks = command[:1] == ["dateline"] and command[1] in reading
    return asks and "://" not in command[-1]


def questions() -> list[Block]:
    return [b for b in blocks("sh", "console") if any(map(is_question, commands(b)))]


def anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub gives to the headings of a page."""
    headings = _HEADING.findall(_FENCED.sub("", page.read_text()))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def folder(sample_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample archive under the name that the documents use."""
    folder = tmp_path_factory.mktemp("documents")
    (folder / "my-archive").symlink_to(sample_archive)
    return folder


@pytest.fixture
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample's folder as the working directory, with a state directory of its own."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
    monkeypatch.setenv("DATELINE_ARCHIVE", "my-archive")
    return folder


@pytest.fixture
def _as_before() -> Iterator[None]:
    """Take off the handlers that a block adds to LlamaIndex, which would hear later tests."""
    root = get_dispatcher()
    handlers = list(root.event_handlers)
    yield
    root.event_handlers[:] = handlers


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in _LINK.findall(_FENCED.sub("", page.read_text())):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        led = (page.parent / path).resolve() if path else page
        assert led.exists(), target
        assert not anchor or anchor in anchors(led), target


def test_the_index_names_every_page() -> None:
    index = (ROOT / "docs" / "README.md").read_text()
    for page in (ROOT / "docs").glob("*.md"):
        assert page.name == "README.md" or f"({page.name})" in index, page.name


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 150


def test_every_block_says_what_it_is() -> None:
    for block in blocks(""):
        assert "docs/decisions" in block.place or "ARCHITECTURE" in block.place, block.place


@pytest.mark.parametrize("block", blocks("python"), ids=lambda block: block.place)
@pytest.mark.usefixtures("_as_before", "here")
def test_the_python_runs(block: Block) -> None:
    # A page imports once what its later blocks use.
    before = "from rag import Archive\n"
    exec(compile(ast.parse(before + block.text), block.place, "exec"), {})


@pytest.mark.parametrize("block", blocks("sh", "console"), ids=lambda block: block.place)
def test_the_commands_are_those_of_the_program(block: Block) -> None:
    for command in commands(block):
        if command[:1] == ["dateline"]:
            make_parser().parse_args(command[1:])  # ends the test where it does not know an option


def test_every_extra_that_is_installed_is_defined() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    installs = [c for b in blocks("sh") for c in commands(b) if c[:2] == ["pip", "install"]]
    assert ["pip", "install", "."] in installs
    for target in (part for command in installs for part in command[2:]):
        extras = re.fullmatch(r"\.(?:\[([\w,]+)\])?", target)
        assert extras, target
        assert {*filter(None, (extras[1] or "").split(","))} <= {*project["optional-dependencies"]}


@pytest.mark.parametrize("block", questions(), ids=lambda block: block.place)
def test_the_questions_can_be_asked_and_are_answered_as_shown(
    block: Block, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in commands(block):
        if is_question(command):
            assert dateline(command[1:]) == 0, command
    printed = words(capsys.readouterr().out)
    if block.language == "console":
        for shown in block.text.partition("\n")[2].split("...\n"):
            assert words(shown) in printed


def test_the_agent_of_the_documents_is_the_example(capsys: pytest.CaptureFixture[str]) -> None:
    for block in blocks("sh"):
        for command in commands(block):
            if "examples.llamaindex_agent" in command:
                assert agent(command[3:]) == 1
                assert "DATELINE_LLM" in capsys.readouterr().err

"""Tests that imports go one way (`ui`, `ingest`, `rag`), and that `import rag` loads little."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent
ALLOWED = {
    "rag": {"rag"},
    "ingest": {"ingest", "rag"},
    "api": {"api", "rag"},
    "ui": {"ui", "api", "ingest", "rag"},
}
# What a module of `rag` imports stands in the same line or in one above.
LAYERS = (
    "addresses closing errors groups proxies settings steps telemetry version wrong_settings",
    "interchange text",
    "records export",
    "models",
    "timex dates store",
    "question",
    "evidence",
    "browsing locating rechecking timeline writing",
    "answering answering_parts asking chat replies llamaindex remote searching soundness topics",
    "archive rag",
)
OWNERS = {
    "qdrant_edge": {"rag.store.edge", "rag.text.terms"},
    "qdrant_client": {"rag.store.server"},
    "sentence_transformers": {"rag.models.embedding"},
    "onnxruntime": {"rag.models.onnx_models"},
    "transformers": {"rag.models.reading_torch"},
    "llama_index": {"rag.llamaindex", "rag.writing.llm", "ingest.documents"},
    "opentelemetry": {"api.tracing"},
    "trafilatura": {"ingest.formats.html", "ingest.formats.page_dates"},
    "feedparser": {"ingest.formats.feeds"},
    "fastwarc": {"ingest.formats.warc"},
    "pyarrow": {"ingest.formats.tables"},
    "dateutil": {"rag.timex.holidays"},
    "py3langid": {"rag.text.languages"},
    "httpx": {"rag.remote", "rag.store.server", "rag.writing.llm"},
    "pypdfium2": {"ingest.formats.pdf"},
    "striprtf": {"ingest.formats.rtf"},
    "ray": {"ingest.ray_engine"},
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for package in ALLOWED:
        for path in sorted((ROOT / package).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield name.removesuffix(".__init__"), ast.parse(path.read_text())


def imported(node: ast.AST) -> Iterator[str]:
    for child in ast.walk(node):
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and child.module:
            yield from (f"{child.module}.{alias.name}" for alias in child.names)


def at_import_time(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from imported(node)


def is_of(name: str, owners: set[str]) -> bool:
    """Say whether a module is one of these, or in a package that is."""
    return any(f"{name}.".startswith(f"{owner}.") for owner in owners)


def test_imports_go_one_way() -> None:
    for name, tree in modules():
        package = name.split(".")[0]
        for target in imported(tree):
            top = target.split(".")[0]
            assert top not in ALLOWED or top in ALLOWED[package], f"{name} imports {target}"


def test_a_package_of_rag_imports_no_later_one() -> None:
    layer = {name: n for n, names in enumerate(LAYERS) for name in names.split()}
    for name, tree in modules():
        for target in imported(tree):
            if name.split(".")[0] == target.split(".")[0] == "rag":
                here, there = (f"{of}.rag".split(".")[1] for of in (name, target))
                assert layer.get(there, layer["rag"]) <= layer[here], f"{name} imports {target}"


def test_no_module_imports_itself_around_a_circle() -> None:
    known = dict(modules())
    graph = {
        name: {
            next((m for m in (target, target.rpartition(".")[0]) if m in known), name)
            for target in at_import_time(tree)
        }
        - {name}
        for name, tree in known.items()
    }
    TopologicalSorter(graph).prepare()


def test_each_library_has_its_owner() -> None:
    for name, tree in modules():
        for target in imported(tree):
            owners = OWNERS.get(target.split(".")[0])
            assert owners is None or is_of(name, owners), f"{name} imports {target}"


def test_importing_rag_stays_light() -> None:
    heavy = (
        "torch transformers sentence_transformers llama_index qdrant_client streamlit onnxruntime "
        "py3langid rag.archive"
    )
    code = f"import sys, rag; print([m for m in {heavy.split()!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "[]", done.stderr


def test_processes_are_started_without_the_working_directory_on_their_path() -> None:
    started = 0
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.List) and node.elts:
                first, *rest = map(ast.unparse, node.elts)
                if first == "sys.executable":
                    started += 1
                    assert rest[0] == "'-P'", f"{name}: {ast.unparse(node)}"
    assert started


def test_an_ingest_and_an_answer_load_no_torch(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from ingest.command import ingest_into;"
        "from rag import Archive; from rag.settings import load_settings;"
        "settings = load_settings(archive=sys.argv[1], workers=1);"
        "ingest_into(settings, [Path(sys.argv[2])]);"
        "answer = Archive.open(settings=settings).ask('When did the Velm bridge open?');"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'onnx', 'scipy', 'sklearn'};"
        "print(answer.status, sorted(heavy & set(sys.modules)))"
    )
    bridge = tmp_path / "bridge.txt"
    bridge.write_text("The Velm bridge opened on 3 May 2021. Two thousand people crossed it.")
    command = [sys.executable, "-c", code, str(tmp_path / "archive"), str(bridge)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "answered []", done.stderr

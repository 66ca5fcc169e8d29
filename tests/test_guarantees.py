"""Tests that every test exists that the documents name for a promise or a defence."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GUARANTEES, THREATS = (ROOT / "docs" / name for name in ("guarantees.md", "threat-model.md"))
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
_PROMISE = re.compile(r"^\*\*.+?\*\*.*?(?=^\*\*|^##|\Z)", re.MULTILINE | re.DOTALL)


def defined_in(path: Path) -> set[str]:
    """Return the names of the tests of a module."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in ast.parse(path.read_text()).body if isinstance(node, functions)}


@pytest.mark.parametrize("page", [GUARANTEES, THREATS], ids=lambda page: page.name)
def test_every_test_that_is_named_exists(page: Path) -> None:
    named = _TEST.findall(page.read_text())
    assert len(named) > 10
    for module, name in named:
        assert (ROOT / module).is_file(), module
        assert name in defined_in(ROOT / module), f"{module}::{name}"


def test_no_test_is_named_in_another_form() -> None:
    for page in (GUARANTEES, THREATS):
        text = page.read_text()
        assert text.count("::test_") == len(_TEST.findall(text)), page.name


def test_every_promise_has_a_test() -> None:
    promises = [found[0] for found in _PROMISE.finditer(GUARANTEES.read_text())]
    assert len(promises) > 15
    for promise in promises:
        assert _TEST.search(promise), promise.splitlines()[0]

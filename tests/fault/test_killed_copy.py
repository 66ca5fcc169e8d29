"""Tests that a killed copy leaves what was served before, and can be started again."""

import hashlib
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from rag.records import Article
from rag.store.edge import EdgeBuilder, EdgeStore
from rag.store.model import ARTICLE, FILE, PASSAGE, WITHDRAWN, Recipe
from tests.fakes import HashingEmbedder, write

pytestmark = pytest.mark.fault
ROOT = Path(__file__).parent.parent.parent
KILLS = 6
EMBEDDER = HashingEmbedder()
RECIPE = Recipe(model=EMBEDDER.name, dimension=EMBEDDER.dimension, passage_words=20)


def stepwise(source: Path, target: Path, step: int = 0) -> subprocess.CompletedProcess[str]:
    arguments = [str(source), str(target), str(step)]
    program = [sys.executable, "-m", "tests.fault.stepwise_copy", *arguments]
    return subprocess.run(program, cwd=ROOT, capture_output=True, text=True)


def publish(root: Path, name: str, *, articles: int) -> None:
    with closing(EdgeBuilder(root, RECIPE)) as builder:
        text = "The hall was opened on Monday. It has 400 seats."
        write(builder, *(Article(id=f"{name} {n}", text=text) for n in range(articles)))
        builder.publish()


def digest(root: Path) -> str:
    with closing(EdgeStore(root)) as store:
        assert not store.damage()
        points = store.whole_points(ARTICLE, PASSAGE, WITHDRAWN, FILE)
        return hashlib.sha256(b"".join(point.digest() for point in points)).hexdigest()


def test_a_copy_killed_at_any_step_leaves_a_whole_archive(tmp_path: Path) -> None:
    source, before = tmp_path / "source", tmp_path / "before"
    publish(source, "new", articles=40)
    publish(before, "old", articles=3)
    old, new = digest(before), digest(source)
    undisturbed = Path(shutil.copytree(before, tmp_path / "undisturbed"))
    done = stepwise(source, undisturbed)
    assert done.returncode == 0, done.stderr
    assert digest(undisturbed) == new
    steps = int(done.stdout)
    seen = set()
    # The last steps serve the copy, so each of them counts, and those before are spread.
    for step in sorted({*range(1, steps, steps // KILLS), *range(steps - 4, steps + 1)}):
        target = Path(shutil.copytree(before, tmp_path / f"killed {step}"))
        assert stepwise(source, target, step).returncode == -signal.SIGKILL
        seen.add(digest(target))
        assert digest(target) in (old, new)
        again = stepwise(source, target)
        assert again.returncode == 0, again.stderr
        assert digest(target) == new
        shutil.rmtree(target)
    assert old in seen

import tarfile
from pathlib import Path

import pytest

from ingest.folders import is_archive, kind_of
from ingest.found import Passed, PassedOver
from ingest.sources import find_files
from tests.ingest.inboxes import CountingEmbedder, counts, run, stored, write


def make(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("It rained.")
    return folder


def walked(folder: Path) -> tuple[list[str], dict[str, str]]:
    """Return the names of the files that are read, and what is passed over with its kind."""
    passed: list[PassedOver] = []
    found = list(find_files([folder], pass_over=passed.append))
    names = [str(path.relative_to(folder)) for path in found if isinstance(path, Path)]
    kinds = {str(Path(one.path).relative_to(folder)): str(one.kind) for one in passed}
    return names, kinds


@pytest.mark.parametrize(
    ("names", "folder", "kind"),
    [
        (("x/current", "x/generations/1/m"), "x", Passed.ARCHIVE),
        (("x/lock", "x/generations/1.part/m"), "x", Passed.ARCHIVE),
        ((".git/config",), ".git", Passed.VERSION_CONTROL),
        (("env/pyvenv.cfg", "env/lib/a.txt"), "env", Passed.ENVIRONMENT),
        ((".venv/pyvenv.cfg",), ".venv", Passed.ENVIRONMENT),
        (("node_modules/a/readme.md",), "node_modules", Passed.CACHE),
        (("build/a.txt", "pyproject.toml"), "build", Passed.BUILD),
        (("x.egg-info/top.txt",), "x.egg-info", Passed.BUILD),
        ((".hidden/a.txt",), ".hidden", Passed.HIDDEN),
        ((".a.txt",), ".a.txt", Passed.HIDDEN),
    ],
)
def test_what_holds_no_articles_is_passed_over_as_what_it_is(
    tmp_path: Path, names: tuple[str, ...], folder: str, kind: Passed
) -> None:
    make(tmp_path, "story.txt", *names)
    found, passed = walked(tmp_path)
    assert "story.txt" in found
    assert not any(name.startswith(f"{folder}/") for name in found)
    assert passed == {folder: str(kind)}


def test_a_tagged_cache_is_known_by_its_tag(tmp_path: Path) -> None:
    make(tmp_path, "pages/a.txt")
    assert kind_of(tmp_path / "pages", []) is None
    tag = "Signature: 8a477f597d28d172789f06886806bc55\n"
    (tmp_path / "pages" / "CACHEDIR.TAG").write_text(tag)
    assert kind_of(tmp_path / "pages", []) is Passed.CACHE


def test_a_folder_of_articles_may_be_called_build(tmp_path: Path) -> None:
    make(tmp_path, "build/a.txt", "current")
    assert walked(tmp_path) == (["current", "build/a.txt"], {})
    assert not is_archive(tmp_path)


def test_links_to_folders_are_passed_over_and_told(tmp_path: Path) -> None:
    make(tmp_path, "a/a.txt")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert walked(tmp_path) == (["a/a.txt"], {"b": "link to a folder"})


def test_a_backup_is_no_container_of_articles(inbox: Path, embedder: CountingEmbedder) -> None:
    (inbox / "backup.json").write_text('{"layout": 1, "dateline": "1.0", "generation": "1"}')
    write(inbox, {"id": 1, "text": "It rained."})
    with tarfile.open(inbox.parent / "b.tar.gz", "w:gz") as tar:
        for name in ("backup.json", "a.jsonl"):
            tar.add(inbox / name, name)
    report = run(inbox.parent / "b.tar.gz", embedder)
    (skip,) = report.skipped
    assert (report.records, skip.path) == (1, str(inbox.parent / "b.tar.gz"))
    assert "it is a backup of an archive of Dateline" in skip.detail


def test_an_ingest_never_reads_its_own_archive(inbox: Path, embedder: CountingEmbedder) -> None:
    write(inbox, {"id": 1, "text": "It rained."})
    for _ in range(2):
        report = run(inbox, embedder, "inbox/archive")
        assert (report.records, [one.kind for one in report.passed]) == (1, [Passed.ARCHIVE])
    assert stored(inbox, "inbox/archive") == {"1": "It rained."}
    own = run(inbox / "archive", embedder, "../other")
    assert (own.records, counts(own), len(own.passed)) == (0, {}, 1)


def test_an_archive_may_lie_among_its_articles(inbox: Path, embedder: CountingEmbedder) -> None:
    write(inbox, {"id": 1, "text": "It rained."})
    for _ in range(2):
        assert run(inbox, embedder, "inbox").records == 1

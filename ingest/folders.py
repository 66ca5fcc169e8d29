"""Tell which folders hold no articles of an outlet: archives, caches and what programs build.

They are known by what programs leave in them, not by their names alone: a folder "build" may well
hold the articles about a building. The walk through the sources (`sources`) passes them over.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from ingest.found import Passed

# What an archive is made of (`rag.store.directory`, `ingest.upgrade`).
ARCHIVE_NAMES = frozenset({"current", "lock", "generations", "views", "upgrade"})
_VERSION_CONTROL = frozenset({".git", ".hg", ".svn", ".bzr", "CVS"})
_ENVIRONMENT_FILE = "pyvenv.cfg"
# The Cache Directory Tagging Specification, https://bford.info/cachedir/
_CACHE_FILE, _CACHE_SIGNATURE = "CACHEDIR.TAG", b"Signature: 8a477f597d28d172789f06886806bc55"
_CACHES = frozenset({"__pycache__", "node_modules", ".cache"})
_BUILDS = frozenset({"build", "_build", "dist", "target", "out", "bin", "obj"})
# What stands beside a folder that a program builds: the description of its project.
_PROJECTS = frozenset(
    "pyproject.toml setup.py setup.cfg package.json Cargo.toml CMakeLists.txt Makefile meson.build "
    "build.gradle build.gradle.kts pom.xml build.xml go.mod Gemfile composer.json".split()
)


def is_archive(folder: Path) -> bool:
    """Say whether a folder is an archive of Dateline, complete or begun."""
    begun = any(_is_file(folder / name) for name in ("current", "lock"))
    return begun and os.path.isdir(folder / "generations")  # noqa: PTH112  see _is_file


def kind_of(folder: Path, beside: Iterable[str]) -> Passed | None:
    """Return as what a folder is passed over, None if it is to be walked.

    `beside` are the names of the files in the folder that it is in.
    """
    name = folder.name
    signs = {
        Passed.VERSION_CONTROL: name in _VERSION_CONTROL,
        Passed.ENVIRONMENT: _is_file(folder / _ENVIRONMENT_FILE),
        Passed.CACHE: name in _CACHES or _is_tagged_cache(folder),
        Passed.ARCHIVE: is_archive(folder),
        Passed.HIDDEN: name.startswith("."),
        Passed.BUILD: name.endswith(".egg-info")
        or (name in _BUILDS and not _PROJECTS.isdisjoint(beside)),
    }
    return next((kind for kind, is_one in signs.items() if is_one), None)


def _is_file(path: Path) -> bool:
    # `Path.is_file` fails in a folder that may not be read.
    return os.path.isfile(path)  # noqa: PTH113


def _is_tagged_cache(folder: Path) -> bool:
    try:
        with (folder / _CACHE_FILE).open("rb") as file:
            return file.read(len(_CACHE_SIGNATURE)) == _CACHE_SIGNATURE
    except OSError:
        return False

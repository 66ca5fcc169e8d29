"""Weigh a removal: what may well be an accident has to be confirmed before it is done.

A disk that is not mounted, or an export that failed, looks to an ingest like articles that were
deleted. A removal of more than a fifth, or of everything from one source, needs a person's word.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.files import RunFiles, is_under
from rag.store.model import ArticleHead

# Of the articles under the sources of the run, so that a part of an archive has no smaller word.
_LARGE_SHARE = 1 / 5
# An outlet, a folder or a file of one article is no more than an article.
_SEVERAL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """An article that no input holds any more."""

    id: str
    title: str
    path: str

    def __str__(self) -> str:
        return f"{self.path}: {self.title or self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """The articles that no input holds any more, in the order of their inputs.

    `warnings` say why it has to be confirmed, none if it need not be. If it was not, it is
    `refused`, and nothing was removed.
    """

    articles: tuple[Removed, ...] = ()
    warnings: tuple[str, ...] = ()
    refused: bool = False

    def decided(self, confirm: "Confirm") -> "Removal":
        """Return it as done or, if it had to be confirmed and was not, as refused."""
        return replace(self, refused=bool(self.warnings) and not confirm(self))


Confirm = Callable[[Removal], bool]


def refuse(removal: Removal) -> bool:  # noqa: ARG001  the shape of a Confirm
    """Confirm nothing, as nobody was asked."""
    return False


def find_warnings(
    removed: Iterable[str], heads: Iterable[ArticleHead], there: RunFiles
) -> tuple[str, ...]:
    """Return why a removal from the stored articles has to be confirmed."""
    gone = set(removed)
    before, left = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for head in heads:
        if head.withdrawn:
            continue
        groups = set(_groups(head, there))
        before.update(groups)
        if head.id not in gone:
            left.update(groups)
    warnings = [_share(len(gone), before[_ALL])] if len(gone) > before[_ALL] * _LARGE_SHARE else []
    for group, count in sorted(before.items()):
        kind, name = group
        enough = count >= (1 if kind == _SOURCE else _SEVERAL)
        if group != _ALL and enough and not left[group] and (kind != _PLACE or Path(name).exists()):
            warnings.append(f"it is everything that came from {name}")
    return tuple(dict.fromkeys(warnings))


_ALL = ("all", "")
_SOURCE, _PLACE, _OUTLET = "source", "place", "outlet"


def _groups(head: ArticleHead, there: RunFiles) -> Iterator[tuple[str, str]]:
    """Yield what an article is one of: the sources of the run, its folders and file, its outlet.

    A folder or file that is gone itself was most likely deleted on purpose; one that is still there
    and has lost everything may be a place where a disk was, or an export that failed.
    """
    for path in head.paths:
        for root in there.roots_of(path):
            yield _ALL
            yield _SOURCE, root
            yield _PLACE, there.likely_file_of(path)
            # The disk may have held folders, which are gone with it. What looks like a folder in a
            # container is none that is there, so nothing is said of it.
            for folder in map(str, Path(path).parents):
                if folder != root and is_under(folder, root):
                    yield _PLACE, folder
    if head.source:
        yield _OUTLET, head.source


def _share(gone: int, count: int) -> str:
    return f"it is {gone:,} of the {count:,} articles under the sources"

"""An archive -> what is wrong with it, in plain words, and how to repair it."""

from collections.abc import Iterator
from dataclasses import dataclass

from rag.archive import Archive
from rag.errors import DatelineError
from rag.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What was checked and every problem found; no problems means the archive is sound."""

    location: str
    checked: tuple[str, ...]
    problems: tuple[str, ...]

    def __str__(self) -> str:
        lines = [f"{self.location}:", *(f"  ok: {line}" for line in self.checked)]
        lines += [f"  problem: {line}" for line in self.problems]
        return "\n".join(lines)


def examine(settings: Settings, *, deep: bool) -> Diagnosis:
    """Open the archive and check it against its manifest; `deep` reads everything stored."""
    try:
        with Archive.open(settings=settings) as archive:
            manifest = archive.manifest
            checked = [
                f"{manifest.articles} articles in {manifest.passages} passages, as written",
                f"made with {manifest.recipe.model}, which is here",
            ]
            problems = list(_read_everything(archive)) if deep else []
            if deep and not problems:
                checked.append("every file and every article is as it was written")
            return Diagnosis(
                location=archive.location, checked=tuple(checked), problems=tuple(problems)
            )
    except DatelineError as error:
        return Diagnosis(location=settings.archive, checked=(), problems=(str(error),))


def _read_everything(archive: Archive) -> Iterator[str]:
    problems = archive.damage()
    yield from (f"{line}; ingest again into a new archive" for line in problems)

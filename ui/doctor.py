"""Check an archive, and say what is wrong with it and how to repair it."""

from collections.abc import Iterator
from dataclasses import dataclass

from rag.archive import Archive
from rag.errors import ArchiveNotFound, DatelineError
from rag.settings import Settings
from rag.store import damaged_files
from rag.store.model import Manifest
from ui.hints import hint_archive

# Articles whose vectors are computed again, about a tenth of a second each.
_QUICK_SAMPLE, _DEEP_SAMPLE = 3, 50
_ANEW = "ingest the sources into a new archive, or restore this one from a backup"


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
        broken = damaged_files(settings) if deep else []
        if broken:
            problems = [f"{name} has changed since it was written; {_ANEW}" for name in broken]
            return Diagnosis(location=settings.archive, checked=(), problems=tuple(problems))
        with Archive.open(settings=settings) as archive:
            manifest = archive.manifest
            checked = [
                f"{manifest.articles:,} articles in {manifest.passages:,} passages, as recorded",
                f"{manifest.copies:,} copies of {manifest.clusters:,} stories",
                f"the embedding model {manifest.recipe.model} is available",
            ]
            if hidden := archive.hidden().in_words(manifest.articles):
                checked.append(hidden)
            problems = [*_read_everything(archive)] if deep else []
            if deep and not problems:
                checked.append("every file and every article is unchanged")
            sample = min(_DEEP_SAMPLE if deep else _QUICK_SAMPLE, manifest.embedded)
            altered = archive.altered_vectors(sample) if sample and not problems else []
            problems += [
                f"the vectors of article {article_id!r} do not match its text; {_ANEW}"
                for article_id in altered
            ]
            if sample and not problems:
                checked.append(f"the vectors of {sample} articles match their texts")
            problems += _unfinished(manifest)
            return Diagnosis(
                location=archive.location, checked=tuple(checked), problems=tuple(problems)
            )
    except DatelineError as error:
        hint = hint_archive(settings) if isinstance(error, ArchiveNotFound) else ""
        problem = f"{error}; {hint}" if hint else str(error)
        return Diagnosis(location=settings.archive, checked=(), problems=(problem,))


def _read_everything(archive: Archive) -> Iterator[str]:
    yield from (f"{line}; {_ANEW}" for line in archive.damage())


def _unfinished(manifest: Manifest) -> Iterator[str]:
    waiting = manifest.articles - manifest.embedded
    if waiting:
        yield (
            f"{waiting:,} of {manifest.articles:,} articles have no vectors yet, so they are found "
            "by words only; run the last ingest again, and it continues where it stopped"
        )

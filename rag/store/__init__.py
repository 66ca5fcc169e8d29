"""One `Store` over one data model: an archive directory (embedded) or a Qdrant server."""

from pathlib import Path

from rag.settings import Settings
from rag.store.model import Builder, Recipe, Store


def open_store(settings: Settings) -> Store:
    """Return the configured archive, open for reading."""
    from rag.store.edge import EdgeStore

    return EdgeStore(Path(settings.archive))


def open_builder(settings: Settings, recipe: Recipe) -> Builder:
    """Return the builder of the configured archive's next generation."""
    from rag.store.edge import EdgeBuilder

    return EdgeBuilder(Path(settings.archive), recipe)

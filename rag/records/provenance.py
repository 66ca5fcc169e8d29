"""Defines what is kept of how an answer was made, so that others can check it later."""

from dataclasses import dataclass, field
from datetime import datetime

from rag.records.searching import SearchFilter


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """When an answer was made, by what, and from which state of which archive.

    `archive` is the place of the archive and `generation` the name of its state, which had so many
    `articles`. `embedding_model`, `reader` and `language_model` are the names of the models, empty
    if there was none. `threshold` is the least confidence of an answer. `searched` is the filter of
    the search, with the time that was read from the question.
    """

    asked: datetime
    dateline: str
    archive: str
    generation: str
    articles: int
    embedding_model: str
    reader: str = ""
    language_model: str = ""
    threshold: float = 0.0
    searched: SearchFilter = field(default_factory=SearchFilter)

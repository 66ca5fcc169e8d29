"""Reads files in every format of Dateline as documents of LlamaIndex; imported only when needed.

It is for pipelines of LlamaIndex that want the articles and no archive. What an ingest does beyond
that is not done here: it keeps the newest versions, finds copies, and heeds withdrawals.
"""

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from llama_index.core.readers.base import BaseReader
from llama_index.core.schema import Document

from ingest.articles import Made, Withdrawal, make_article
from ingest.day_order import DayOrder
from ingest.found import Skip
from ingest.inputs import Input
from ingest.sources import find_files, read_input
from rag.errors import InputError
from rag.records import Article

Source = str | os.PathLike[str]

_log = logging.getLogger(__name__)
_FACTS = (
    *("title", "source", "url", "authors", "published", "published_at", "updated", "updated_at"),
    *("section", "language", "agency", "dateline", "rights", "note", "embargoed", "expires"),
    *("path", "content_hash"),
)
# What a language model has no use for.
_FOR_PROGRAMS = ("article_id", "path", "content_hash", "rights", "embargoed", "expires")


class ArticleReader(BaseReader):
    """Reads files and folders into documents, one for each article.

    What cannot be read is never an error: `on_skip` is called with it, and without `on_skip` it is
    logged as a warning. `columns` names for a field the column that holds it, as `--columns` of an
    ingest does, and `pages` asks for the pages of a website's export too.
    """

    def __init__(
        self,
        *,
        columns: Mapping[str, str] | None = None,
        pages: bool = False,
        on_skip: Callable[[Skip], object] | None = None,
    ) -> None:
        self._columns, self._pages = columns, pages
        self._on_skip = on_skip or (lambda skip: _log.warning("skipped %s", skip))

    def lazy_load_data(
        self,
        sources: Source | Iterable[Source],
        extra_info: Mapping[str, Any] | None = None,
        fs: object = None,
    ) -> Iterator[Document]:
        """Yield a document for each article in the sources, in the order of their names.

        `extra_info` is added to the metadata of each; `SimpleDirectoryReader` gives it.

        Raises:
            InputError: a file system other than that of this machine is given.
        """
        if fs is not None:
            raise InputError("ArticleReader reads files of this machine; leave 'fs' away")
        named = [sources] if isinstance(sources, str | os.PathLike) else sources
        for found in find_files(Path(source) for source in named):
            if isinstance(found, Skip):
                self._on_skip(found)
            else:
                for article in self._articles(found):
                    yield as_document(article, extra_info or {})

    def _articles(self, path: Path) -> Iterator[Article]:
        source = replace(Input.of_file(path, self._columns), pages=self._pages)
        order = DayOrder(lambda: read_input(source))
        for found in read_input(source):
            made: Made | Withdrawal | Skip = (
                found
                if isinstance(found, Skip)
                else make_article(found, day_first=order.of(found.fields))
            )
            if isinstance(made, Made):
                yield made.article
            elif isinstance(made, Skip):
                self._on_skip(made)


def as_document(article: Article, extra_info: Mapping[str, Any]) -> Document:
    """Return an article as a document: its id and text, and what is known of it as plain JSON."""
    known = {name: _plain(getattr(article, name)) for name in _FACTS if getattr(article, name)}
    metadata = {"article_id": article.id, **known, **extra_info}
    return Document(
        id_=article.id,
        text=article.text,
        metadata=metadata,
        excluded_embed_metadata_keys=list(metadata),
        excluded_llm_metadata_keys=[key for key in _FOR_PROGRAMS if key in metadata],
    )


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if hasattr(value, "isoformat") else value

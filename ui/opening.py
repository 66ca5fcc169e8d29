"""Opens the archive that a command asks: a directory, one on a Qdrant server, or a served one.

Both kinds of server have addresses that look alike, so whoever answers there is asked which it is.
"""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rag.addresses import is_server
from rag.errors import ArchiveUnavailable, SettingsError, UnknownServer
from rag.records import Article
from rag.settings import Settings
from rag.store import open_store
from rag.store.model import Hidden

if TYPE_CHECKING:
    from rag.archive import Archive
    from rag.remote import RemoteArchive


def open_archive(settings: Settings) -> "Archive | RemoteArchive":
    """Return the archive that the settings name.

    Raises:
        ArchiveUnavailable: nothing answers at the address, or it is no server of archives.
        DatelineError: it cannot be opened, as `Archive.open` says.
    """
    from rag.archive import Archive

    if served := served_archive(settings):
        return served
    try:
        return Archive.open(settings=settings)
    except UnknownServer as error:
        raise ArchiveUnavailable(
            f"{settings.archive} answers neither like 'dateline serve' nor like a Qdrant server; "
            "correct --archive (DATELINE_ARCHIVE)"
        ) from error


def served_archive(settings: Settings) -> "RemoteArchive | None":
    """Return the archive that a server of Dateline serves at the address; None if none is there.

    Raises:
        ArchiveUnavailable: nothing answers at the address.
        SettingsError: the address cannot be one of a server.
    """
    if not _is_served(settings):
        return None
    from rag.remote import connect

    key = settings.api_key.get_secret_value() if settings.api_key else None
    return connect(settings.archive, key=key)


def require_own(settings: Settings, command: str) -> None:
    """Do nothing unless a command that works on the archive itself is given a served one.

    Raises:
        SettingsError: the archive is served by another process.
        UnknownServer: a proxy answers at its address.
    """
    try:
        is_served = _is_served(settings)
    except UnknownServer:
        raise  # a proxy, which will say the same of everything
    except ArchiveUnavailable:
        return  # the command says so itself, or waits for it
    if is_served:
        raise SettingsError(
            f"{settings.archive} is a server of Dateline, which only answers; run 'dateline "
            f"{command}' where its archive is"
        )


def stored_article(settings: Settings, article_id: str, *, as_of: str | None) -> Article:
    """Return an article without loading any model.

    Raises:
        KeyError: there is no article with this id.
        QuestionError: the archive does not have the text of that day.
    """
    from rag.question.as_of import require_version

    if served := served_archive(settings):
        with served:
            return served.article(article_id, as_of=as_of)
    with closing(open_store(settings)) as store:
        article = store.articles([article_id])[article_id]
    return require_version(article, as_of) if as_of else article


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlets:
    """The outlets of an archive with their numbers of articles, and how many no search finds."""

    articles: int
    by_source: Mapping[str, int]
    hidden: Hidden
    hidden_by_source: Mapping[str, int]


def stored_outlets(settings: Settings) -> Outlets:
    """Return the outlets of the archive without loading any model."""
    if served := served_archive(settings):
        with served:
            return Outlets(
                articles=int(served.totals()["articles"]),
                by_source=served.sources(),
                hidden=served.hidden(),
                hidden_by_source=served.hidden_by_source(),
            )
    now = datetime.now(UTC)
    with closing(open_store(settings)) as store:
        hidden = store.hidden(now)
        return Outlets(
            articles=store.manifest.articles,
            by_source=store.sources(),
            hidden=hidden,
            hidden_by_source=store.hidden_by_source(now) if hidden.total else {},
        )


def _is_served(settings: Settings) -> bool:
    if not is_server(settings.archive):
        return False
    from rag.remote import is_dateline

    try:
        return is_dateline(settings.archive)
    except UnknownServer:
        if settings.qdrant_api_key is None:
            raise
        return False  # what guards a Qdrant server may let only those in who send its key

"""Makes the client of a server from the settings."""

from qdrant_client import QdrantClient

from rag.addresses import is_key, is_plain_address
from rag.errors import SettingsError
from rag.store.server.retrying import Retrying

# Somebody waits for what is read, and an ingest of hours can wait until a node is back.
READING_SECONDS, WRITING_SECONDS = 2.0, 120.0


def connect(
    url: str,
    api_key: str | None,
    timeout_seconds: int,
    *,
    patience_seconds: float = READING_SECONDS,
) -> QdrantClient:
    """Return a client of the server at `url`; nothing is sent yet.

    It asks again for `patience_seconds` if the server fails for a moment.

    Raises:
        SettingsError: the URL or the key cannot work; the message shows no secrets.
    """
    if not is_plain_address(url):
        raise SettingsError(
            "the archive's URL has parts that the URL of a Qdrant server does not have; write it "
            "as http://host:6333, and put a key into DATELINE_QDRANT_API_KEY"
        )
    if api_key is not None and not is_key(api_key):
        raise SettingsError(
            "DATELINE_QDRANT_API_KEY holds a space, or a character that a key cannot have"
        )
    try:
        client = QdrantClient(
            url=url, api_key=api_key, timeout=timeout_seconds, check_compatibility=False
        )
    except ValueError as error:
        raise SettingsError(f"the archive's URL {url} cannot be used: {error}") from error
    client.http.client.add_middleware(Retrying(patience_seconds))
    return client

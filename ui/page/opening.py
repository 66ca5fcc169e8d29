"""Open the archive for the chat page, once in each process and again when a newer one is served."""

import atexit
import weakref

import streamlit as st

from rag.archive import Archive
from rag.settings import Settings, load_settings


def open_archive() -> Archive:
    """Return the configured archive as it is served now.

    Raises:
        DatelineError: the settings or the archive cannot be used.
    """
    settings = load_settings()
    return _opened(settings.archive, settings)


# One run of the page shows one generation, so this archive does not follow; the next run opens the
# newest. No archive is closed when a newer one takes over: another session may be reading it. The
# last reference to it releases its files; at the end of the process there is none to wait for.
@st.cache_resource(validate=Archive.is_current, show_spinner="Opening the archive …")
def _opened(location: str, _settings: Settings) -> Archive:
    archive = Archive.open(location, settings=_settings, follow=False)
    atexit.register(_close, weakref.ref(archive))
    return archive


def _close(opened: weakref.ref[Archive]) -> None:
    if archive := opened():
        archive.close()

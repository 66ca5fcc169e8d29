"""Open the archive for the chat page, once in each process and again when a newer one is served."""

import atexit
import gc
import weakref

import streamlit as st

from rag.archive import Archive
from rag.settings import Settings
from ui.page.settings_here import settings_here
from ui.page.under_way import let_reading_end

# How long the end of the process waits for answers that are being looked for.
_READING_SECONDS = 5.0


def open_archive() -> Archive:
    """Return the configured archive as it is served now.

    Raises:
        DatelineError: the settings or the archive cannot be used.
    """
    settings = settings_here()
    return _opened(settings.archive, settings)


# One run of the page shows one generation, so this archive does not follow; the next run opens the
# newest. No archive is closed when a newer one takes over: another session may be reading it. The
# last reference to it releases its files; at the end of the process there is none to wait for.
@st.cache_resource(validate=Archive.is_current, show_spinner="Opening the archive …")
def _opened(location: str, _settings: Settings) -> Archive:
    archive = Archive.open(location, settings=_settings, follow=False)
    atexit.register(_close, weakref.ref(archive))
    _set_apart()
    return archive


def _set_apart() -> None:
    """Let the collections of garbage look only at what comes from now on.

    Streamlit collects all garbage after each run of a page, and nothing else runs meanwhile: with
    the models and libraries that stay, it took 90 ms, in which no answer could be sent.
    """
    gc.unfreeze()  # what belonged to an archive before this one is looked at once more
    gc.collect()
    gc.freeze()


def _close(opened: weakref.ref[Archive]) -> None:
    if archive := opened():
        let_reading_end(seconds=_READING_SECONDS)
        archive.close()

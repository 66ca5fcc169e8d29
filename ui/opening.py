"""The archive that the page asks: opened once a process, and again when a newer one is served."""

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


# Nothing is closed here when a newer archive takes over: another session may be reading the old
# one, and its view is removed with the last reference to it.
@st.cache_resource(validate=Archive.is_current, show_spinner="Opening the archive …")
def _opened(location: str, _settings: Settings) -> Archive:
    return Archive.open(location, settings=_settings)

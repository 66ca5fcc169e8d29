"""Reads the settings once for each session: a run of the page needs them five times."""

import streamlit as st

from rag.settings import Settings, load_settings

_KEY = "settings"


def settings_here() -> Settings:
    """Return the settings that this session began with.

    Raises:
        SettingsError: a setting cannot be used.
    """
    if _KEY not in st.session_state:
        st.session_state[_KEY] = load_settings()
    settings: Settings = st.session_state[_KEY]
    return settings

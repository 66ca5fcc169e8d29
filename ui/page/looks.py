"""Give the page its looks: the width of its column, room for the pane, and a style for print.

The faces are Source Sans and Source Serif, which come with Streamlit. Its page preloads the first,
and the script of the pane the second, so nothing is fetched from elsewhere and nothing moves.
"""

from pathlib import Path

import streamlit as st

_STYLES = Path(__file__).with_name("page.css")


def show_looks() -> None:
    """Put the styles of the page on it; call it first on every page."""
    st.html(_STYLES)

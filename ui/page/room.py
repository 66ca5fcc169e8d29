"""Keep room on the page for an element whose script is still to draw it.

What stands below it would be seen before it, and move away. The rules are in `page.css`.
"""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

# The heights that `page.css` knows, in rem.
_STEPS = (0, 8, 16, 24, 36, 48)


def keep_room(key: str, *, least: float) -> DeltaGenerator:
    """Return a container for an element that needs at least this height, in rem."""
    step = max(height for height in _STEPS if height <= max(least, 0))
    return st.container(key=f"room-{step}-{key}")

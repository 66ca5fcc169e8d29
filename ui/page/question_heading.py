"""Show a question as a heading, letter for letter, whatever markup it may contain."""

from pathlib import Path

import streamlit as st

_heading = st.components.v2.component(
    "dateline_question",
    css=Path(__file__).with_name("question_heading.css").read_text(encoding="utf-8"),
    js=Path(__file__).with_name("question_heading.js").read_text(encoding="utf-8"),
)


def show_heading(question: str, *, key: str) -> None:
    """Put a question on the page as a heading of the second level."""
    _heading(key=key, data={"question": question})

"""Go from one page to another, in the same session."""

from typing import Any

import streamlit as st

from ui.page.article_address import query_of

PAGES = "pages"


def go_to_article(sent: Any) -> None:
    """Open the article that a script of the page names; do nothing if it names none."""
    pages = st.session_state.get(PAGES, {})
    if "article" in pages and (query := read_sent(sent)):
        st.switch_page(pages["article"], query_params=query)


def read_sent(sent: Any) -> dict[str, str]:
    """Return the arguments of an article's address that a script sent; empty if it sent others."""
    if not isinstance(sent, dict) or not isinstance(sent.get("id"), str):
        return {}
    known = {name: sent[name] for name in ("at", "version") if isinstance(sent.get(name), str)}
    return query_of(sent["id"]) | known

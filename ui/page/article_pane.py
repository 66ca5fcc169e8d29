"""Show the pane in which articles are read, at the right of the page.

It is there once for all answers. A marker opens it with what travelled with its answer, so nothing
is asked of the server. Other articles that an answer names are read here when they are opened.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from rag.records import Answer
from ui.page.article_view import Wanted, describe_wanted
from ui.page.scripts import read_script, read_styles
from ui.page.sources import Articles

FindAnswer = Callable[[str], Answer | None]

_KEY = "article-pane"
_OPENED = "article-pane-opened"

_article_pane = st.components.v2.component(
    "dateline_article_pane",
    css=read_styles("article_pane"),
    js=read_script("article_pane"),
)


@st.fragment
def show_pane(archive: Articles | None, answer_of: FindAnswer) -> None:
    """Put the pane on the page; it is closed until a person opens a source.

    `answer_of` gives the answer of a turn by its id. It is called when something is opened,
    which runs this alone again, and not the page.
    """
    _article_pane(
        key=_KEY,
        data={"opened": st.session_state.get(_OPENED)},
        on_wanted_change=lambda: _open(archive, answer_of),
    )


def _open(archive: Articles | None, answer_of: FindAnswer) -> None:
    """Read the article that the script asks for, if the answer names it."""
    sent = st.session_state[_KEY].get("wanted")
    st.session_state[_OPENED] = {"wanted": sent} | open_wanted(archive, answer_of, sent)


def open_wanted(archive: Articles | None, answer_of: FindAnswer, sent: object) -> dict[str, Any]:
    """Return what the pane shows for something that its script asks for."""
    wanted = Wanted.read(sent)
    turn = sent.get("turn") if isinstance(sent, dict) else None
    answer = answer_of(turn) if isinstance(turn, str) else None
    if wanted is None or answer is None:
        return {"problem": "This article cannot be opened. Ask the question again."}
    if archive is None:
        return {"problem": "The archive is away, so this article cannot be read now."}
    return describe_wanted(archive, answer, wanted)

"""Show a list whose entries open articles: a page of articles, or the entries of a timeline.

All texts travel as data, and the script beside this module sets them with `textContent`.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import streamlit as st

from ui.page.going import go_to_article
from ui.page.room import keep_room
from ui.page.scripts import read_script, read_styles

# An entry of two lines.
_ENTRY_REM = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A text that opens an article, and the arguments of the article's address."""

    label: str
    query: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEntry:
    """One entry: a day, a link, lines about it, and more links below a word on what they are.

    With `is_quote` the link is a quote, and is set as one.
    """

    day: str
    link: PageLink
    lines: tuple[str, ...] = ()
    mark: str = ""
    others_are: str = ""
    others: tuple[PageLink, ...] = ()
    is_quote: bool = False


_link_list = st.components.v2.component(
    "dateline_link_list",
    css=read_styles("link_list"),
    js=read_script("page_links", "link_list"),
)


def show_links(entries: Sequence[ListEntry], *, key: str, label: str) -> None:
    """Show a list under a label for screen readers; go to the article that a person opens."""
    with keep_room(key, least=_ENTRY_REM * len(entries)):
        shown = _link_list(
            key=key,
            data={"label": label, "entries": [asdict(entry) for entry in entries]},
            on_open_change=lambda: None,
        )
    if shown.open:
        go_to_article(shown.open)

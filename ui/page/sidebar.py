"""Show the left rail of the pages: the conversations with this archive, and what it holds."""

from pathlib import PurePosixPath
from typing import Protocol
from weakref import WeakKeyDictionary

import streamlit as st

from rag.browsing import Coverage
from rag.store.model import Hidden
from rag.text.calendar import day_in_words
from ui.page.conversation import Readable
from ui.page.conversation_store import Deleted, Listed, NotKept
from ui.page.current import (
    ADDRESS,
    begin_conversation,
    forget_conversation,
    open_conversation,
    this_conversation,
    this_store,
)
from ui.understood import escape_markdown

# As many as fit beside a long answer; the others come at the press of a button.
_FEW = 20
NOT_KEPT = (
    "Conversations are not kept, because their database cannot be used. The server's log says why."
)


class Covering(Protocol):
    """What `covered` needs of an archive."""

    def coverage(self) -> Coverage:
        """Return what it covers."""

    def hidden(self) -> Hidden:
        """Return how many articles no search finds now."""


def show_rail(ask: st.Page | None = None) -> None:
    """Show the conversations with this archive, and how to begin another.

    On another page than the one on which people ask, `ask` is that one: they open there.
    """
    with st.sidebar:
        _show_beginning(ask)
        _show_conversations(ask)


def _show_beginning(ask: st.Page | None) -> None:
    label, icon = "New conversation", ":material/add:"
    if ask is None:
        st.button(label, icon=icon, on_click=_begin)
    elif st.button(label, icon=icon):
        forget_conversation()
        st.switch_page(ask)


def _show_conversations(ask: st.Page | None) -> None:
    conversation = this_conversation()
    try:
        listed = this_store().conversations() if conversation.is_kept else None
    except NotKept:
        listed = None
    if listed is None:
        st.text(NOT_KEPT)
        return
    if ask is None:
        _show_undo()
    shows_all = st.session_state.get("shows_all_conversations", False)
    with st.container(key="conversations", gap="xxsmall"):
        if listed:
            st.caption("Conversations, newest first")
        for one in listed if shows_all else listed[:_FEW]:
            if ask is None and one.id == conversation.id:
                _show_open(one)
            else:
                _show_other(one, ask)
        if len(listed) > _FEW and not shows_all:
            st.button(f"Show all {len(listed)}", type="tertiary", on_click=_show_all)


def _show_other(listed: Listed, ask: st.Page | None) -> None:
    """Show a conversation that opens when it is pressed."""
    pressed = st.button(
        escape_markdown(listed.title),
        key=f"open-{listed.id}",
        type="tertiary",
        width="stretch",
        on_click=open_conversation if ask is None else None,
        args=(listed.id,),
    )
    if pressed and ask is not None:
        st.switch_page(ask, query_params={ADDRESS: listed.id})


def _show_open(listed: Listed) -> None:
    """Show the conversation that is open, with what can be done with it."""
    with st.popover(
        escape_markdown(listed.title),
        type="tertiary",
        width="stretch",
        key="conversation-open",
        help="Rename or delete this conversation",
    ):
        key = f"title-{listed.id}"
        st.session_state[key] = listed.title
        st.text_input("Title", key=key, max_chars=120, on_change=_rename, args=(key,))
        st.button("Delete", icon=":material/delete:", on_click=_delete, args=(listed.id,))


def _begin() -> None:
    begin_conversation()


def _show_all() -> None:
    st.session_state["shows_all_conversations"] = True


def _rename(key: str) -> None:
    this_conversation().rename(st.session_state[key])


def _delete(id: str) -> None:  # noqa: A002
    try:
        st.session_state["deleted"] = this_store().delete(id)
    except NotKept:
        return
    begin_conversation()


def _show_undo() -> None:
    deleted: Deleted | None = st.session_state.get("deleted")
    if deleted is not None:
        with st.container(key="undo", horizontal=True, vertical_alignment="center"):
            st.text(f"Deleted “{deleted.title}”")
            st.button("Undo", on_click=_restore, args=(deleted,))


def _restore(deleted: Deleted) -> None:
    st.session_state.pop("deleted", None)
    try:
        this_store().restore(deleted)
    except NotKept:
        return
    open_conversation(deleted.id)


def show_archive_facts(archive: Readable) -> None:
    """Show at the foot of the rail what the archive holds."""
    with st.sidebar, st.container(key="archive-facts", gap="xxsmall"):
        st.caption("Archive")
        st.text("\n".join(describe_archive(archive)))


def describe_archive(archive: Readable) -> list[str]:
    """Return in words what an archive holds, and when it was last ingested."""
    articles = archive.manifest.articles
    extent = covered(archive)
    facts = [
        archive_name(archive.location),
        f"{articles:,} article{'' if articles == 1 else 's'}",
        f"{day_in_words(extent.first)} to {day_in_words(extent.last)}"
        if extent.first and extent.last
        else "",
        f"Last ingest: {day_in_words(archive.ingested.astimezone())}" if archive.ingested else "",
        archive.hidden().in_words(articles),
    ]
    return [fact for fact in facts if fact]


# One run of the page shows one generation. It covers the same until an article expires, or an
# embargo ends: of one generation, ever more is expired, and ever less under embargo.
_COVERED: WeakKeyDictionary[Covering, tuple[Hidden, Coverage]] = WeakKeyDictionary()


def covered(archive: Covering) -> Coverage:
    """Return what an archive covers; it is counted once, and kept for all sessions.

    It is counted again as soon as other articles are hidden.
    """
    hidden = archive.hidden()  # before the articles: what changes meanwhile is counted next time
    kept = _COVERED.get(archive)
    if kept is not None and kept[0] == hidden:
        return kept[1]
    coverage = archive.coverage()
    _COVERED[archive] = (hidden, coverage)
    return coverage


def archive_name(location: str) -> str:
    """Return the name of an archive, without the folders of the server that it lies in."""
    path = PurePosixPath(location)
    return location if "://" in location else path.name or location

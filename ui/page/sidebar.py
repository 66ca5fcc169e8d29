"""Show the left rail of the pages: the conversations with this archive, and what it holds."""

from pathlib import PurePosixPath

import streamlit as st

from ui.page.conversation import Readable
from ui.page.conversation_store import Deleted, Listed, NotKept
from ui.page.current import begin_conversation, open_conversation, this_conversation, this_store
from ui.understood import escape_markdown

# As many as fit beside a long answer; the others come at the press of a button.
_FEW = 20
NOT_KEPT = (
    "Conversations are not kept, because their database cannot be used. The server's log says why."
)


def show_rail(archive: Readable | None) -> None:
    """Show the conversations, and the facts of the archive if it can be read."""
    with st.sidebar:
        st.button("New conversation", icon=":material/add:", on_click=begin_conversation)
        _show_conversations()
        if archive is not None:
            _show_archive(archive)


def _show_conversations() -> None:
    conversation = this_conversation()
    try:
        listed = this_store().conversations() if conversation.is_kept else None
    except NotKept:
        listed = None
    if listed is None:
        st.text(NOT_KEPT)
        return
    _show_undo()
    if listed:
        st.caption("Conversations, newest first")
    shows_all = st.session_state.get("shows_all_conversations", False)
    with st.container(key="conversations", gap="xsmall"):
        for one in listed if shows_all else listed[:_FEW]:
            _show_conversation(one, is_open=one.id == conversation.id)
        if len(listed) > _FEW and not shows_all:
            st.button(f"Show all {len(listed)}", type="tertiary", on_click=_show_all)


def _show_conversation(listed: Listed, *, is_open: bool) -> None:
    title = escape_markdown(listed.title)
    if not is_open:
        st.button(
            title,
            key=f"open-{listed.id}",
            type="tertiary",
            on_click=open_conversation,
            args=(listed.id,),
        )
        return
    with st.popover(title, type="tertiary", help="Rename or delete this conversation"):
        key = f"title-{listed.id}"
        st.session_state[key] = listed.title
        st.text_input("Title", key=key, max_chars=120, on_change=_rename, args=(key,))
        st.button("Delete", icon=":material/delete:", on_click=_delete, args=(listed.id,))


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


def _show_archive(archive: Readable) -> None:
    articles = archive.manifest.articles
    st.caption("Archive")
    facts = [
        archive_name(archive.location),
        f"{articles:,} article{'' if articles == 1 else 's'}",
        archive.hidden().in_words(articles),
    ]
    st.text("\n".join(fact for fact in facts if fact))


def archive_name(location: str) -> str:
    """Return the name of an archive, without the folders of the server that it lies in."""
    path = PurePosixPath(location)
    return location if "://" in location else path.name or location

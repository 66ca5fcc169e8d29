"""Say which conversation a session shows: the one that the address names, or else its last one."""

import logging

import streamlit as st

from ui.kept_conversation import archive_key
from ui.page.conversation import PageFilters
from ui.page.conversation_store import ConversationStore, NotKept, state_path
from ui.page.ongoing import Conversation, reopen
from ui.page.settings_here import settings_here
from ui.page.sign_in import person_here

# The name of the conversation's id in the address of the page.
ADDRESS = "c"
_LOG = logging.getLogger(__name__)


def this_store() -> ConversationStore:
    """Return the store of the conversations with the configured archive.

    Whoever has signed in has conversations of their own.
    """
    settings = settings_here()
    person = person_here(settings)
    own = f"\n{person.casefold()}" if person else ""
    return ConversationStore(path=state_path(), archive=archive_key(settings) + own)


def this_conversation() -> Conversation:
    """Return the conversation of this session."""
    shown: Conversation | None = st.session_state.get("conversation")
    return shown if shown is not None else begin_conversation()


def begin_conversation() -> Conversation:
    """Let this session show a conversation in which nothing was asked yet."""
    return _show(Conversation(store=this_store()))


def forget_conversation() -> None:
    """Let this session begin a conversation when it comes to the page on which people ask."""
    st.session_state.pop("conversation", None)
    st.session_state.pop("draft", None)


def follow_address() -> Conversation:
    """Return the conversation of this session after opening the one that the address names."""
    named = st.query_params.get(ADDRESS, "")
    shown: Conversation | None = st.session_state.get("conversation")
    if named and (shown is None or shown.id != named):
        open_conversation(named)
    elif shown is not None:
        shown.refresh()
        if shown.is_gone:
            begin_conversation()
            _note("This conversation was deleted.")
    return this_conversation()


def open_conversation(id: str) -> None:  # noqa: A002
    """Let this session show a kept conversation; a new one, and a note, if it is not kept."""
    store = this_store()
    try:
        found = reopen(id, store)
    except NotKept as error:
        _LOG.warning("%s", error)
        _show(Conversation(store=store, is_kept=False))
        return
    if found is None:
        begin_conversation()
        _note(
            "The address names a conversation that is not kept with this archive. It was deleted, "
            "or belongs to another archive."
        )
    else:
        _show(found)


def write_address(conversation: Conversation) -> None:
    """Name a conversation in the address, so that a reload or another tab shows it too."""
    if conversation.is_kept and (conversation.title or conversation.filters != PageFilters()):
        if st.query_params.get(ADDRESS) != conversation.id:
            st.query_params[ADDRESS] = conversation.id
    elif ADDRESS in st.query_params:
        del st.query_params[ADDRESS]


def take_note() -> str:
    """Return once what a person is to be told about conversations; empty if nothing."""
    note: str = st.session_state.pop("conversation_note", "")
    return note


def _note(note: str) -> None:
    st.session_state["conversation_note"] = note


def _show(conversation: Conversation) -> Conversation:
    st.session_state["conversation"] = conversation
    st.session_state.pop("draft", None)
    write_address(conversation)
    return conversation


# The archives that this process has read.
_KNOWN: set[str] = set()


def remember_archive() -> None:
    """Note that the configured archive can be read."""
    _KNOWN.add(this_store().archive)


def knows_archive() -> bool:
    """Say whether this process has read the configured archive, or kept a conversation with it."""
    store = this_store()
    if store.archive in _KNOWN:
        return True
    try:
        return bool(store.conversations())
    except NotKept:
        return False

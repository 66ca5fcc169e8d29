"""The chat page: `dateline chat` runs this script, from top to bottom, on every interaction."""

from collections.abc import Callable

import streamlit as st

from rag.errors import ArchiveNotFound, DatelineError
from rag.settings import load_settings
from ui.answer_view import show_answer
from ui.conversation import Conversation, Filters, Readable, Turn
from ui.first_run import show_first_run
from ui.opening import open_archive
from ui.sidebar import show_sidebar

# Questions to begin with, for the sample archive: no other is sure to hold their answers.
SAMPLE_ARTICLE = "lowland-courier-2020-11-10-karabakh-guns-silent"
EXAMPLES = (
    "When did the ceasefire in Nagorno-Karabakh take effect?",
    "How many people were killed in the Beirut explosion?",
    "Who won the Rugby World Cup?",
)


def show_page(opening: Callable[[], Readable]) -> None:
    """Show the page over the archive that `opening` gives."""
    st.set_page_config(page_title="Dateline", layout="centered")
    st.title("Dateline")
    try:
        archive = opening()
    except ArchiveNotFound:
        show_first_run(load_settings().archive)
    except DatelineError as error:
        show_problem(error)
    else:
        show_chat(archive)


def show_chat(archive: Readable) -> None:
    """Show the conversation of this session and answer what waits."""
    conversation = this_conversation()
    filters = show_sidebar(archive, conversation)
    st.chat_input("Ask the archive", key="question", on_submit=put_question)
    if not conversation.turns and not conversation.waiting:
        show_welcome(archive, conversation)
    for turn in conversation.turns:
        show_turn(turn, newest=turn is conversation.turns[-1] and not conversation.waiting)
    while conversation.waiting:
        answer_waiting(conversation, archive, filters)


def this_conversation() -> Conversation:
    """Return the conversation of this session."""
    conversation: Conversation = st.session_state.setdefault("conversation", Conversation())
    return conversation


def put_question() -> None:
    """Take what was typed as a question."""
    this_conversation().put(st.session_state.question)


def show_welcome(archive: Readable, conversation: Conversation) -> None:
    """Say what this is; offer questions to begin with if the archive is the sample."""
    st.text("Answers are quotes from the archive. Press a number to read the quote in its article.")
    for question in EXAMPLES if holds_sample(archive) else ():
        st.button(question, on_click=conversation.put, args=(question,))


def holds_sample(archive: Readable) -> bool:
    """Say whether the sample was ingested into an archive."""
    try:
        return bool(archive.article(SAMPLE_ARTICLE))
    except KeyError:
        return False


def show_turn(turn: Turn, *, newest: bool) -> None:
    """Show a question and its answer."""
    show_question(turn.question)
    with st.chat_message("assistant", avatar=":material/newspaper:"):
        show_answer(turn, newest=newest)


def answer_waiting(conversation: Conversation, archive: Readable, filters: Filters) -> None:
    """Answer the next question that waits and show the turn."""
    show_question(conversation.waiting[0])
    with st.chat_message("assistant", avatar=":material/newspaper:"):
        with st.spinner("Reading the archive …"):
            turn = conversation.answer_next(archive, filters)
        show_answer(turn, newest=not conversation.waiting)


def show_question(question: str) -> None:
    """Show what was asked, letter for letter."""
    with st.chat_message("user", avatar=":material/person:"):
        st.text(question)


def show_problem(error: DatelineError) -> None:
    """Say why there is nothing to ask and what to do about it."""
    st.header("The archive cannot be used")
    st.text(str(error))
    st.button("Try again")


if __name__ == "__main__":
    show_page(open_archive)

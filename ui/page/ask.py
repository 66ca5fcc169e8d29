"""Show the page on which people ask: a conversation with the archive."""

import streamlit as st

from rag.records import AnswerSentence
from ui.page.answer_view import show_answer
from ui.page.article_pane import show_pane
from ui.page.conversation import Conversation, PageFilters, Readable, Turn, Waiting
from ui.page.sidebar import show_sidebar
from ui.page.take_away import show_take_away
from ui.understood import escape_markdown, say_understood

# Questions to begin with, for the sample archive: no other is sure to hold their answers.
SAMPLE_ARTICLE = "lowland-courier-2020-11-10-karabakh-guns-silent"
EXAMPLES = (
    "When did the ceasefire in Nagorno-Karabakh take effect?",
    "How many people were killed in the Beirut explosion?",
    "Who won the Rugby World Cup?",
)


def show_chat(archive: Readable) -> None:
    """Show the conversation of this session and answer what waits."""
    conversation = this_conversation()
    filters = show_sidebar(archive, conversation)
    st.chat_input("Ask the archive", key="question", on_submit=put_question)
    show_pane(archive, conversation.answer_of)
    if not conversation.turns and not conversation.waiting:
        show_welcome(archive, conversation)
    for turn in conversation.turns:
        show_turn(turn, newest=turn is conversation.turns[-1] and not conversation.waiting)
    while waiting := conversation.next_waiting():
        answer_waiting(waiting, conversation, archive, filters=filters)


def this_conversation() -> Conversation:
    """Return the conversation of this session."""
    conversation: Conversation = st.session_state.setdefault("conversation", Conversation())
    return conversation


def put_question() -> None:
    """Take what was typed as a question."""
    this_conversation().put(st.session_state.question)


def show_welcome(archive: Readable, conversation: Conversation) -> None:
    """Say what this is; offer questions to begin with if the archive is the sample."""
    st.text("Answers are quotes from the archive. Click a number to read the quote in its article.")
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
    show_question(turn)
    with st.chat_message("assistant", avatar=":material/newspaper:"):
        show_reply(turn, newest=newest)


def show_reply(turn: Turn, *, newest: bool) -> None:
    """Show how a question was understood, its answer, and what can be taken away of it."""
    conversation = this_conversation()
    show_understood(turn, conversation)
    show_answer(turn, newest=newest, on_all_dates=lambda: conversation.put_for_all_dates(turn))
    show_take_away(turn)


def answer_waiting(
    waiting: Waiting, conversation: Conversation, archive: Readable, *, filters: PageFilters
) -> None:
    """Answer a question that waits and show the turn."""
    show_question(waiting)
    with st.chat_message("assistant", avatar=":material/newspaper:"):
        written = WrittenSoFar()
        with st.spinner("Reading the archive …"):
            turn = conversation.answer_next(
                waiting, archive, filters=filters, on_sentence=written.add
            )
        written.clear()
        if turn is None:
            st.rerun()  # the run before this one has answered it
        show_reply(turn, newest=not conversation.waiting)


class WrittenSoFar:
    """The supported sentences of an answer while it is written, letter for letter."""

    def __init__(self) -> None:
        self._place = st.empty()
        self._sentences: list[str] = []

    def add(self, sentence: AnswerSentence) -> None:
        """Show one more sentence, if its quotes carry it."""
        if sentence.supported:
            self._sentences.append(sentence.text)
            self._place.text(" ".join(self._sentences))

    def clear(self) -> None:
        """Make room for the whole answer."""
        self._place.empty()


def show_understood(turn: Turn, conversation: Conversation) -> None:
    """Show what was added to a question from the ones before it, with a button to remove each."""
    understood = say_understood(turn.answer) if turn.answer else ""
    if not turn.answer or not understood:
        return
    st.text(understood)
    with st.container(horizontal=True):
        if len(turn.answer.carried) > 1:
            for place, words in enumerate(turn.answer.carried):
                st.button(
                    f"Without “{escape_markdown(words)}”",
                    key=f"without-{turn.number}-{place}",
                    on_click=conversation.put_without,
                    args=(turn, words),
                )
        st.button(
            "Ask as written",
            key=f"as-written-{turn.number}",
            on_click=conversation.put_as_written,
            args=(turn,),
        )


def show_question(asked: Turn | Waiting) -> None:
    """Show what was asked, letter for letter, and what is different if it was asked again."""
    with st.chat_message("user", avatar=":material/person:"):
        st.text(asked.question)
        if not asked.read_time:
            st.caption("Asked again, for all dates")
        elif asked.carried is not None:
            st.caption("Asked again, with fewer words" if asked.carried else "Asked as written")

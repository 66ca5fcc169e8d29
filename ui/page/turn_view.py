"""Show one turn of a conversation: its question as a heading, how it was read, and its answer."""

from dataclasses import replace

import streamlit as st

from ui.page.answer_view import show_answer
from ui.page.conversation import Turn, Waiting
from ui.page.drafts import edit_question
from ui.page.elsewhere import find_elsewhere
from ui.page.ongoing import Conversation
from ui.page.question_heading import show_heading
from ui.page.scope import say_overridden
from ui.page.take_away import show_take_away
from ui.page.under_way import stop_answer
from ui.understood import escape_markdown, say_understood

# The name in an address of what each page is opened with.
_ARGUMENT = {"timeline": "topic", "archive": "about"}
_LABEL = {"timeline": "Timeline of “{}”", "archive": "Articles about “{}”"}


def show_turn(turn: Turn, conversation: Conversation, *, newest: bool) -> None:
    """Show a question and its answer."""
    show_question(turn)
    show_reply(turn, conversation, newest=newest)


def show_question(asked: Turn | Waiting) -> None:
    """Show what was asked, letter for letter, and what is different if it was asked again."""
    show_heading(asked.question, key=f"question-{asked.id}")
    if not asked.read_time:
        st.caption("Asked again, for all dates")
    elif asked.carried is not None:
        st.caption("Asked again, with fewer words" if asked.carried else "Asked as written")


def show_reply_so_far(turn: Turn, conversation: Conversation) -> None:
    """Show the quotes of an answer that a language model is still writing."""
    _show_reading(turn, conversation)
    show_answer(
        turn,
        newest=True,
        on_all_dates=lambda: conversation.put_for_all_dates(turn),
        on_stop=lambda: stop_answer(turn.id),
    )


def _show_reading(turn: Turn, conversation: Conversation) -> None:
    """Show how a question was understood, and where it may be answered better."""
    _show_elsewhere(turn.question)
    _show_understood(turn, conversation)
    _show_overridden(turn, conversation)


def show_reply(turn: Turn, conversation: Conversation, *, newest: bool) -> None:
    """Show how a question was understood, its answer, and what can be done with both."""
    _show_reading(turn, conversation)
    show_answer(turn, newest=newest, on_all_dates=lambda: conversation.put_for_all_dates(turn))
    with st.container(horizontal=True, key=f"foot-{turn.id}"):
        again = "Try again" if turn.problem else "Ask again"
        st.button(
            again,
            key=f"again-{turn.id}",
            icon=":material/refresh:",
            on_click=conversation.put_again,
            args=(turn,),
        )
        st.button(
            "Edit the question",
            key=f"edit-{turn.id}",
            icon=":material/edit:",
            on_click=edit_question,
            args=(turn.question,),
        )
        show_take_away(turn)


def _show_elsewhere(question: str) -> None:
    """Offer the page that answers a question better, if there is such a page."""
    wanted = find_elsewhere(question)
    page = st.session_state.get("pages", {}).get(wanted.page) if wanted else None
    if wanted and page:
        st.page_link(
            page,
            label=_LABEL[wanted.page].format(escape_markdown(wanted.topic)),
            icon=":material/arrow_forward:",
            query_params={_ARGUMENT[wanted.page]: wanted.topic},
        )


def _show_understood(turn: Turn, conversation: Conversation) -> None:
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
                    key=f"without-{turn.id}-{place}",
                    on_click=conversation.put_without,
                    args=(turn, words),
                )
        st.button(
            "Ask as written",
            key=f"as-written-{turn.id}",
            on_click=conversation.put_as_written,
            args=(turn,),
        )


def _show_overridden(turn: Turn, conversation: Conversation) -> None:
    """Say if the question names days and others were asked, and offer to ask those it names."""
    if turn.named_days is None:
        return
    st.text(say_overridden(turn.filters, str(turn.named_days)))
    st.button(
        "Ask the days of the question",
        key=f"own-days-{turn.id}",
        on_click=_ask_own_days,
        args=(turn, conversation),
    )


def _ask_own_days(turn: Turn, conversation: Conversation) -> None:
    conversation.narrow(replace(conversation.filters, since=None, until=None))
    conversation.put_again(turn)

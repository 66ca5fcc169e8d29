"""Show the page on which people ask: a conversation with the archive."""

from collections.abc import Mapping

import streamlit as st

from rag.steps import Step
from rag.text.plain_text import one_line
from ui.page.answer_view import show_written
from ui.page.article_pane import show_pane
from ui.page.conversation import Readable, Turn
from ui.page.current import follow_address, take_note, write_address
from ui.page.drafts import put_typed, show_draft
from ui.page.ongoing import Conversation
from ui.page.scope_bar import show_scope_bar
from ui.page.sidebar import show_archive_facts, show_rail
from ui.page.turn_view import show_question, show_reply, show_reply_so_far, show_turn
from ui.page.under_way import UnderWay, answer_so_far, begin_next

# Questions to begin with, for the sample archive: no other is sure to hold their answers.
SAMPLE_ARTICLE = "lowland-courier-2020-11-10-karabakh-guns-silent"
EXAMPLES = (
    "When did the ceasefire in Nagorno-Karabakh take effect?",
    "How many people were killed in the Beirut explosion?",
    "Who won the Rugby World Cup?",
)
_STEPS: Mapping[Step, str] = {
    "searching": "Searching the archive",
    "reading": "Reading what was found",
    "writing": "Writing the answer, and checking each sentence",
}
_LONGEST_TITLE = 60
# Steps that are over sooner than they can be read are not shown.
_QUIET_SECONDS = 0.5
# How often the page looks at what a language model has written.
_LOOK_SECONDS = 0.4


def show_chat(archive: Readable) -> None:
    """Show the conversation of this session and answer what waits."""
    conversation, under_way = _open_page(archive)
    # It may end at any moment, and is shown as what was asked just now all the same.
    before = [turn for turn in conversation.turns if under_way is None or turn.id != under_way.id]
    if not before and under_way is None:
        show_welcome(archive, conversation)
    for turn in before:
        show_turn(turn, conversation, newest=turn is before[-1] and under_way is None)
    while under_way is not None and show_under_way(under_way, conversation):
        under_way = begin_next(conversation, archive)
    show_archive_facts(archive)  # at last, because a large archive takes a while to be counted


def show_chat_without_archive(problem: str) -> None:
    """Show the conversation of this session while the archive is away; what is asked waits."""
    show_problem(problem)
    conversation, _ = _open_page(None)
    for turn in conversation.turns:
        show_turn(turn, conversation, newest=False)
    for waiting in conversation.waiting:
        show_question(waiting)
        st.caption("This waits until the archive can be read.")


def show_problem(problem: str) -> None:
    """Say why there is nothing to ask and what to do about it."""
    st.header("The archive cannot be used", anchor=False)
    st.text(problem)
    st.button("Try again")


def _open_page(archive: Readable | None) -> tuple[Conversation, UnderWay | None]:
    """Show what stands around the turns; return the conversation, and the answer that it waits for.

    The archive is read for that while this is drawn.
    """
    conversation = follow_address()
    with st.bottom:
        over_the_field, scope = st.container(), st.container()
        # It is taken here and not in a callback: after a restart of the server, no callback is
        # known to it when the page sends what was typed in the meantime. And it is taken before
        # anything is read of the archive: another run that begins meanwhile does not have it.
        if typed := st.chat_input("Ask the archive", key="question"):
            put_typed(typed, conversation)
        under_way = None if archive is None else begin_next(conversation, archive)
        if archive is not None:
            with scope:
                show_scope_bar(archive, conversation)
        with over_the_field:
            show_draft(conversation)
    show_pane(archive, lambda turn: conversation.answer_of(turn) or answer_so_far(turn))
    write_address(conversation)
    if conversation.title:
        st.set_page_config(
            page_title=f"{one_line(conversation.title, most=_LONGEST_TITLE)} · Dateline"
        )
    show_rail()
    if note := take_note():
        st.text(note)
    if conversation.unread:
        turns = "1 turn" if conversation.unread == 1 else f"{conversation.unread} turns"
        st.text(f"{turns} of another version of Dateline cannot be shown.")
    return conversation, under_way


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


def show_under_way(under_way: UnderWay, conversation: Conversation) -> bool:
    """Show how an answer comes about, which a run before this one may have begun, and the turn.

    Return whether it has ended. If a language model writes it, what is written comes later, without
    this run: what a person opens on the page meanwhile would wait for the end of the run.
    """
    show_question(under_way.waiting)
    place = st.empty()
    quoted: Turn | None = None
    with st.spinner("Looking for an answer …"):
        for standing in under_way.follow(quiet_seconds=_QUIET_SECONDS):
            quoted = standing.quoted
            if quoted is not None:
                break
            if standing.step is not None:
                place.caption(_STEPS[standing.step])
    place.empty()
    if quoted is not None:
        show_reply_so_far(quoted, conversation)
        _show_writing(under_way, quoted)
        return False
    turn = under_way.turn
    # A page that only looked on has not got the turn: another run shows it.
    if turn is None or turn not in conversation.turns:
        st.rerun()
    show_reply(turn, conversation, newest=not conversation.waiting)
    return True


@st.fragment(run_every=_LOOK_SECONDS)
def _show_writing(under_way: UnderWay, quoted: Turn) -> None:
    """Show above the quotes what stands of an answer, until it has ended and is shown as a turn."""
    standing = under_way.look()
    if standing.has_ended:
        st.rerun()
    if standing.sentences:
        show_written(quoted, standing.sentences)

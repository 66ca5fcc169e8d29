"""Let a person change a question before it is asked: one asked before, or one that is too long."""

from dataclasses import dataclass, field

import streamlit as st

from ui.page.conversation import new_id
from ui.page.ongoing import Conversation

# On the sample archive and one core, 2,000 characters took 1.1 seconds, and 116,000 took 24.
MOST_CHARACTERS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A question that is being changed; `id` tells its field from those before it."""

    text: str
    id: str = field(default_factory=new_id)


def put_typed(question: str, conversation: Conversation) -> None:
    """Take what was typed as a question; one that is too long stays in a field to be shortened.

    Where nothing was typed, nothing is asked, and a field stays for the question.
    """
    if not question.strip():
        return
    if len(question) > MOST_CHARACTERS:
        edit_question(question)
    else:
        conversation.put(question)
        st.session_state.pop("draft", None)


def edit_question(question: str) -> None:
    """Put a question into a field in which it can be changed."""
    st.session_state["draft"] = Draft(text=question)


def show_draft(conversation: Conversation) -> None:
    """Show the question that is being changed, if there is one."""
    draft: Draft | None = st.session_state.get("draft")
    if draft is None:
        return
    if len(draft.text) > MOST_CHARACTERS:
        st.text(
            f"This question has {len(draft.text):,} characters, and a question may have "
            f"{MOST_CHARACTERS:,}. Make it shorter."
        )
    with st.form("draft-form"):
        text = st.text_area("Your question", value=draft.text, key=f"draft-{draft.id}")
        with st.container(horizontal=True):
            asks = st.form_submit_button("Ask", type="primary")
            leaves = st.form_submit_button("Cancel")
    if leaves:
        st.session_state.pop("draft", None)
        st.rerun()
    if asks:
        put_typed(text, conversation)
        st.rerun()

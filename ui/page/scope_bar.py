"""Show the bar over the question field: which part of the archive is asked; change it there."""

from functools import partial

import streamlit as st

from ui.page.conversation import PageFilters, Readable
from ui.page.ongoing import Conversation
from ui.page.scope import Pill, pills, say_count, say_impossible
from ui.page.wishes import day_field, outlets_field
from ui.understood import escape_markdown

_AS_OF = (
    "Answers use only what was published by this day and has not been changed since. “Today” and "
    "“last week” in your question are counted from it."
)


def show_scope_bar(archive: Readable, conversation: Conversation) -> None:
    """Show what questions are restricted to, how many articles that leaves, and the filters."""
    filters = conversation.filters
    with st.container(key="scope-bar", horizontal=True, vertical_alignment="center", gap="xsmall"):
        with st.popover("Narrow", icon=":material/filter_list:"):
            _show_filters(archive, conversation)
        # Before the pills, because on a phone not all of these are in view.
        with st.container(key="scope-count", width="content"):
            st.text(say_count(archive, filters))
        for place, pill in enumerate(pills(filters)):
            _show_pill(pill, place, conversation)


def _show_pill(pill: Pill, place: int, conversation: Conversation) -> None:
    st.button(
        escape_markdown(pill.text),
        key=f"scope-{pill.kind}-{place}",
        icon=":material/close:",
        icon_position="right",
        help=f"Remove {pill.kind.replace('_', ' ')}: {escape_markdown(pill.text)}",
        on_click=conversation.narrow,
        args=(pill.without,),
    )


# What is set here keeps being asked for, also where the archive was away for a while or a newer one
# is served: a filter that a person set and that is gone would let through what it was to keep out.


def _show_filters(archive: Readable, conversation: Conversation) -> None:
    filters, take = conversation.filters, partial(_take_filters, conversation)
    _set(since=filters.since, until=filters.until, as_of=filters.as_of)
    _set(outlets=filters.outlets or [], sections=filters.sections or [])
    with st.container(horizontal=True):
        day_field("Published since", key="since", on_change=take)
        day_field("Published until", key="until", on_change=take)
    if problem := say_impossible(filters):
        st.text(problem)
    outlets_field(archive.sources(), key="outlets", on_change=take)
    # An archive whose articles name no section has nothing to choose from.
    if (known := archive.sections()) or filters.sections:
        outlets_field(known, key="sections", label="Sections", on_change=take)
    day_field("As of", key="as_of", about=_AS_OF, on_change=take)
    if filters != PageFilters():
        st.button("Ask the whole archive", on_click=conversation.narrow, args=(PageFilters(),))


def _set(**values: object) -> None:
    """Let the fields show what the conversation has; a field that was away has forgotten it."""
    for key, value in values.items():
        if key not in st.session_state or st.session_state[key] != value:
            st.session_state[key] = value


def _take_filters(conversation: Conversation) -> None:
    """Give the conversation what was set in the fields."""
    fields = st.session_state
    conversation.narrow(
        PageFilters(
            since=fields.since,
            until=fields.until,
            outlets=list(fields.outlets) or None,
            sections=list(fields.sections) or None,
            as_of=fields.as_of,
        )
    )

"""Show the bar over the question field: which part of the archive is asked; change it there."""

from datetime import date

import streamlit as st

from ui.page.conversation import PageFilters, Readable
from ui.page.ongoing import Conversation
from ui.page.scope import Pill, pills, say_count, say_impossible
from ui.understood import escape_markdown

# Older than any newspaper, and later than any embargo.
_FIRST_DAY, _LAST_DAY = date(1600, 1, 1), date(2200, 1, 1)
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
        for place, pill in enumerate(pills(filters)):
            _show_pill(pill, place, conversation)
        with st.container(key="scope-count", width="content"):
            st.text(say_count(archive, filters))


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
    filters = conversation.filters
    _set(since=filters.since, until=filters.until, as_of=filters.as_of)
    _set(outlets=filters.outlets or [], sections=filters.sections or [])
    with st.container(horizontal=True):
        _day("Published since", key="since", conversation=conversation)
        _day("Published until", key="until", conversation=conversation)
    if problem := say_impossible(filters):
        st.text(problem)
    _choice("Outlets", archive.sources(), key="outlets", conversation=conversation)
    # An archive whose articles name no section has nothing to choose from.
    if (known := archive.sections()) or filters.sections:
        _choice("Sections", known, key="sections", conversation=conversation)
    _day("As of", key="as_of", conversation=conversation, about=_AS_OF)
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


def _choice(label: str, known: dict[str, int], *, key: str, conversation: Conversation) -> None:
    # What was chosen and is no longer in the archive stays chosen, and finds nothing.
    chosen: list[str] = st.session_state[key]
    st.multiselect(
        label,
        list(dict.fromkeys([*known, *chosen])),
        placeholder="all",
        key=key,
        on_change=_take_filters,
        args=(conversation,),
    )


def _day(label: str, *, key: str, conversation: Conversation, about: str | None = None) -> None:
    st.date_input(
        label,
        value=None,
        min_value=_FIRST_DAY,
        max_value=_LAST_DAY,
        format="YYYY-MM-DD",
        key=key,
        help=about,
        on_change=_take_filters,
        args=(conversation,),
    )

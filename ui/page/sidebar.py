"""Show the sidebar of the chat page: the archive, and the filters of a search."""

from datetime import date

import streamlit as st

from ui.page.conversation import Conversation, PageFilters, Readable

# Older than any newspaper, and later than any embargo.
_FIRST_DAY, _LAST_DAY = date(1600, 1, 1), date(2200, 1, 1)
_AS_OF = (
    "Answers use only what was published by this day and has not been changed since. “Today” and "
    "“last week” in your question are counted from it."
)


def show_sidebar(archive: Readable, conversation: Conversation) -> PageFilters:
    """Show the archive's facts and the filters; return the filters as they are set."""
    with st.sidebar:
        st.header("Archive")
        articles = archive.manifest.articles
        st.text(f"{articles:,} article{'' if articles == 1 else 's'}")
        st.text(archive.location)
        if hidden := archive.hidden().in_words(articles):
            st.text(hidden)
        st.header("Ask only about")
        filters = PageFilters(
            since=_day("Published since", key="since"),
            until=_day("Published until", key="until"),
            outlets=_chosen("Outlets", archive.sources(), key="outlets"),
            sections=_sections(archive.sections()),
            as_of=_day("As of", key="as_of", about=_AS_OF),
        )
        if conversation.turns or conversation.waiting:
            st.button("New conversation", on_click=conversation.clear)
    return filters


# What is set here keeps being asked for, also where the archive was away for a while or a newer one
# is served: a filter that a person set and that is gone would let through what it was to keep out.


def _sections(known: dict[str, int]) -> list[str] | None:
    # An archive whose articles name no section has nothing to choose from.
    if not known and not st.session_state.get("sections"):
        return None
    return _chosen("Sections", known, key="sections")


def _chosen(label: str, known: dict[str, int], *, key: str) -> list[str] | None:
    # What was chosen and is no longer in the archive stays chosen, and finds nothing.
    chosen = st.session_state.get(key, [])
    return (
        st.multiselect(
            label,
            list(dict.fromkeys([*known, *chosen])),
            placeholder="all",
            key=key,
            persist_state="session",
        )
        or None
    )


def _day(label: str, *, key: str, about: str | None = None) -> date | None:
    day = st.date_input(
        label,
        value=None,
        min_value=_FIRST_DAY,
        max_value=_LAST_DAY,
        format="YYYY-MM-DD",
        key=key,
        help=about,
        persist_state="session",
    )
    return day if isinstance(day, date) else None

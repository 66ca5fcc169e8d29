"""The sidebar: what is being asked, and which part of it."""

from datetime import date

import streamlit as st

from ui.conversation import Conversation, Filters, Readable

# Older than any newspaper, and later than any embargo.
_FIRST_DAY, _LAST_DAY = date(1600, 1, 1), date(2200, 1, 1)


def show_sidebar(archive: Readable, conversation: Conversation) -> Filters:
    """Show the archive's facts and the filters; return the filters as they are set."""
    with st.sidebar:
        st.header("Archive")
        articles = archive.manifest.articles
        st.text(f"{articles:,} article{'' if articles == 1 else 's'}")
        st.text(archive.location)
        st.header("Ask only about")
        filters = Filters(
            since=_day("Published since"),
            until=_day("Published until"),
            outlets=st.multiselect("Outlets", list(archive.sources()), placeholder="all") or None,
        )
        if conversation.turns or conversation.waiting:
            st.button("New conversation", on_click=conversation.clear)
    return filters


def _day(label: str) -> date | None:
    day = st.date_input(
        label, value=None, min_value=_FIRST_DAY, max_value=_LAST_DAY, format="YYYY-MM-DD"
    )
    return day if isinstance(day, date) else None

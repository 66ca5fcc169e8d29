"""Show the fields with which several pages restrict what they show, and what restricted it."""

from collections.abc import Callable, Iterable
from datetime import date

import streamlit as st

# Older than any newspaper, and later than any embargo.
FIRST_DAY, LAST_DAY = date(1600, 1, 1), date(2200, 1, 1)


def day_field(
    label: str, *, key: str, about: str | None = None, on_change: Callable[[], None] | None = None
) -> date | None:
    """Show a field for a day; return the day, None if there is none.

    `about` explains it, and `on_change` is called when it was changed.
    """
    day = st.date_input(
        label,
        value=None,
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        format="YYYY-MM-DD",
        key=key,
        help=about,
        on_change=on_change,
    )
    return day if isinstance(day, date) else None


def outlets_field(
    known: dict[str, int],
    *,
    key: str,
    label: str = "Outlets",
    on_change: Callable[[], None] | None = None,
) -> list[str] | None:
    """Show a field for names out of some; return those that were chosen, None if none was.

    `on_change` is called when the choice was changed.
    """
    # What was chosen and is no longer in the archive stays chosen, and finds nothing.
    chosen = st.session_state.get(key, [])
    options = list(dict.fromkeys([*known, *chosen]))
    return st.multiselect(label, options, placeholder="all", key=key, on_change=on_change) or None


def any_field(*, key: str) -> bool:
    """Show a box with which times and outlets in the words restrict nothing; say if it is set."""
    return st.checkbox(
        "Search all dates and outlets",
        key=key,
        help="A time or an outlet in your words, such as “in March” or “according to Reuters”, "
        "restricts what is searched. With this, it does not.",
    )


def show_notes(notes: Iterable[str]) -> None:
    """Show in sentences what the words that were searched for restricted."""
    for note in notes:
        st.text(f"{note[:1].upper()}{note[1:]}.")

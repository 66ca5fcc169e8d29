"""Keeps what a page was asked for in its address, and for the way back from another page.

A field is named in the address by its values: one for a text or a day, several for outlets.
"""

from collections.abc import Collection, Mapping
from datetime import date

import streamlit as st

from rag.records import parse_day
from ui.page.wishes import FIRST_DAY, LAST_DAY

Query = Mapping[str, list[str]]

# Nobody writes longer ones, and a field can show no more.
_MOST_CHARACTERS = 300
_MOST_VALUES = 200
_MOST_DIGITS = 9


def take_query(key: str, names: Collection[str], *, is_back: bool) -> Query | None:
    """Return what the address names of these fields; None if they show it already.

    When a person comes back from another page, the fields are empty, and the address may be one
    that Streamlit has left half written. Then it is what was shown last, which the session keeps
    under `key`.
    """
    address = _address()
    named = {name: address[name] for name in names if name in address}
    last: Query = st.session_state.get(key, {})
    if is_back and not named:
        named = dict(last)
    if named == last and not is_back:
        return None
    st.session_state[key] = named
    return named


def write_query(key: str, query: Query) -> None:
    """Name fields in the address, so that a reload and the way back show them again."""
    given = {name: list(values) for name, values in query.items() if values}
    if given != _address():
        st.query_params.from_dict(given)
    st.session_state[key] = given


def read_text(query: Query, name: str) -> str:
    """Return the text of a field; empty if the address names none."""
    return next(iter(query.get(name, [])), "")[:_MOST_CHARACTERS]


def read_texts(query: Query, name: str) -> list[str]:
    """Return the texts of a field that has several."""
    return list(dict.fromkeys(query.get(name, [])))[:_MOST_VALUES]


def read_day(query: Query, name: str) -> date | None:
    """Return the day of a field; None if the address names none that the field can show."""
    try:
        day = parse_day(read_text(query, name) or None, name=name)
    except ValueError:
        return None
    return day if day is not None and FIRST_DAY <= day <= LAST_DAY else None


def read_number(query: Query, name: str, *, least: int) -> int:
    """Return the number of a field; `least` if the address names none, or a smaller one."""
    text = read_text(query, name)
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return max(least, int(text)) if is_number else least


def write_day(day: date | None) -> list[str]:
    """Return the values by which an address names a day."""
    return [day.isoformat()] if day is not None else []


def _address() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}

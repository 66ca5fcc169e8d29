"""Show the timeline of a topic: what happened on which day, each entry with its source."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st

from rag.errors import DatelineError
from rag.timeline.build import TimelineEntry
from ui.page.in_words import say_number
from ui.page.library import Library
from ui.page.link_list import show_links
from ui.page.timeline_words import FILES, TimelineFile, describe_entry
from ui.page.wish_address import (
    read_day,
    read_number,
    read_text,
    read_texts,
    take_query,
    write_day,
    write_query,
)
from ui.page.wishes import any_field, day_field, outlets_field, show_notes
from ui.whole_timeline import FoundTimeline, find_timeline

_MOST_CHARACTERS = 300
# How many entries are shown at first, how many more at each press, and how many at most.
_FEW = 30
_MOST = 990
_FOUND = "timeline-found"
_TOPIC = "timeline-topic"
_LIMIT = "timeline-limit"
_ADDRESS = "timeline-address"
_NAMES = ("topic", "since", "until", "as_of", "outlet", "anywhere", "limit")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineWish:
    """The topic of a timeline and what it is restricted to; the days are those of the events.

    `limit` is how many entries it may have.
    """

    topic: str
    since: date | None = None
    until: date | None = None
    outlets: tuple[str, ...] = ()
    as_of: date | None = None
    is_anywhere: bool = False
    limit: int = _FEW


def show_timeline(archive: Library) -> None:
    """Show the fields of a timeline, and the timeline if a topic is named."""
    _take_address()
    with st.form("timeline-form", border=False):
        topic = st.text_input(
            "Topic",
            key=_TOPIC,
            max_chars=_MOST_CHARACTERS,
            placeholder="The story, in a few words",
        )
        days = st.columns(3)
        with days[0]:
            since = day_field("Happened since", key="timeline-since")
        with days[1]:
            until = day_field("Happened until", key="timeline-until")
        with days[2]:
            as_of = day_field("As of", key="timeline-as-of")
        outlets = outlets_field(archive.sources(), key="timeline-outlets")
        is_anywhere = any_field(key="timeline-anywhere")
        st.form_submit_button("Show the timeline", type="primary", on_click=_show_few)
    topic = " ".join(topic.split())
    st.set_page_config(page_title=f"{f'Timeline: {topic}' if topic else 'Timeline'} – Dateline")
    if not topic:
        st.text("Name a story, and you get what happened, day by day, with the words that say so.")
        return
    wish = TimelineWish(
        topic=topic,
        since=since,
        until=until,
        outlets=tuple(outlets or ()),
        as_of=as_of,
        is_anywhere=is_anywhere,
        limit=st.session_state.get(_LIMIT, _FEW),
    )
    _write_address(wish)
    try:
        found = _build(archive, wish)
    except DatelineError as error:
        st.text(str(error))
        return
    show_notes(found.notes)
    _show_entries(topic, found)


def _show_few() -> None:
    """Let another wish begin with the entries that fit best."""
    st.session_state[_LIMIT] = _FEW


def _show_more() -> None:
    st.session_state[_LIMIT] = min(st.session_state.get(_LIMIT, _FEW) + _FEW, _MOST)


def _take_address() -> None:
    """Fill the fields with what the address names, or else with what was shown last."""
    query = take_query(_ADDRESS, _NAMES, is_back=_TOPIC not in st.session_state)
    if not query:
        return
    st.session_state[_TOPIC] = read_text(query, "topic")
    st.session_state["timeline-since"] = read_day(query, "since")
    st.session_state["timeline-until"] = read_day(query, "until")
    st.session_state["timeline-as-of"] = read_day(query, "as_of")
    st.session_state["timeline-outlets"] = read_texts(query, "outlet")
    st.session_state["timeline-anywhere"] = bool(read_text(query, "anywhere"))
    st.session_state[_LIMIT] = min(read_number(query, "limit", least=_FEW), _MOST)


def _write_address(wish: TimelineWish) -> None:
    """Name a wish in the address, so that a reload and the way back show it again."""
    write_query(
        _ADDRESS,
        {
            "topic": [wish.topic],
            "since": write_day(wish.since),
            "until": write_day(wish.until),
            "as_of": write_day(wish.as_of),
            "outlet": list(wish.outlets),
            "anywhere": ["yes"] if wish.is_anywhere else [],
            "limit": [str(wish.limit)] if wish.limit > _FEW else [],
        },
    )


def _build(archive: Library, wish: TimelineWish) -> FoundTimeline:
    """Return a timeline; the last one is kept, because every click runs the page again."""
    known = st.session_state.get(_FOUND)
    if known is not None and known[0] is archive and known[1] == wish:
        kept: FoundTimeline = known[2]
        return kept
    with st.spinner("Reading the archive …"):
        found = find_timeline(
            archive,
            wish.topic,
            since=wish.since,
            until=wish.until,
            sources=list(wish.outlets) or None,
            as_of=wish.as_of,
            read_time=not wish.is_anywhere,
            read_outlets=not wish.is_anywhere,
            limit=wish.limit,
        )
    st.session_state[_FOUND] = (archive, wish, found)
    return found


def _show_entries(topic: str, found: FoundTimeline) -> None:
    entries = found.entries
    if not entries:
        st.text("No dated events were found for this topic.")
        return
    number = len(entries)
    counted = f"{number} entr{'y' if number == 1 else 'ies'}"
    st.text(f"{counted}, from {say_number(_sources(entries), 'outlet')}")
    if remark := found.remark:
        st.text(remark)
    with st.container(horizontal=True):
        for name, file in FILES.items():
            st.download_button(
                file.label,
                data=partial(_written, file, topic, found),
                file_name=f"dateline-timeline{found.mark}{file.suffix}",
                mime=file.media_type,
                key=f"timeline-file-{name}",
                on_click="ignore",
            )
    show_links([describe_entry(entry) for entry in entries], key="timeline", label="Timeline")
    if found.has_more and number < _MOST:
        st.button("Show more", on_click=_show_more)


def _sources(entries: Sequence[TimelineEntry]) -> int:
    cited = [citation for entry in entries for citation in (entry.citation, *entry.also)]
    return len({citation.source or citation.article_id for citation in cited})


def _written(file: TimelineFile, topic: str, found: FoundTimeline) -> bytes:
    return file.write(topic, found.entries, found.remark).encode("utf-8")

"""Show the timeline of a topic: what happened on which day, each entry with its source."""

from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st

from rag.errors import DatelineError
from rag.records import parse_day
from rag.timeline.build import TimelineEntry
from ui.page.in_words import say_number
from ui.page.library import Library
from ui.page.link_list import show_links
from ui.page.timeline_words import FILES, TimelineFile, describe_entry
from ui.page.wishes import any_field, day_field, outlets_field

_MOST_CHARACTERS = 300
_FOUND = "timeline-found"
_TOPIC = "timeline-topic"
_ADDRESS = "timeline-address"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineWish:
    """The topic of a timeline and what it is restricted to; the days are those of the events."""

    topic: str
    since: date | None = None
    until: date | None = None
    outlets: tuple[str, ...] = ()
    as_of: date | None = None
    is_anywhere: bool = False


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
        st.form_submit_button("Show the timeline", type="primary")
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
    )
    _write_address(wish)
    try:
        entries, notes = _build(archive, wish)
    except DatelineError as error:
        st.text(str(error))
        return
    for note in notes:
        st.text(f"{note[:1].upper()}{note[1:]}.")
    _show_entries(topic, entries)


def _take_address() -> None:
    """Fill the fields with what the address names, or else with what was shown last.

    When a person comes back from another page, the fields are empty, and the address may be one
    that Streamlit has left half written.
    """
    query, last = dict(st.query_params), st.session_state.get(_ADDRESS, {})
    if query == last and _TOPIC in st.session_state:
        return
    if "topic" not in query and _TOPIC not in st.session_state:
        query = last
    st.session_state[_ADDRESS] = query
    if "topic" in query:
        st.session_state[_TOPIC] = query["topic"][:_MOST_CHARACTERS]
    for name in ("since", "until"):
        try:
            day = parse_day(query.get(name), name=name)
        except ValueError:
            continue
        if day is not None:
            st.session_state[f"timeline-{name}"] = day


def _write_address(wish: TimelineWish) -> None:
    """Name a wish in the address, so that a reload and the way back show it again."""
    days = {"since": wish.since, "until": wish.until}
    named = {name: day.isoformat() for name, day in days.items() if day is not None}
    query = {"topic": wish.topic, **named}
    if query != dict(st.query_params):
        st.query_params.from_dict(query)
    st.session_state[_ADDRESS] = query


def _build(archive: Library, wish: TimelineWish) -> tuple[list[TimelineEntry], list[str]]:
    """Return a timeline and its notes, kept because every click runs the page again."""
    known = st.session_state.get(_FOUND)
    if known is not None and known[0] is archive and known[1] == wish:
        built: tuple[list[TimelineEntry], list[str]] = known[2]
        return built
    with st.spinner("Reading the archive …"):
        built = archive.timeline_with_notes(
            wish.topic,
            wish.since,
            wish.until,
            sources=list(wish.outlets) or None,
            as_of=wish.as_of,
            read_time=not wish.is_anywhere,
            read_outlets=not wish.is_anywhere,
        )
    st.session_state[_FOUND] = (archive, wish, built)
    return built


def _show_entries(topic: str, entries: list[TimelineEntry]) -> None:
    if not entries:
        st.text("No dated events were found for this topic.")
        return
    number = len(entries)
    counted = f"{number} entr{'y' if number == 1 else 'ies'}"
    st.text(f"{counted}, from {say_number(_sources(entries), 'outlet')}")
    with st.container(horizontal=True):
        for name, file in FILES.items():
            st.download_button(
                file.label,
                data=partial(_written, file, topic, entries),
                file_name=f"dateline-timeline{file.suffix}",
                mime=file.media_type,
                key=f"timeline-file-{name}",
                on_click="ignore",
            )
    show_links([describe_entry(entry) for entry in entries], key="timeline", label="Timeline")


def _sources(entries: list[TimelineEntry]) -> int:
    cited = [citation for entry in entries for citation in (entry.citation, *entry.also)]
    return len({citation.source or citation.article_id for citation in cited})


def _written(file: TimelineFile, topic: str, entries: list[TimelineEntry]) -> bytes:
    return file.write(topic, entries).encode("utf-8")

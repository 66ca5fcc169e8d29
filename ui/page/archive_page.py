"""Show what an archive holds: its articles, its coverage and its health; and add articles."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from rag.browsing import Coverage
from rag.errors import DatelineError
from rag.question.filters import Filters
from ui.article_list import count_in_words, range_in_words
from ui.doctor import examine
from ui.page.archive_words import chart_of, describe_listed, say_chart
from ui.page.ingest_panel import show_ingest
from ui.page.library import Library
from ui.page.link_list import show_links
from ui.page.settings_here import settings_here
from ui.page.sidebar import archive_name, covered
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

_PAGE = 20
_MOST_CHARACTERS = 300
_MOST_ROWS = 200
_ABOUT = "archive-about"
_FIRST = "archive-first"
_WISH = "archive-wish"
_ADDRESS = "archive-address"
_NAMES = ("about", "since", "until", "outlet", "section", "anywhere", "first")


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowseWish:
    """Which articles are to be listed."""

    about: str = ""
    since: date | None = None
    until: date | None = None
    outlets: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    is_anywhere: bool = False

    @property
    def filters(self) -> Filters:
        """The filters without the words."""
        return Filters(
            since=self.since,
            until=self.until,
            sources=self.outlets or None,
            sections=self.sections or None,
            read_time=not self.is_anywhere,
            read_outlets=not self.is_anywhere,
        )


def show_archive(archive: Library) -> None:
    """Show the articles to browse, what the archive covers, how it is, and what may be added."""
    _take_address()
    st.header("Articles", anchor=False)
    wish = _ask_wish(archive)
    st.set_page_config(
        page_title=f"{f'Articles: {wish.about}' if wish.about else 'Archive'} – Dateline"
    )
    if wish != st.session_state.setdefault(_WISH, wish):
        st.session_state[_WISH] = wish
        _begin_again()
    _write_address(wish)
    try:
        _show_articles(archive, wish)
        with st.spinner("Counting the articles …"):
            coverage = covered(archive)
    except DatelineError as error:
        st.text(str(error))
        return
    _show_coverage(coverage)
    _show_health(archive)
    show_ingest(settings_here())


def _take_address() -> None:
    """Fill the fields with what the address names, or else with what was shown last."""
    query = take_query(_ADDRESS, _NAMES, is_back=_ABOUT not in st.session_state)
    if query is None:
        return
    st.session_state[_ABOUT] = read_text(query, "about")
    st.session_state["archive-since"] = read_day(query, "since")
    st.session_state["archive-until"] = read_day(query, "until")
    st.session_state["archive-outlets"] = read_texts(query, "outlet")
    st.session_state["archive-sections"] = read_texts(query, "section")
    st.session_state["archive-anywhere"] = bool(read_text(query, "anywhere"))
    st.session_state[_FIRST] = read_number(query, "first", least=0)
    st.session_state.pop(_WISH, None)  # the address says with which page it begins


def _write_address(wish: BrowseWish) -> None:
    """Name a wish and the page of its list, so that a reload and the way back show them again."""
    first = st.session_state.get(_FIRST, 0)
    write_query(
        _ADDRESS,
        {
            "about": [wish.about] if wish.about else [],
            "since": write_day(wish.since),
            "until": write_day(wish.until),
            "outlet": list(wish.outlets),
            "section": list(wish.sections),
            "anywhere": ["yes"] if wish.is_anywhere else [],
            "first": [str(first)] if first else [],
        },
    )


def _ask_wish(archive: Library) -> BrowseWish:
    about = st.text_input(
        "About",
        key=_ABOUT,
        max_chars=_MOST_CHARACTERS,
        placeholder="Words; without any, the newest articles come first",
        on_change=_begin_again,
    )
    fields = st.columns(2)
    with fields[0]:
        outlets = outlets_field(archive.sources(), key="archive-outlets")
        since = day_field("Published since", key="archive-since")
    with fields[1]:
        sections = outlets_field(archive.sections(), key="archive-sections", label="Sections")
        until = day_field("Published until", key="archive-until")
    is_anywhere = any_field(key="archive-anywhere")
    return BrowseWish(
        about=" ".join(about.split()),
        since=since,
        until=until,
        outlets=tuple(outlets or ()),
        sections=tuple(sections or ()),
        is_anywhere=is_anywhere,
    )


def _begin_again() -> None:
    st.session_state[_FIRST] = 0


def _turn(by: int) -> None:
    st.session_state[_FIRST] = max(st.session_state.get(_FIRST, 0) + by, 0)


def _show_articles(archive: Library, wish: BrowseWish) -> None:
    """Show one page of the articles."""
    first = st.session_state.get(_FIRST, 0)
    listing = archive.browse(wish.about, first=first, limit=_PAGE, **wish.filters)
    if first and not listing.articles:
        _begin_again()  # the archive has become smaller
        _write_address(wish)
        listing = archive.browse(wish.about, first=0, limit=_PAGE, **wish.filters)
    show_notes(listing.notes)
    if not listing.articles:
        said = "was found for these words" if wish.about else "is under these filters"
        st.text(f"No article {said}.")
        return
    st.text(count_in_words(listing).capitalize())
    show_links(
        [describe_listed(article) for article in listing.articles],
        key="archive-articles",
        label="Articles",
    )
    last = listing.first + len(listing.articles)
    with st.container(horizontal=True):
        st.button("Previous", on_click=_turn, args=(-_PAGE,), disabled=listing.first == 0)
        st.button("Next", on_click=_turn, args=(_PAGE,), disabled=last >= listing.total)


def _show_coverage(coverage: Coverage) -> None:
    st.header("Coverage", anchor=False)
    articles = coverage.articles
    said = f"{articles:,} article{'' if articles == 1 else 's'}"
    st.text("; ".join(part for part in (said, range_in_words(coverage)) if part))
    chart = chart_of(coverage)
    if chart.times:
        st.bar_chart(
            chart.columns,
            x=chart.period,
            y="Articles",
            color="Outlet",
            alt=say_chart(chart),
        )
    tables = st.columns(3)
    for place, (name, counts) in zip(
        tables,
        (
            ("Outlet", coverage.outlets),
            ("Section", coverage.sections),
            ("Language", coverage.languages),
        ),
        strict=True,
    ):
        rows = list(counts.items())[:_MOST_ROWS]
        place.dataframe(
            {
                name: [value or "not given" for value, _ in rows],
                "Articles": [number for _, number in rows],
            },
            hide_index=True,
            alt=f"{name}s with their numbers of articles",
        )


def _show_health(archive: Library) -> None:
    st.header("Health", anchor=False)
    manifest = archive.manifest
    waiting = manifest.articles - manifest.embedded
    if waiting > 0:
        st.text(
            f"{waiting:,} of {manifest.articles:,} articles are found by their words only, until "
            "the ingest has computed their vectors."
        )
    if manifest.copies:
        st.text(
            f"{manifest.copies:,} articles are copies of another, of {manifest.clusters:,} stories."
        )
    if hidden := archive.hidden().in_words(manifest.articles):
        st.text(hidden)
    if st.button("Check the archive"):
        settings = settings_here()
        with st.spinner("Checking the archive …"):
            told = str(examine(settings, deep=False))
        st.code(told.replace(settings.archive, archive_name(settings.archive)), language=None)

"""The pages: `dateline chat` runs this script, from top to bottom, on every interaction."""

import time
from collections.abc import Callable
from functools import partial

import streamlit as st

from rag.errors import ArchiveNotFound, DatelineError, SettingsError
from ui.page.archive_page import show_archive
from ui.page.article_page import show_article
from ui.page.ask import show_chat, show_chat_without_archive, show_problem
from ui.page.current import knows_archive, remember_archive
from ui.page.first_run import show_first_run
from ui.page.incident_view import show_incident
from ui.page.library import Library
from ui.page.opening import open_archive
from ui.page.settings_here import settings_here
from ui.page.sidebar import archive_name, show_archive_facts, show_rail
from ui.page.sign_in import admit, show_person
from ui.page.timeline_page import show_timeline

# A directory is away for a moment while it is moved or mounted anew.
_PATIENCE_SECONDS = 2.0
_PAUSE_SECONDS = 0.2


def show_pages(opening: Callable[[], Library]) -> None:
    """Show the page that the address names, over the archive that `opening` gives."""
    st.set_page_config(page_title="Dateline")
    try:
        settings = settings_here()
        if not admit(settings):
            return
        ask = st.Page(
            partial(show_page, opening, show_chat, without=show_chat_without_archive),
            title="Ask",
            url_path="ask",
            default=True,
        )
        pages = {"ask": ask} | _other_pages(opening, ask)
        st.session_state["pages"] = pages
        st.navigation(list(pages.values())).run()
        show_person(settings)
    except DatelineError as error:  # a server that went away meanwhile
        show_problem(str(error))
    except Exception as error:  # noqa: BLE001  the outermost boundary, which logs
        show_incident(error)


def _other_pages(opening: Callable[[], Library], ask: st.Page) -> dict[str, st.Page]:
    """Return the pages beside the conversation, by the names that others open them with."""

    def page(show: Callable[[Library], None]) -> Callable[[], None]:
        return partial(
            show_page, opening, partial(_show_beside, ask, show), without=partial(_say, ask)
        )

    return {
        "timeline": st.Page(page(show_timeline), title="Timeline", url_path="timeline"),
        "archive": st.Page(page(show_archive), title="Archive", url_path="archive"),
        "article": st.Page(
            page(show_article), title="Article", url_path="article", visibility="hidden"
        ),
    }


def _show_beside(ask: st.Page, show: Callable[[Library], None], archive: Library) -> None:
    """Show a page with the rail, whose conversations are opened on the page `ask`."""
    show_rail(ask)
    show(archive)
    show_archive_facts(archive)  # at last, because a large archive takes a while to be counted


def _say(ask: st.Page, sentence: str) -> None:
    """Say why a page has nothing to show."""
    show_rail(ask)
    st.text(sentence)
    st.button("Try again")


def show_page(
    opening: Callable[[], Library],
    show: Callable[[Library], None],
    *,
    without: Callable[[str], None],
) -> None:
    """Show a page over the archive; where there is none, how to make one, or what is wrong."""
    st.title("Dateline", anchor=False)
    try:
        archive = _open_patiently(opening)
    except SettingsError as error:
        show_problem(str(error))
    except ArchiveNotFound:
        settings = settings_here()
        if knows_archive():
            name = archive_name(settings.archive)
            without(f"The archive “{name}” was here before and is away now. Try again in a moment.")
        else:
            show_first_run(settings)
    except DatelineError as error:
        without(str(error))
    else:
        remember_archive()
        show(archive)


def _open_patiently(opening: Callable[[], Library]) -> Library:
    """Return the archive; if it was there before, wait a moment for it."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return opening()
        except ArchiveNotFound:
            if time.monotonic() > until or not knows_archive():
                raise
            time.sleep(_PAUSE_SECONDS)


if __name__ == "__main__":
    show_pages(open_archive)

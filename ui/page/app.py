"""The pages: `dateline chat` runs this script, from top to bottom, on every interaction."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from rag.errors import ArchiveNotFound, DatelineError
from rag.settings import load_settings
from ui.page.ask import show_chat
from ui.page.conversation import Readable
from ui.page.first_run import show_first_run
from ui.page.looks import show_looks
from ui.page.opening import open_archive


def show_pages(opening: Callable[[], Readable]) -> None:
    """Show the page that the address names, over the archive that `opening` gives."""
    st.set_page_config(page_title="Dateline")
    show_looks()
    pages = [
        st.Page(partial(show_page, opening, show_chat), title="Ask", url_path="ask", default=True)
    ]
    st.navigation(pages).run()


def show_page(opening: Callable[[], Readable], show: Callable[[Readable], None]) -> None:
    """Show a page over the archive; where there is none, how to make one, or what is wrong."""
    st.title("Dateline")
    try:
        archive = opening()
    except ArchiveNotFound:
        show_first_run(load_settings())
    except DatelineError as error:
        show_problem(error)
    else:
        show(archive)


def show_problem(error: DatelineError) -> None:
    """Say why there is nothing to ask and what to do about it."""
    st.header("The archive cannot be used")
    st.text(str(error))
    st.button("Try again")


if __name__ == "__main__":
    show_pages(open_archive)

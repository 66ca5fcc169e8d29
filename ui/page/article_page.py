"""Show one article on a page of its own, with a place in it marked and ready to be cited."""

from functools import partial

import streamlit as st

from rag.export.citing.entries import gather_entries
from rag.export.formats import FORMATS, ExportFormat
from rag.records import Citation
from ui.page.article_address import read_query
from ui.page.article_reading import describe_reading, read_article
from ui.page.article_view import write_footnote
from ui.page.going import go_to_article
from ui.page.library import Library
from ui.page.room import keep_room
from ui.page.scripts import read_script, read_styles

_REFERENCES: dict[ExportFormat, str] = {
    "ris": "RIS",
    "bibtex": "BibTeX",
    "csl-json": "CSL-JSON",
}
_MOST_IN_TITLE = 80
# The heights of a line of the headline with what is around it, and of a line of the text.
_HEAD_REM = 3
_LINE_REM = 1.7
# In characters, on a wide screen.
_LONGEST_TITLE = 60
_LONGEST_LINE = 85

_article_text = st.components.v2.component(
    "dateline_article_text",
    css=read_styles("article_text"),
    js=read_script("page_links", "article_text"),
)


def show_article(archive: Library) -> None:
    """Show the article that the address names, or say in a sentence why it cannot be shown."""
    reading = read_article(archive, read_query(dict(st.query_params)))
    if isinstance(reading, str):
        st.set_page_config(page_title="Article – Dateline")
        st.text(reading)
        return
    title = " ".join(reading.title.split())
    st.set_page_config(page_title=f"{title[:_MOST_IN_TITLE]} – Dateline")
    if reading.problem:
        st.text(reading.problem)
    described = describe_reading(reading)
    with keep_room("article", least=_least_height(title, "".join(described["text"]))):
        shown = _article_text(key="article-text", data=described, on_open_change=lambda: None)
    if shown.open:
        go_to_article(shown.open)
    if reading.citation is not None:
        _show_citation(reading.citation)


def _least_height(title: str, text: str) -> float:
    """Return the height in rem that an article needs at least, on a wide screen."""
    lines = sum(1 + len(line) // _LONGEST_LINE for line in text.splitlines())
    return _HEAD_REM * (1 + len(title) // _LONGEST_TITLE) + _LINE_REM * lines


def _show_citation(citation: Citation) -> None:
    """Show the marked words and the footnote, each with a button to copy it, and references."""
    st.subheader("Cite the marked words", anchor=False)
    st.text("Quote")
    st.code(" ".join(citation.quote.split()), language=None, wrap_lines=True)
    st.text("Footnote")
    st.code(write_footnote(citation), language=None, wrap_lines=True)
    with st.container(horizontal=True):
        for name, label in _REFERENCES.items():
            st.download_button(
                label,
                data=partial(_written, citation, name),
                file_name=f"dateline-citation{FORMATS[name].suffix}",
                mime=FORMATS[name].media_type,
                key=f"citation-{name}",
                on_click="ignore",
            )


def _written(citation: Citation, name: ExportFormat) -> bytes:
    write = FORMATS[name].references
    assert write is not None
    return write(gather_entries([citation])).encode("utf-8")

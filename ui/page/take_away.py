"""Show on the chat page what people take away from an answer: files, and footnotes to copy."""

from functools import partial

import streamlit as st

from rag.export.formats import FORMATS, ExportFormat
from rag.records import Answer
from ui.page.conversation import Turn

_PACKS: dict[ExportFormat, str] = {
    "html": "Page to print (HTML)",
    "markdown": "Text (Markdown)",
    "json": "Data to check again (JSON)",
}
_REFERENCES: dict[ExportFormat, str] = {
    "bibtex": "BibTeX",
    "ris": "RIS",
    "csl-json": "CSL-JSON",
}


def show_take_away(turn: Turn) -> None:
    """Show the control below an answer; none below a problem."""
    answer = turn.answer
    if answer is None:
        return
    with st.popover("Take away", icon=":material/download:"):
        st.text("Evidence pack: the quotes, their sources, and how the answer was made")
        _downloads(answer, _PACKS, turn)
        if not answer.sources:
            return
        st.text("References")
        _downloads(answer, _REFERENCES, turn)
        st.text("Footnotes, to copy")
        # It is shown letter for letter, and has a button to copy it.
        st.code(answer.export("footnotes"), language=None, wrap_lines=True)


def _downloads(answer: Answer, labels: dict[ExportFormat, str], turn: Turn) -> None:
    with st.container(horizontal=True):
        for name, label in labels.items():
            described = FORMATS[name]
            st.download_button(
                label,
                # It is made when it is asked for.
                data=partial(_exported, answer, name),
                file_name=f"dateline-answer-{turn.number}{described.suffix}",
                mime=described.media_type,
                key=f"take-away-{turn.number}-{name}",
                on_click="ignore",
            )


def _exported(answer: Answer, name: ExportFormat) -> bytes:
    return answer.export(name).encode("utf-8")

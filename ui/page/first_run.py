"""Show what the page shows when there is no archive yet: how to make one."""

import shlex

import streamlit as st

from ingest.sample import sample_path
from rag.settings import Settings
from ui.page.ingest_panel import begin, may_ingest_here, show_run
from ui.page.ingest_run import server_runs


def show_first_run(settings: Settings) -> None:
    """Say how to make the configured archive; offer the sample to whoever may add articles."""
    st.header("There is no archive here yet", anchor=False)
    run = server_runs().last
    if run is not None:
        show_run()
        if run.is_running:
            return
    st.text(f"Dateline looked in {settings.archive} and found no archive.")
    st.text("To index your own articles, run this in a terminal:")
    st.code(ingest_command(settings), language=None)
    if not may_ingest_here(settings):
        st.text("Then reload this page.")
        return
    st.text("Then reload this page. Or try the sample archive first, which takes some seconds:")
    if st.button("Index the sample archive", type="primary"):
        begin([sample_path()], settings, {})
        st.rerun()


def ingest_command(settings: Settings) -> str:
    """Return the command that indexes a folder, for the place where people type it.

    In a container it is another one, because a folder outside must be mounted first.
    """
    here = f"dateline ingest FOLDER --archive {shlex.quote(settings.archive)}"
    return settings.ingest_command or here

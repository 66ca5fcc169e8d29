"""Show what the chat page shows when there is no archive yet: how to make one."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import streamlit as st

from ingest.exits import SKIPPED, SUCCESS
from ingest.sample import sample_path
from rag.settings import Settings


def show_first_run(settings: Settings) -> None:
    """Say how to make the configured archive, and offer the sample."""
    location = settings.archive
    st.header("There is no archive here yet")
    st.text(f"Dateline looked in {location} and found no archive.")
    st.text("To index your own articles, run this in a terminal:")
    st.code(ingest_command(settings), language=None)
    st.text("Then reload this page. Or try the sample archive first:")
    if st.button("Index the sample archive", type="primary"):
        with st.spinner("Indexing the sample archive. This takes some seconds …"):
            problem = index(sample_path(), location)
        if not problem:
            st.rerun()
        st.subheader("The sample archive could not be indexed")
        st.text(problem)


_USAGE = re.compile(r"usage: .*?^(?=\S)|\nTry '.*? --help'\.$", re.DOTALL | re.MULTILINE)


def ingest_command(settings: Settings) -> str:
    """Return the command that indexes a folder, for the place where people type it.

    In a container it is another one, because a folder outside must be mounted first.
    """
    here = f"dateline ingest FOLDER --archive {shlex.quote(settings.archive)}"
    return settings.ingest_command or here


def index(source: Path, location: str) -> str:
    """Ingest `source` into the archive in a process of its own; return what went wrong, or ''."""
    # With -P, a folder `ingest` in the working directory does not take the place of ours.
    command = [sys.executable, "-P", "-m", "ingest", str(source), "--archive", location]
    done = subprocess.run(command, check=False, capture_output=True, text=True, errors="replace")
    if done.returncode in (SUCCESS, SKIPPED):
        return ""
    told = done.stderr.strip() or done.stdout.strip() or f"ingest ended with {done.returncode}"
    # Whoever reads this did not type the command: how it is used does not help.
    return _USAGE.sub("", told)

"""Show on the page an ingest that runs, and the fields with which a person begins one."""

from collections.abc import Iterable
from pathlib import Path

import streamlit as st

from rag.errors import DatelineError
from rag.settings import Settings
from rag.store.directory.lock import holder
from ui.page.dropped_files import folder_for, keep_files
from ui.page.ingest_run import IngestRun, server_runs
from ui.page.sidebar import archive_name

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
# What proxies add to a request, beside the `X-Forwarded-…` of most of them.
_PROXY_HEADERS = {"forwarded", "via", "x-real-ip"}
_LAST_LINES = 12
_MOST_FILES = 200
_MOST_MEGABYTES = 200


def may_ingest(settings: Settings, address: str | None, headers: Iterable[str] = ()) -> bool:
    """Say whether people may ingest from the page, which is served at an address of this machine.

    Whoever opens the page could name any folder that the server can read. So by default they may
    only if nobody but this machine can open it. A proxy on this machine opens it to others: people
    sign in where there is one, or `headers`, the names of those of the request, tell of it.
    """
    if settings.page_ingest == "local":
        is_alone = settings.page_login == "none" and not any(map(_is_of_proxy, headers))
        return address in _LOOPBACK and is_alone
    return settings.page_ingest == "always"


def may_ingest_here(settings: Settings) -> bool:
    """Say whether whoever looks at the page now may ingest from it."""
    return may_ingest(settings, st.get_option("server.address"), st.context.headers)


def say_why_not(settings: Settings) -> str:
    """Return why no articles can be added on the page, and what to do instead."""
    if settings.page_ingest == "never":
        return (
            "Articles cannot be added on this page, because DATELINE_PAGE_INGEST is 'never'. Use "
            "'dateline ingest'."
        )
    return (
        "This page is open to other machines, so it takes no articles. Use 'dateline ingest', "
        "or set DATELINE_PAGE_INGEST to always where everybody who opens the page may add some."
    )


def show_ingest(settings: Settings) -> None:
    """Show what runs, and the fields for a folder and for files, if ingests are allowed here."""
    st.header("Add articles", anchor=False)
    run = server_runs().last
    if run is not None:
        show_run()
        if run.is_running:
            return
    elif by := _others(settings):
        st.text(f"An ingest is running: {by}. Its articles are found when it has ended.")
        return
    if may_ingest_here(settings):
        _show_fields(settings)
    else:
        st.text(say_why_not(settings))


@st.fragment(run_every=1.0)
def show_run() -> None:
    """Show the last ingest of the server, every second anew while it runs."""
    run = server_runs().last
    if run is None:
        return
    if run.is_running:
        st.text("An ingest is running.")
        st.code("\n".join(run.progress[-_LAST_LINES:]) or "It begins …", language=None)
        st.button("Stop", on_click=run.stop, icon=":material/stop:")
        st.session_state["ingest-watched"] = True
        return
    if st.session_state.pop("ingest-watched", False):
        st.rerun(scope="app")  # the archive has changed, and the fields are to come back
    run.wait(5)
    st.text(run.outcome)
    if told := run.problem or run.report:
        st.code(told, language=None, wrap_lines=True)
    st.button("Close the report", on_click=server_runs().forget)


def begin(sources: list[Path], settings: Settings, names: dict[str, str]) -> IngestRun | None:
    """Begin an ingest into the configured archive; None if one is running already."""
    return server_runs().begin(sources, settings.archive, names=names)


def _is_of_proxy(header: str) -> bool:
    name = header.casefold()
    return name.startswith("x-forwarded-") or name in _PROXY_HEADERS


def _others(settings: Settings) -> str:
    """Return which other process writes to the archive; empty if none does, or on a server."""
    return "" if "://" in settings.archive else holder(Path(settings.archive))


def _show_fields(settings: Settings) -> None:
    dropped = st.file_uploader(
        "Files",
        accept_multiple_files=True,
        max_upload_size=_MOST_MEGABYTES,
        key=f"ingest-files-{st.session_state.get('ingest-round', 0)}",
        help="Articles in any format that Dateline reads. They are kept beside the archive.",
    )
    if st.button("Add these files", disabled=not dropped, type="primary") and dropped:
        _add_files([(file.name, file) for file in dropped], settings)
    with st.form("ingest-folder", border=False):
        named = st.text_input(
            "Or a folder or file on this machine", max_chars=4000, placeholder="/home/me/articles"
        )
        if st.form_submit_button("Add this folder"):
            _add_folder(named.strip(), settings)


def _add_files(files: list[tuple[str, object]], settings: Settings) -> None:
    if len(files) > _MOST_FILES:
        st.text(f"These are {len(files)} files; drop at most {_MOST_FILES}, or name their folder.")
        return
    folder = folder_for(settings.archive)
    try:
        kept = keep_files(files, folder)  # type: ignore[arg-type]  # uploaded files are read as files
    except DatelineError as error:
        st.text(str(error))
        return
    names = {str(one.path): one.name for one in kept}
    _begun(begin([one.path for one in kept], settings, _shown(settings) | names))


def _add_folder(named: str, settings: Settings) -> None:
    source = Path(named).expanduser()
    if not named or not source.is_absolute():
        st.text("Name the folder with its whole path, beginning with a slash.")
    elif not source.exists():
        st.text("There is no such folder on this machine.")
    else:
        _begun(begin([source], settings, _shown(settings)))


def _shown(settings: Settings) -> dict[str, str]:
    """Return what stands on the page for the place of the archive."""
    return {settings.archive: archive_name(settings.archive)}


def _begun(run: IngestRun | None) -> None:
    if run is None:
        st.text("An ingest is running already. Wait until it has ended.")
        return
    # The field of the files is another one now, so they are not added again.
    st.session_state["ingest-round"] = st.session_state.get("ingest-round", 0) + 1
    st.rerun()

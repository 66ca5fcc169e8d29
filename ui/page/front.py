"""Changes what a browser gets of Streamlit's files: a name, styles and two messages.

Streamlit's page has "Streamlit" in its tab until its first run. It begins without the sidebar,
which pushes everything aside when it comes, and styles that a run adds come too late to prevent
that. When the server on this machine has stopped, it asks whether you are connected to the
internet. No option changes these, so the page and its main script are changed while they are
served. What another version of Streamlit words otherwise stays as it is there.
"""

from collections.abc import MutableMapping
from functools import cache
from pathlib import Path
from typing import Any

from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

_STYLES = Path(__file__).with_name("page.css")
_NO_ANSWER = "Dateline does not answer. The page goes on by itself when it is there again."
# What the script says when it cannot reach the server, and what it says here.
_SAID = {
    "Streamlit server is not responding. Are you connected to the internet?": _NO_ANSWER,
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your "
    "terminal:": f"{_NO_ANSWER} If it was stopped, start it in a terminal:",
    "streamlit run yourscript.py": "dateline chat",
}
# What may be changed: the page, whose addresses have no ending, and the main script.
_PAGES = ("", ".html")
_SCRIPTS = "js/index.*.js"
# By these a browser asks whether the file has changed, and Streamlit's own has not.
_CONDITIONS = (b"if-none-match", b"if-modified-since")


def change_files(files: StaticFiles) -> StaticFiles:
    """Return what serves the files of Streamlit, with our changes from now on."""
    serve = files.get_response

    async def get_response(path: str, scope: MutableMapping[str, Any]) -> Response:
        if Path(path).suffix in _PAGES or Path(path).match(_SCRIPTS):
            headers = [pair for pair in scope["headers"] if pair[0] not in _CONDITIONS]
            scope = {**scope, "headers": headers}
        response = await serve(path, scope)
        # An address of no file is answered with the page too, whatever it ends with.
        if not isinstance(response, FileResponse):
            return response
        text = _changed(Path(response.path))
        if text is None:
            return response
        caching = {"Cache-Control": response.headers["Cache-Control"]}
        return Response(text, media_type=response.media_type, headers=caching)

    files.get_response = get_response  # type: ignore[method-assign]
    return files


@cache
def _changed(file: Path) -> str | None:
    """Return a file as it is served; None if it is served as it is."""
    if file.name == "index.html":
        return change_page(file.read_text(encoding="utf-8"))
    if not file.match(_SCRIPTS):
        return None
    text = file.read_text(encoding="utf-8")
    changed = change_script(text)
    return changed if changed != text else None


def change_page(text: str) -> str:
    """Return the page with our name and our styles."""
    styles = f"<style>\n{_STYLES.read_text(encoding='utf-8')}</style>\n  </head>"
    named = text.replace("<title>Streamlit</title>", "<title>Dateline</title>")
    return named.replace("</head>", styles, 1)


def change_script(text: str) -> str:
    """Return the script with what it says when it cannot reach the server."""
    for said, instead in _SAID.items():
        text = text.replace(f"`{said}`", f"`{instead}`")
    return text

"""Runs Streamlit for `serve`, without what it adds for people who write such pages.

    python -m ui.page.streamlit_server run PAGE [OPTION...]

Streamlit asks `checkip.amazonaws.com` in order to print an address when it serves all interfaces,
and when a browser names an origin that it does not know. No option prevents this. Without that
address, such an origin is refused, as it should be.

Where Streamlit finds a coding agent, it offers on the page to install skills for it. Those who read
an archive have no use for that, and again no option prevents it.

`front` says what is different in the files that a browser gets. What a button calls runs outside
the page's own boundary for errors, and Streamlit would tell those without the number in the log.
"""

import importlib
import importlib.util

from streamlit import error_util, net_util
from streamlit.web.cli import main

from ui.page.front import change_files
from ui.page.incident_view import show_incident

# Not every version of Streamlit has these.
_SKILLS = "streamlit.web.skills"
_FILES = "streamlit.web.server.starlette.starlette_static_routes"
_MAKE_FILES = "create_streamlit_static_handler"
_TELL = "invoke_script_error_handler"


def _no_address() -> None:
    """Return no address, which Streamlit takes as one that could not be found."""


def offer_no_skills() -> None:
    """Let Streamlit take its offer to install skills for dismissed."""
    if importlib.util.find_spec(_SKILLS):
        skills = importlib.import_module(_SKILLS)
        skills.nudge_suppression_reason = lambda *_: "dismissed"  # type: ignore[attr-defined]


def _change_files() -> None:
    """Let Streamlit serve its files with our changes."""
    routes = importlib.import_module(_FILES) if importlib.util.find_spec(_FILES) else None
    if make := getattr(routes, _MAKE_FILES, None):
        setattr(routes, _MAKE_FILES, lambda *args, **named: change_files(make(*args, **named)))


def tell_incidents() -> None:
    """Let errors in what a press of a button calls be told as those of the page are."""
    if hasattr(error_util, _TELL):
        setattr(error_util, _TELL, lambda error, _: show_incident(error))


def leave_out() -> None:
    """Leave out what is not for the people who read an archive."""
    net_util.get_external_ip = _no_address
    offer_no_skills()
    _change_files()
    tell_incidents()


if __name__ == "__main__":
    leave_out()
    main(prog_name="streamlit")

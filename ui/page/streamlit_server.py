"""Runs Streamlit for `serve`, without what it adds for people who write such pages.

    python -m ui.page.streamlit_server run PAGE [OPTION...]

Streamlit asks `checkip.amazonaws.com` in order to print an address when it serves all interfaces,
and when a browser names an origin that it does not know. No option prevents this. Without that
address, such an origin is refused, as it should be.

Where Streamlit finds a coding agent, it offers on the page to install skills for it. Those who read
an archive have no use for that, and again no option prevents it.

`front` says what is different in the files that a browser gets.
"""

import importlib
import importlib.util

from streamlit import net_util
from streamlit.web.cli import main

from ui.page.front import change_files

# Not every version of Streamlit has these.
_SKILLS = "streamlit.web.skills"
_FILES = "streamlit.web.server.starlette.starlette_static_routes"
_MAKE_FILES = "create_streamlit_static_handler"


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


def leave_out() -> None:
    """Leave out what is not for the people who read an archive."""
    net_util.get_external_ip = _no_address
    offer_no_skills()
    _change_files()


if __name__ == "__main__":
    leave_out()
    main(prog_name="streamlit")

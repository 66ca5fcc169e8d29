"""Runs Streamlit for `serve`, without what it adds for people who write such pages.

    python -m ui.page.streamlit_server run PAGE [OPTION...]

Streamlit asks `checkip.amazonaws.com` in order to print an address when it serves all interfaces,
and when a browser names an origin that it does not know. No option prevents this. Without that
address, such an origin is refused, as it should be.

Where Streamlit finds a coding agent, it offers on the page to install skills for it. Those who read
an archive have no use for that, and again no option prevents it.
"""

import importlib
import importlib.util

from streamlit import net_util
from streamlit.web.cli import main

# Older versions of Streamlit do not have it.
_SKILLS = "streamlit.web.skills"


def _no_address() -> None:
    """Return no address, which Streamlit takes as one that could not be found."""


def offer_no_skills() -> None:
    """Let Streamlit take its offer to install skills for dismissed."""
    if importlib.util.find_spec(_SKILLS):
        skills = importlib.import_module(_SKILLS)
        skills.nudge_suppression_reason = lambda *_: "dismissed"  # type: ignore[attr-defined]


def leave_out() -> None:
    """Leave out both."""
    net_util.get_external_ip = _no_address
    offer_no_skills()


if __name__ == "__main__":
    leave_out()
    main(prog_name="streamlit")

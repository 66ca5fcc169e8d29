"""Runs Streamlit for `serve`, but never lets it ask a web service for this machine's address.

    python -m ui.streamlit_server run PAGE [OPTION...]

Streamlit asks `checkip.amazonaws.com` in order to print an address when it serves all interfaces,
and when a browser names an origin that it does not know. No option prevents this. Without that
address, such an origin is refused, as it should be.
"""

from streamlit import net_util
from streamlit.web.cli import main


def _no_address() -> None:
    """Return no address, which Streamlit takes as one that could not be found."""


if __name__ == "__main__":
    net_util.get_external_ip = _no_address
    main(prog_name="streamlit")

"""Tell a person in one sentence of an error that nobody expected, and the log everything."""

import logging
import secrets

_LOG = logging.getLogger(__name__)


def report(error: BaseException) -> str:
    """Log an error with an id, and return a sentence for the page that names the id."""
    number = secrets.token_hex(4)
    _LOG.error("error %s on the page", number, exc_info=error)
    return (
        f"Something went wrong that Dateline did not expect. The server's log says more under "
        f"error {number}."
    )

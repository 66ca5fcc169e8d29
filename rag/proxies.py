"""Tells the reply of a proxy in front of a server from that of the server, and what it asks for."""

import re
from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_UNKNOWN_PERSON = frozenset((401, 403, 407))
_NOBODY_BEHIND = frozenset((502, 503, 504))
# What a server says of a key that it misses, in whichever words.
_OF_A_KEY = re.compile(r"\bapi[ -_]?key\b", re.IGNORECASE)
_SETTING = "--archive (DATELINE_ARCHIVE)"


def describe_proxy(
    asked: str, location: str, status: int, headers: Mapping[str, str], body: str
) -> str:
    """Return what a proxy says in a reply to the address `asked`, and what to do about it.

    It is empty if the reply may be one of the server at `location` itself. `headers` have their
    names in any case, and nothing secret of what they hold is returned.
    """
    named = {name.lower(): value for name, value in headers.items()}
    if status in _REDIRECTS:
        return _redirected(asked, location, named.get("location", ""))
    is_page = named.get("content-type", "").startswith("text/html")
    is_for_people = is_page or "www-authenticate" in named or "proxy-authenticate" in named
    if status in _UNKNOWN_PERSON and is_for_people and not _OF_A_KEY.search(body):
        return (
            f"a proxy answers at {location}, and asks who you are ({status}), which Dateline "
            f"cannot say; put an address that leads past its sign-in into {_SETTING}"
        )
    if status in _NOBODY_BEHIND and is_page:
        return (
            f"a proxy answers at {location}, and the server behind it does not ({status}); see "
            "that it runs"
        )
    return ""


def describe_page(location: str) -> str:
    """Return what to do about a reply that is no JSON, though its status says that all is well."""
    return (
        f"{location} answers with something other than JSON, perhaps the sign-in page of a proxy; "
        f"put an address that leads past it into {_SETTING}"
    )


def _redirected(asked: str, location: str, target: str) -> str:
    """Return where a redirect leads; what could be secret in the address is left out."""
    parts = urlsplit(urljoin(asked, target))
    place = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
    begun = urlsplit(location).path.rstrip("/")
    own_path = urlsplit(asked).path.removeprefix(begun)
    if target and own_path and place.endswith(own_path):
        # The same question, at another address: that is where the server is.
        server = place.removesuffix(own_path)
        return f"a proxy answers at {location}: it redirects to {server}; use that address"
    return (
        f"a proxy answers at {location}: it redirects to {place}, perhaps to a sign-in; put the "
        f"address to which it leads, or one that leads past it, into {_SETTING}"
    )

"""Read web addresses: without what only counts visits, and the day that many of them name."""

import re
from datetime import date

from rag.text.calendar import MONTHS

# Source: what Firefox strips from addresses (Mozilla's "query-stripping" list), and what web
# analytics adds to links in feeds and newsletters: Google's, Matomo's, Piano's and comScore's.
_TRACKING = re.compile(
    r"""(?:utm_\w+|mtm_\w+|pk_(?:campaign|kwd|source|medium|content|cid)|xtor|_gl|_ga
    |at_(?:medium|campaign|format|link\w*|ptr\w*)|ns_(?:campaign|mchannel|source|linkname|fee)
    |__hsfp|__hssc|__hstc|_hsenc|_hsmi|hsctatracking|__s|_openstat|s_cid|rb_clickid|wickedid
    |(?:dc|fb|g|ms|tw|y|ys)cl(?:k)?id|[gw]braid|igsh(?:id)?|mc_[ce]id|mkt_tok
    |ml_subscriber(?:_hash)?|oft_\w+|oly_(?:anon|enc)_id|vero_(?:conv|id))(?:=|$)""",
    re.I | re.X,
)


# "/2021/03/04/", "/2021-03-04/", "/2021/mar/04/".
_DAY = re.compile(r"/(\d{4})[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/-])", re.I)


def day_in_address(url: str) -> date | None:
    """Return the day that the path of an address names; None if it names none."""
    found = _DAY.search(url)
    if found is None:
        return None
    year, month, day = found.groups()
    number = int(month) if month.isdigit() else MONTHS.get(month.lower(), 0)
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


# The address of a page that an archive keeps: "https://web.archive.org/web/2021/https://a.example/b".
_INNER = re.compile(
    r"https?://[^/?#]+/(?:[^?#]*?/)?(https?:)/{1,2}([^/?#\s]+\.[^/?#\s]+/?\S*)$", re.I
)


def inner_address(url: str) -> str:
    """Return the address that stands in the path of another one, else the address itself."""
    while found := _INNER.match(url.strip()):
        url = f"{found[1]}//{found[2]}"
    return url


# The address of an outlet as a whole, which many records have in place of their own.
_WHOLE_SITE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//[^/?#]*/?", re.I)


def names_a_page(url: str) -> bool:
    """Say whether an address is that of more than a whole website, so that it may be an id."""
    return bool(url) and not _WHOLE_SITE.fullmatch(url)


def without_tracking(url: str) -> str:
    """Return an address without tracking parameters; the rest is left as it is written."""
    address, mark, fragment = url.partition("#")
    page, _, query = address.partition("?")
    if query:
        kept = "&".join(part for part in query.split("&") if not _TRACKING.match(part))
        address = f"{page}?{kept}" if kept else page
    if not fragment or all(_TRACKING.match(part) for part in fragment.split("&")):
        mark = fragment = ""
    return f"{address}{mark}{fragment}"

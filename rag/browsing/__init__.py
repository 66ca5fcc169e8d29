"""Lists articles, and tells what an archive covers: `Archive.browse` and `Archive.coverage`."""

from rag.browsing.coverage import Coverage, MonthOfOutlet, cover
from rag.browsing.listing import (
    MOST_FOUND,
    ListedArticle,
    Listing,
    list_found,
    list_newest,
)

__all__ = [
    "MOST_FOUND",
    "Coverage",
    "ListedArticle",
    "Listing",
    "MonthOfOutlet",
    "cover",
    "list_found",
    "list_newest",
]

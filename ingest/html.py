"""A saved news page -> one found record: body by trafilatura, metadata from the page's own."""

from collections.abc import Iterator

import trafilatura

from ingest.found import Found, Reason, Skip
from ingest.inputs import Input

# A 5 MB page takes seconds; a saved news page is 50 to 500 kB.
_PAGE_BYTES = 10 * 1024 * 1024


def read(source: Input) -> Iterator[Found | Skip]:
    """Yield the page's article, or the reason why it has none."""
    page = trafilatura.bare_extraction(
        source.read_whole(_PAGE_BYTES),
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        # A date guessed from the running text is worse than none: it would be cited.
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if page is None or not (page.text or "").strip():
        detail = "no article was found in the page"
        yield Skip(reason=Reason.NO_TEXT, detail=detail, path=source.name)
        return
    fields = {
        "title": page.title,
        "url": page.url,
        "published": page.date,
        "authors": [name.strip() for name in (page.author or "").split(";") if name.strip()],
        "source": page.hostname or page.sitename,
        "language": page.language,
        "text": (page.text or "").replace("\n", "\n\n"),
    }
    yield Found(fields={k: v for k, v in fields.items() if v}, path=source.name)

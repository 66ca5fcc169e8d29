"""A saved news page -> one found record: body by trafilatura, metadata from the page's own."""

from collections.abc import Iterator
from pathlib import Path

import trafilatura

from ingest.found import Found, Reason, Skip

# A 5 MB page takes seconds; a saved news page is 50 to 500 kB.
_PAGE_BYTES = 10 * 1024 * 1024


def read(path: Path) -> Iterator[Found | Skip]:
    """Yield the page's article, or the reason why it has none."""
    size = path.stat().st_size
    if size > _PAGE_BYTES:
        detail = f"the page has {size >> 20} MB, at most {_PAGE_BYTES >> 20} MB are read"
        yield Skip(reason=Reason.BROKEN, detail=detail, path=path)
        return
    page = trafilatura.bare_extraction(
        path.read_bytes(),
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        # A date guessed from the running text is worse than none: it would be cited.
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if page is None or not (page.text or "").strip():
        detail = "no article was found in the page"
        yield Skip(reason=Reason.NO_TEXT, detail=detail, path=path)
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
    yield Found(fields={k: v for k, v in fields.items() if v}, path=path)

"""Lists articles in pages: the newest first, or as a search finds them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rag.errors import QuestionError
from rag.groups import first_by
from rag.records import Hit, SearchFilter
from rag.store.interface import Store
from rag.store.model import ArticleFacts

# So many articles are found for words at most. Further ones have little to do with them. All that
# have words in quotes are found.
MOST_FOUND = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedArticle:
    """An article in a list, without its text.

    `note` is what its editors say about it, and `corrects` says that its headline announces a
    correction. `versions` is the number of its earlier texts, and `copies` that of other articles
    of the same story. If words were looked for, `start` and `end` are the best passage for them.
    """

    article_id: str
    title: str
    source: str
    url: str
    section: str
    language: str
    published: date | None
    updated: date | None = None
    note: str = ""
    corrects: bool = False
    versions: int = 0
    copies: int = 0
    start: int | None = None
    end: int | None = None

    @property
    def mark(self) -> str:
        """In a word or two, what a reader should know before using it; empty if nothing."""
        if self.corrects:
            return "correction"
        if self.note:
            return "editor's note"
        return "changed" if self.versions else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of a list of articles; `total` is the number of all, `first` that of the first here.

    The first article of the list has number 0. If words were looked for, `notes` say what there is
    of those in quotes, and to what a time or an outlet in the words restricted the list.
    """

    total: int
    first: int
    articles: tuple[ListedArticle, ...]
    notes: tuple[str, ...] = ()


def list_newest(store: Store, where: SearchFilter, *, first: int, limit: int) -> Listing:
    """Return a page of the articles under a filter, the newest first and undated ones last.

    Raises:
        QuestionError: the page makes no sense.
    """
    _require_page(first, limit)
    total = store.count_searched(where) or 0
    ids = store.newest(where, first=first, limit=limit) if first < total else []
    return Listing(total=total, first=first, articles=_listed(store, ids, where))


def list_found(
    store: Store,
    found: Sequence[Hit],
    where: SearchFilter,
    *,
    first: int,
    limit: int,
    notes: Sequence[str] = (),
) -> Listing:
    """Return a page of the articles that a search found, in its order, with the search's notes.

    Raises:
        QuestionError: the page makes no sense.
    """
    _require_page(first, limit)
    best = first_by(found, lambda hit: hit.article_id)
    ids = list(best)[first : first + limit]
    articles = _listed(store, ids, where, places=best)
    return Listing(total=len(best), first=first, articles=articles, notes=tuple(notes))


def _require_page(first: int, limit: int) -> None:
    if first < 0 or limit < 1:
        raise QuestionError(
            f"the page begins with {first} and has {limit} articles; begin with 0 or more, and ask "
            "for at least one"
        )


def _listed(
    store: Store, ids: Sequence[str], where: SearchFilter, *, places: dict[str, Hit] | None = None
) -> tuple[ListedArticle, ...]:
    """Return the articles of some ids, in this order; one that went meanwhile is left out."""
    known = {facts.id: facts for facts in store.facts_of(ids)}
    copies = _copies(store, known.values(), where)
    return tuple(
        _article(known[i], copies=copies.get(known[i].cluster, 0), place=(places or {}).get(i))
        for i in ids
        if i in known
    )


def _copies(store: Store, facts: Iterable[ArticleFacts], where: SearchFilter) -> dict[str, int]:
    """Return how many other articles each story has."""
    clusters = list(dict.fromkeys(one.cluster for one in facts if one.cluster))
    found = store.copies(clusters, where)
    return {cluster: max(len(copies) - 1, 0) for cluster, copies in found.items()}


def _article(facts: ArticleFacts, *, copies: int, place: Hit | None) -> ListedArticle:
    return ListedArticle(
        article_id=facts.id,
        title=facts.title,
        source=facts.source,
        url=facts.url,
        section=facts.section,
        language=facts.language,
        published=facts.published,
        updated=facts.updated,
        note=facts.note,
        corrects=facts.corrects,
        versions=facts.versions,
        copies=copies,
        start=place.start if place else None,
        end=place.end if place else None,
    )

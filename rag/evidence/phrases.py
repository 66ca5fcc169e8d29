"""Finds the articles that have the words of a question's quotes, word for word.

BM25 knows no phrases. So the passages with the rarest word of a phrase are its candidates, and the
stored text decides, or the headline if the text has not the phrase. Case, white space and the shape
of quotation marks and dashes do not count.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.evidence.retrieval import (
    FoundPassage,
    found_passages,
    nearest,
    one_per_article,
    retrieve,
)
from rag.models.embedding import Embedder
from rag.question.asked import AskedPart
from rag.records import Hit, SearchFilter
from rag.store.interface import Store
from rag.store.model import ScoredPassage, StoreQuery
from rag.text.exact import find_each, find_exactly, pattern_of
from rag.text.sentences import Span
from rag.text.terms import Terms, question_terms

# So many passages with a phrase's rarest word are checked. If more have it, those that have most of
# its words are checked too, and others may be missed.
_MOST_CHECKED = 500
# So many passages are ranked by the question; those behind come in the order of their candidates.
_MOST_RANKED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the archive has of some phrases.

    `places` says where they stand in the text of each article that has all of them. `headlines` are
    the articles in which one stands in the headline alone. `passages` are those in which a phrase
    begins, and those of an article whose text has none. `is_complete` says that no article can be
    missing. If not all articles were looked at, `searched` says in words which were, and `others`
    how many of the rest have them.
    """

    phrases: tuple[str, ...]
    places: dict[str, tuple[Span, ...]]
    headlines: frozenset[str]
    passages: tuple[ScoredPassage, ...]
    is_complete: bool
    searched: str = ""
    others: int = 0

    @property
    def articles(self) -> tuple[str, ...]:
        """The ids of the articles that have all phrases."""
        return tuple(self.places)

    def marked(self, item: FoundPassage) -> FoundPassage:
        """Return a passage whose hit says where phrases stand in its text."""
        return replace(item, hit=replace(item.hit, marks=self._marks(item.hit)))

    def _marks(self, hit: Hit) -> tuple[tuple[int, int], ...]:
        return tuple(
            (max(place.start, hit.start) - hit.start, min(place.end, hit.end) - hit.start)
            for place in self.places.get(hit.article_id, ())
            if place.start < hit.end and hit.start < place.end
        )

    def __str__(self) -> str:
        quoted = " and ".join(f"“{phrase}”" for phrase in self.phrases)
        count = len(self.places)
        counted = f"{count:,} article{'' if count == 1 else 's'}" if count else "no article"
        among = f" of those searched ({self.searched})" if self.searched else ""
        said = f"{counted}{among} {'has' if count <= 1 else 'have'} {quoted} word for word"
        said += self._say_headlines()
        if not self.is_complete:
            said += f", of the {_MOST_CHECKED:,} passages that were checked; there may be more"
        if self.others:
            said += f"; {self.others:,} other article{' has' if self.others == 1 else 's have'} "
            said += "it" if len(self.phrases) == 1 else "them"
        return said

    def _say_headlines(self) -> str:
        count = len(self.headlines)
        where = "in the headline" if len(self.phrases) == 1 else "in text and headline"
        if not count:
            return ""
        return f" {where}" if count == len(self.places) else f", {count:,} of them {where}"


def find_held(phrases: Sequence[str], store: Store, where: SearchFilter) -> Held:
    """Return which articles have all phrases, among those that a search may find."""
    everywhere = replace(where, phrases=(), articles=None)
    places: list[dict[str, list[Span]]] = []
    headlines: set[str] = set()
    candidates: dict[str, ScoredPassage] = {}
    is_complete = True
    for phrase in phrases:
        scored = _candidates(phrase, store, everywhere)
        is_complete = is_complete and len(scored) < _MOST_CHECKED
        candidates |= {passage.passage.id: passage for passage in scored}
        articles = store.articles(list(dict.fromkeys(s.passage.article_id for s in scored)))
        pattern = pattern_of(phrase, any_case=True)
        found = {key: list(find_each(pattern, article.text)) for key, article in articles.items()}
        titled = {
            key
            for key, article in articles.items()
            if not found[key] and find_exactly(pattern, article.title)
        }
        headlines |= titled
        places.append({key: spans for key, spans in found.items() if spans or key in titled})
    shared = [key for key in places[0] if all(key in others for others in places)]
    held = {key: tuple(sorted(span for spans in places for span in spans[key])) for key in shared}
    return Held(
        phrases=tuple(phrases),
        places=held,
        headlines=frozenset(headlines & held.keys()),
        passages=tuple(p for p in candidates.values() if _begins_in(p, held)),
        is_complete=is_complete,
    )


def search_held(
    part: AskedPart,
    held: Held,
    store: Store,
    embedder: Embedder,
    *,
    where: SearchFilter,
    limit: int | None,
) -> list[FoundPassage]:
    """Return at most `limit` passages in which the phrases stand, the best for the question first.

    Each story gives one passage for each place, and no article that has the phrases is left out.
    Those whose headline alone has them come behind.
    With None as `limit`, each article gives its best passage, and all stories are there.
    """
    if not held.places:
        return []
    inside = replace(where, articles=held.articles)
    most = max(limit or 0, _MOST_RANKED)
    found = retrieve(part, store, embedder, where=inside, limit=most, once_a_story=True)
    marked = [held.marked(item) for item in found]
    headed = one_per_article([item for item in marked if held.places.get(item.article.id) == ()])
    ranked = [*(item for item in marked if item.hit.marks), *headed]
    if limit is None:
        ranked = one_per_article(ranked)
        limit = len(ranked) + len(held.passages)
    stories = {item.article.cluster or item.article.id for item in ranked}
    others: dict[str, ScoredPassage] = {}
    for scored in held.passages:
        if (story := scored.cluster or scored.passage.article_id) not in stories:
            others.setdefault(story, scored)
    rest = nearest(part, list(others.values())[: max(0, limit - len(ranked))], store, embedder)
    return [*ranked, *map(held.marked, found_passages(rest, store, embedder, where))][:limit]


def _candidates(phrase: str, store: Store, where: SearchFilter) -> list[ScoredPassage]:
    """Return the passages that may have a phrase: those with its rarest word, if not too many."""
    terms = question_terms(phrase)
    weights = store.term_weights(terms.indices)
    if len(weights) < len(set(terms.indices)):
        return []  # a word of it is in no passage
    rarest = max(terms.indices, key=lambda term: weights[term])
    found = _query(Terms([rarest], [1.0]), store, where)
    if len(found) < _MOST_CHECKED:
        return found
    both = {scored.passage.id: scored for scored in (*_query(terms, store, where), *found)}
    return list(both.values())


def _query(terms: Terms, store: Store, where: SearchFilter) -> list[ScoredPassage]:
    return store.query(StoreQuery(terms=terms, vector=None, limit=_MOST_CHECKED, where=where))


def _begins_in(scored: ScoredPassage, held: dict[str, tuple[Span, ...]]) -> bool:
    """Say whether a phrase begins in a passage, or its article has them all in the headline."""
    passage = scored.passage
    spans = held.get(passage.article_id)
    if spans is None:
        return False
    return not spans or any(passage.start <= span.start < passage.end for span in spans)

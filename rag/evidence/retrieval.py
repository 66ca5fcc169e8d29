"""Finds the passages that may answer a question, by one query to the store.

The query finds candidates by words and by vectors, and `nearness` scores them. If several articles
are copies of one story, one of them represents it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rag.dates.entry_days import entry_at
from rag.evidence.carriers import carries, is_corrected, is_outdated, say_outdated
from rag.evidence.nearness import RANKED, rank, shares_in
from rag.groups import first_by
from rag.models.embedding import Embedder
from rag.models.vectors import Vectors
from rag.question.asked import AskedPart
from rag.records import Article, Copy, Hit, Passage, SearchFilter
from rag.store.interface import Store
from rag.store.model import CANDIDATES, ScoredPassage, StoreQuery
from rag.text.particulars import tells_otherwise
from rag.text.terms import Terms, joined_terms

# Copies take up places in the first result. A second query asks for this many times more.
_DEEPER = 4
# At least this many passages are looked at, even if fewer are asked for. They then include the
# original of a copy that came first.
FIRST_LOOK = 10
# So many passages each signal takes at most, if so many are asked for. Each is scored in full.
MOST_CANDIDATES = 2_000
# A passage is a copy, and not another wording, if it shares this part of its three-word shingles.
_COPIED = 0.8
# If a smaller share of the articles is embedded, vectors would favour those few. Words treat all
# articles alike.
_ENOUGH_EMBEDDED = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPassage:
    """A passage that was found: its hit, its article, and its sentence vectors `(n, dim)`.

    `fused` is its score among the candidates of the search. If the question's days left few
    passages to compare, `anywhere` is its score among those of all days. `reprints` are the
    articles that its hit names as copies.
    """

    hit: Hit
    article: Article
    vectors: Vectors
    fused: float = 0.0
    anywhere: float | None = None
    reprints: tuple[Article, ...] = ()


def retrieve(
    asked: AskedPart,
    store: Store,
    embedder: Embedder,
    *,
    where: SearchFilter,
    limit: int,
    once_a_story: bool = False,
    besides: Terms | None = None,
) -> list[FoundPassage]:
    """Return at most `limit` passages, best first; none if the filter matches nothing.

    One of several near-identical articles represents them all and names the others. It is the
    original, if the search found it. Passages of the others are kept only if they are worded
    differently, and not as the original was before a change, or differ in a number, a date or a
    name that was not corrected. With `once_a_story`, those that are only worded differently are
    left out too. Sentences whose vectors are not stored yet are embedded here. `besides` are terms
    to search with beside the question's.
    """
    vector = _vector_of(asked, store)
    sought = joined_terms(asked.sought, besides) if besides else asked.sought
    first = max(limit, FIRST_LOOK)
    query = StoreQuery(
        terms=sought,
        vector=vector,
        limit=max(first, RANKED),
        where=where,
        candidates=max(CANDIDATES, min(limit, MOST_CANDIDATES)),
    )
    candidates = store.query(query)
    shares = shares_in(store, sought)
    for depth in (first, first * _DEEPER):
        if depth > query.limit:
            candidates = store.query(replace(query, limit=depth))
        embedded = _embedded(candidates, store, embedder, most=depth)
        scored = rank(embedded, shares, asked.vector)[:depth]
        articles = store.articles(list(dict.fromkeys(p.passage.article_id for p in scored)))
        kept = _without_copies(scored, articles, once_a_story=once_a_story)[:limit]
        if len(kept) >= limit or len(scored) < depth:
            break
    return found_passages(kept, store, embedder, where, articles=articles)


def one_per_article(found: Sequence[FoundPassage]) -> list[FoundPassage]:
    """Return the first passage of each article, in their order."""
    return list(first_by(found, lambda item: item.article.id).values())


def compare_with_all_days(
    asked: AskedPart, found: Sequence[FoundPassage], store: Store, where: SearchFilter
) -> list[FoundPassage]:
    """Return passages with their scores among those of all days, if few are of the days asked for.

    That few passages are of these days says nothing against them.
    """
    if not found or len(found) >= FIRST_LOOK or not (where.window or where.events):
        return list(found)
    query = StoreQuery(
        terms=asked.sought,
        vector=_vector_of(asked, store),
        limit=CANDIDATES,
        where=replace(where, window=None, events=None),
    )
    among = store.query(query)
    scores = {(s.passage.article_id, s.passage.start): s.score for s in among}
    least = min(scores.values(), default=0.0)
    places = [(item.article.id, item.hit.start) for item in found]
    return [
        replace(item, anywhere=scores.get(place, least))
        for item, place in zip(found, places, strict=True)
    ]


def _embedded(
    candidates: Sequence[ScoredPassage], store: Store, embedder: Embedder, *, most: int
) -> list[ScoredPassage]:
    """Return candidates with vectors; of those that have none yet, only the first are embedded.

    To embed takes time, so a passage without vectors that is not among the first `most` is left
    out.
    """
    lacking = [scored for scored in candidates[:most] if scored.vectors is None]
    articles = store.articles(list(dict.fromkeys(p.passage.article_id for p in lacking)))
    made = {
        scored.passage.id: _embed(scored.passage, articles[scored.passage.article_id], embedder)
        for scored in lacking
    }
    return [
        scored if scored.vectors is not None else replace(scored, vectors=made[scored.passage.id])
        for scored in candidates
        if scored.vectors is not None or scored.passage.id in made
    ]


def _embed(passage: Passage, article: Article, embedder: Embedder) -> Vectors:
    return embedder.embed([article.text[s.start : s.end] for s in passage.sentences])


def _vector_of(asked: AskedPart, store: Store) -> Vectors | None:
    manifest = store.manifest
    enough = manifest.embedded >= _ENOUGH_EMBEDDED * manifest.articles
    return asked.vector if enough else None


def nearest(
    asked: AskedPart, passages: Sequence[ScoredPassage], store: Store, embedder: Embedder
) -> list[ScoredPassage]:
    """Return passages that another query chose, the nearest to the question first."""
    embedded = _embedded(passages, store, embedder, most=len(passages))
    return rank(embedded, shares_in(store, asked.sought), asked.vector)


def found_passages(
    kept: Sequence[ScoredPassage],
    store: Store,
    embedder: Embedder,
    where: SearchFilter,
    *,
    articles: Mapping[str, Article] | None = None,
) -> list[FoundPassage]:
    """Return passages with their articles, if these are not known already, and their copies."""
    if articles is None:
        articles = store.articles(list(dict.fromkeys(p.passage.article_id for p in kept)))
    copies = store.copies(list(dict.fromkeys(p.cluster for p in kept if p.cluster)), where)
    known = dict.fromkeys(copy.article_id for cluster in copies.values() for copy in cluster)
    every = {**articles, **store.articles([key for key in known if key not in articles])}
    return [_found(p, every, copies.get(p.cluster, ()), embedder) for p in kept]


def _without_copies(
    scored: Sequence[ScoredPassage], articles: Mapping[str, Article], *, once_a_story: bool
) -> list[ScoredPassage]:
    """Return the passages, best first, without those that the article for their story has too."""
    speakers: dict[str, str] = {}
    kept: dict[str, ScoredPassage] = {}
    for passage in scored:
        cluster, article_id = passage.cluster, passage.passage.article_id
        if not cluster:
            kept[passage.passage.id] = passage
            continue
        is_first = cluster not in speakers
        speaker = speakers.setdefault(cluster, cluster if cluster in articles else article_id)
        if is_first and speaker != article_id:
            # The place of the copy goes to the best passage of the original.
            best = next(p for p in scored if p.passage.article_id == speaker)
            kept[best.passage.id] = best
        if speaker == article_id:
            is_kept = is_first or not once_a_story
        else:
            article, by = articles[article_id], articles[speaker]
            words = _words_of(passage, article)
            if tells_otherwise(words, by.text):
                is_kept = not (is_corrected(article, by) or is_outdated(words, by))
            else:
                is_said = _is_in(words, by.text) or is_outdated(words, by)
                is_kept = not (once_a_story or is_said)
        if is_kept:
            kept[passage.passage.id] = passage
    # Where an original speaks for a copy, it may be less near than the copy is.
    return sorted(kept.values(), key=lambda passage: -passage.nearness)


def _words_of(scored: ScoredPassage, article: Article) -> str:
    return article.text[scored.passage.start : scored.passage.end]


def _is_in(passage: str, text: str) -> bool:
    """Say whether nearly all of a passage is in another text as well."""
    shingles = _shingles(passage)
    return len(shingles & _shingles(text)) >= _COPIED * len(shingles)


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return set(zip(words, words[1:], words[2:], strict=False))


def _found(
    scored: ScoredPassage,
    articles: Mapping[str, Article],
    cluster: Sequence[Copy],
    embedder: Embedder,
) -> FoundPassage:
    passage, article = scored.passage, articles[scored.passage.article_id]
    words = _words_of(scored, article)
    entry = entry_at(article, passage.start)
    notes = [
        article.note,
        say_outdated(article, words, articles),
        f"Entry of {entry}" if entry else "",
    ]
    carrying = [copy for copy in cluster if carries(copy, article, words, articles)]
    hit = Hit(
        **article.as_source,
        start=passage.start,
        end=passage.end,
        text=words,
        score=scored.nearness,
        sentences=passage.sentences,
        copies=tuple(carrying),
        note="\n".join(filter(None, notes)),
        times=passage.times,
        section=article.section,
        genre=article.genre,
    )
    vectors = scored.vectors
    if vectors is None:
        vectors = _embed(passage, article, embedder)
    return FoundPassage(
        hit=hit,
        article=article,
        vectors=vectors,
        fused=scored.score,
        reprints=tuple(articles[c.article_id] for c in carrying if c.article_id in articles),
    )

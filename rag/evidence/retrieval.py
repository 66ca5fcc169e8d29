"""A question -> the passages that may answer it: one fused query, one article for each story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.models.embedding import Embedder
from rag.models.vectors import Vectors
from rag.question.asked import AskedPart
from rag.records import Article, Copy, Hit, SearchFilter
from rag.store.interface import Store
from rag.store.model import ScoredPassage, StoreQuery

# Copies take places of a first look; so much deeper is a second one.
_DEEPER = 4
# However few are asked for, so many are looked at: the original of a copy that came first is among
# them then.
_FIRST_LOOK = 10
# This share of a passage's three-word shingles makes it a copy rather than another wording.
_COPIED = 0.8
# With fewer articles embedded the vectors would favour these few; words treat all alike.
_ENOUGH_EMBEDDED = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPassage:
    """A passage that was found: its hit, its article, and its sentence vectors `(n, dim)`."""

    hit: Hit
    article: Article
    vectors: Vectors


def retrieve(
    asked: AskedPart,
    store: Store,
    embedder: Embedder,
    *,
    where: SearchFilter,
    limit: int,
    once_a_story: bool = False,
) -> list[FoundPassage]:
    """Return at most `limit` passages, best first; none if the filter matches nothing.

    Of near-identical articles one speaks for all and names the others: the original where it was
    found. Of the others only passages that say it in other words are kept, and with `once_a_story`
    nothing but the best passage of the speaker. Sentences whose vectors are not stored yet are
    embedded here.
    """
    manifest = store.manifest
    enough = manifest.embedded >= _ENOUGH_EMBEDDED * manifest.articles
    vector = asked.vector if enough else None
    first = max(limit, _FIRST_LOOK)
    for depth in (first, first * _DEEPER):
        query = StoreQuery(terms=asked.sought, vector=vector, limit=depth, where=where)
        scored = store.query(query)
        articles = store.articles(list(dict.fromkeys(p.passage.article_id for p in scored)))
        kept = _without_copies(scored, articles, once_a_story=once_a_story)[:limit]
        if len(kept) >= limit or len(scored) < depth:
            break
    copies = store.copies(list(dict.fromkeys(p.cluster for p in kept if p.cluster)), where)
    return [
        _found(p, articles[p.passage.article_id], copies.get(p.cluster, ()), embedder) for p in kept
    ]


def _without_copies(
    scored: Sequence[ScoredPassage], articles: Mapping[str, Article], *, once_a_story: bool
) -> list[ScoredPassage]:
    """Return the passages without those that a speaker of their story has too, in their order."""
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
            # The place that a copy won goes to the best passage of the original.
            best = next(p for p in scored if p.passage.article_id == speaker)
            kept[best.passage.id] = best
        if once_a_story and not (is_first and speaker == article_id):
            continue
        if speaker == article_id or not _is_in(passage, articles[article_id], articles[speaker]):
            kept[passage.passage.id] = passage
    return list(kept.values())


def _is_in(scored: ScoredPassage, article: Article, speaker: Article) -> bool:
    """Say whether nearly all of a passage stands in another article as well."""
    passage = _shingles(article.text[scored.passage.start : scored.passage.end])
    return len(passage & _shingles(speaker.text)) >= _COPIED * len(passage)


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return set(zip(words, words[1:], words[2:], strict=False))


def _found(
    scored: ScoredPassage, article: Article, cluster: Sequence[Copy], embedder: Embedder
) -> FoundPassage:
    passage = scored.passage
    hit = Hit(
        **article.as_source,
        start=passage.start,
        end=passage.end,
        text=article.text[passage.start : passage.end],
        score=scored.score,
        sentences=passage.sentences,
        copies=tuple(copy for copy in cluster if copy.article_id != article.id),
        note=article.note,
        times=passage.times,
    )
    vectors = scored.vectors
    if vectors is None:
        vectors = embedder.embed([article.text[s.start : s.end] for s in passage.sentences])
    return FoundPassage(hit=hit, article=article, vectors=vectors)

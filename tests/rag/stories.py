"""Makes articles of one passage each, as a search finds them, for the tests of timelines."""

from datetime import date

from rag.dates.event_times import with_times
from rag.evidence.reader import Evidence, weigh_sentences
from rag.evidence.retrieval import FoundPassage
from rag.question.asked import AskedPart, read_part
from rag.records import Article, Copy, Hit, Passage
from rag.text.sentences import split_sentences
from rag.timeline.dating import Dated, date_sentence
from tests.fakes import HashingEmbedder

EMBEDDER = HashingEmbedder(dimension=256)
TOPIC = "northern truce"
THURSDAY = date(2020, 11, 12)


def story(
    text: str,
    *,
    name: str = "wire",
    published: date | None = THURSDAY,
    cluster: str = "",
    title: str = "Northern truce",
    source: str = "",
    section: str = "",
) -> Article:
    """Return an article."""
    return Article(
        id=name,
        title=title,
        source=source or f"{name}.example",
        published=published,
        section=section,
        text=text,
        cluster=cluster,
    )


def found(
    article: Article, *, copies: tuple[Copy, ...] = (), embedder: HashingEmbedder = EMBEDDER
) -> FoundPassage:
    """Return the whole article as one passage that was found."""
    spans = tuple(split_sentences(article.text))
    passage = Passage(
        article_id=article.id, start=spans[0].start, end=spans[-1].end, sentences=spans
    )
    [passage] = with_times(article, [passage])
    hit = Hit(
        article_id=article.id,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        start=passage.start,
        end=passage.end,
        text=article.text[passage.start : passage.end],
        score=1.0,
        sentences=spans,
        copies=copies,
        times=passage.times,
        genre=article.genre,
    )
    vectors = embedder.embed([article.text[s.start : s.end] for s in spans])
    return FoundPassage(hit=hit, article=article, vectors=vectors, fused=1.0)


def asked(topic: str = TOPIC) -> AskedPart:
    """Return a topic as it is asked for."""
    return read_part(topic, EMBEDDER)


def evidence(*articles: Article, topic: str = TOPIC) -> list[Evidence]:
    """Return the sentences of articles that were found for a topic."""
    items = [found(article) for article in articles]
    return weigh_sentences(asked(topic), items, {}, passages=100)


def dated(*articles: Article) -> list[Dated]:
    """Return the events that the sentences of articles date."""
    pieces = evidence(*articles)
    return [one for piece in pieces for one in date_sentence(piece, strength=piece.score)]

"""Makes evidence for the tests of values: a sentence of an article, and what the reader marked."""

from dataclasses import replace
from datetime import date

from rag.evidence.reader import Evidence
from rag.question.asked import AskedPart, read_part
from rag.records import Article
from rag.text.sentences import Span
from tests.rag.stories import EMBEDDER, evidence

MARCH = date(2024, 3, 1)
QUESTION = "How many boats were lost in the storm?"


def report(
    text: str,
    *,
    name: str = "wire",
    source: str = "wire.example",
    published: date | None = MARCH,
    title: str = "Boats lost in the storm",
    section: str = "news",
    agency: str = "",
    cluster: str = "",
) -> Article:
    """Return an article."""
    return Article(
        id=name,
        title=title,
        source=source,
        published=published,
        text=text,
        section=section,
        agency=agency,
        cluster=cluster,
    )


def piece(
    article: Article, sentence: str, marked: str, *, confidence: float = 0.5, score: float = 5.0
) -> Evidence:
    """Return a sentence of an article as evidence, with the words that the reader marked."""
    found = next(p for p in evidence(article, topic=QUESTION) if p.text == sentence)
    start = found.span.start + sentence.index(marked)
    return replace(
        found, confidence=confidence, score=score, answer=Span(start, start + len(marked))
    )


def told(text: str, marked: str, *, confidence: float = 0.5, **fields: object) -> Evidence:
    """Return the only sentence of an article as evidence."""
    article = report(text, **fields)  # type: ignore[arg-type]  # the fields of `report`
    return piece(article, text, marked, confidence=confidence)


def asked(question: str = QUESTION) -> AskedPart:
    """Return a question as it is read."""
    return read_part(question, EMBEDDER)

"""Makes sentences that may answer, for the tests of what does not fit a question."""

from dataclasses import replace
from datetime import date

from rag.evidence.fitness import Candidate, find_misfits
from rag.evidence.fitness.records import MisfitKind
from rag.question.asked import read_part
from rag.records import Article
from rag.text.sentences import Span
from tests.rag.stories import EMBEDDER, THURSDAY, found, story


def candidate(
    question: str,
    text: str,
    *,
    sentence: int = 0,
    title: str = "",
    published: date = THURSDAY,
    others: tuple[str, ...] = (),
    section: str = "",
    author: str = "",
    marked: str = "",
) -> Candidate:
    """Return the sentence of this number in a text, with other articles that were found.

    `marked` are the words of the text that the reader marked in it.
    """
    article = story(text, title=title, published=published, section=section)
    passage = found(replace(article, authors=(author,) if author else ()))
    return Candidate(
        asked=read_part(question, EMBEDDER),
        found=passage,
        span=passage.hit.sentences[sentence],
        answer=Span(text.index(marked), text.index(marked) + len(marked)) if marked else None,
        articles=[passage.article, *(Article(id=text, text=text, title="") for text in others)],
    )


def kinds(
    question: str, text: str, *, sentence: int = 0, title: str = "", marked: str = ""
) -> set[MisfitKind]:
    """Return the kinds of what does not fit."""
    one = candidate(question, text, sentence=sentence, title=title, marked=marked)
    found = find_misfits(one)
    return {misfit.kind for misfit in found}

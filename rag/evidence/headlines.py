"""Reads headlines as evidence, where nothing in the texts that were found answers.

"Mayor resigns over parking row" may be all that an article says of it. Only headlines that have a
word which their text does not have are read. A quote is always from the text, so a fact that is
told in a headline is cited with both: the headline, and the sentence below it that was found.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.evidence.fitness import Candidate
from rag.evidence.fitness.roles import check_roles
from rag.evidence.reader import Evidence
from rag.evidence.retrieval import FoundPassage
from rag.models.embedding import Embedder
from rag.models.vectors import Vectors
from rag.question.asked import AskedPart
from rag.text.reasons import gives_cause
from rag.text.sentences import Span
from rag.text.stating import sign_in
from rag.text.terms import TermShares, counted_terms

# The first articles of the search. To read more takes time, and answers stand among the first.
_MOST_READ = 5
# A headline stands alone, so it must name what the question names, and have this share of the
# question's words, weighed as the search does.
_LEAST_COVERAGE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline(FoundPassage):
    """A headline in the place of a passage, with the passage below it for the reader to know.

    `original` is what the search found. The article of this one has its headline as the first line
    of its text. It `stands_alone` if it has enough of the question to answer it by itself.
    """

    original: FoundPassage
    stands_alone: bool


def headlines_of(
    part: AskedPart, found: Sequence[FoundPassage], shares: TermShares, embedder: Embedder
) -> list[Headline]:
    """Return the headlines that tell what the texts of their articles do not, best first.

    `shares` are the shares of the question's terms. To read a headline takes as long as to read a
    passage, so there are none if none of them stands alone.
    """
    told = list(_telling(found))
    alone = [_stands_alone(item.article.title, part, shares) for item in told]
    if not any(alone):
        return []
    vectors = embedder.embed([item.article.title for item in told])
    return [
        _as_passage(item, vectors[n : n + 1], stands_alone=alone[n]) for n, item in enumerate(told)
    ]


def tells_alone(evidence: Evidence, asked: AskedPart) -> bool:
    """Say whether a sentence is a headline that stands alone.

    "Mayor says sorry" does not, if the sentence below says that he did so to somebody else. Nor
    does what states neither yes nor no, or gives no reason, where a question asks for that.
    """
    if not isinstance(evidence.found, Headline) or not evidence.found.stands_alone:
        return False
    if not _gives_what_is_asked(evidence, asked):
        return False
    below = evidence.found.original
    candidate = Candidate(asked=asked, found=below, span=below.hit.sentences[0])
    return check_roles(candidate) is None


def _gives_what_is_asked(evidence: Evidence, asked: AskedPart) -> bool:
    """Say whether a headline states yes or no, or gives a reason, if a question asks for it.

    In headlines of few words, the reader marks whatever else they have.
    """
    if asked.wanted.shape == "yes-no":
        statement = asked.wanted.statement
        return statement is not None and sign_in(statement, evidence.text) is not None
    if asked.wanted.reason != "why":
        return True
    answer, start = evidence.answer, evidence.span.start
    return answer is not None and gives_cause(
        evidence.text, Span(answer.start - start, answer.end - start)
    )


def _telling(found: Sequence[FoundPassage]) -> Iterator[FoundPassage]:
    """Yield the best passage of each article whose headline has words that its text has not."""
    best: dict[str, FoundPassage] = {}
    for item in found:
        best.setdefault(item.article.id, item)
    for item in list(best.values())[:_MOST_READ]:
        if not counted_terms(item.article.title) <= counted_terms(item.article.text):
            yield item


def _stands_alone(title: str, part: AskedPart, shares: TermShares) -> bool:
    """Say whether a headline has enough of the question to answer it by itself."""
    terms = counted_terms(title)
    return part.names <= terms and shares.coverage(terms) >= _LEAST_COVERAGE


def _as_passage(item: FoundPassage, vectors: Vectors, *, stands_alone: bool) -> Headline:
    title, hit = item.article.title, item.hit
    above = f"{title}\n"
    return Headline(
        hit=replace(
            hit,
            title="",
            start=0,
            end=len(above) + len(hit.text),
            text=above + hit.text,
            sentences=(Span(0, len(title)),),
            times=(),
        ),
        article=replace(item.article, title="", text=above + item.article.text),
        vectors=vectors,
        fused=item.fused,
        anywhere=item.anywhere,
        original=item,
        stands_alone=stands_alone,
    )


def below_headline(evidence: Evidence) -> Evidence:
    """Return the sentence of the text that is quoted for evidence, which may be a headline."""
    if not isinstance(evidence.found, Headline):
        return evidence
    original = evidence.found.original
    return replace(evidence, found=original, span=original.hit.sentences[0], answer=None)

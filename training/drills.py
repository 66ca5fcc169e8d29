"""Read the archives that were invented for practice (`bench.drills`), with their questions.

The articles of an archive tell a few stories several times, so that the passages beside the right
one are as like it as those of a search.
"""

from collections.abc import Iterator, Sequence

from bench import drills as written
from bench.data import Record
from bench.splits import Part
from rag.models.reading import Text
from training.examples import NEGATIVES_KEPT, AnswerSpan, Example
from training.news_questions import cut_with_places, spans_inside
from training.ranking import Ranking

# A question is put to so many of the passages that answer it, each in turn.
_RIGHT = 3

# An article, and a passage of it with where that starts in the text.
Placed = tuple[str, int, Text]


def drills(part: Part) -> Iterator[Example]:
    """Yield the questions on a part of the archives, each with look-alikes of its archive."""
    cut = {name: list(placed_passages(records)) for name, records in written.articles(part).items()}
    rankings = {name: Ranking([text.joined for *_, text in cut[name]]) for name in cut}
    for question in written.questions(part):
        name = question["archive"]
        yield from _examples(question, cut[name], rankings[name])


def placed_passages(articles: Sequence[Record]) -> Iterator[Placed]:
    """Yield the passages of articles, each with its article and where it starts in that."""
    for record in articles:
        for start, text in cut_with_places(record):
            yield record["id"], start, text


def _examples(question: Record, cut: list[Placed], ranking: Ranking) -> Iterator[Example]:
    """Yield a question with each passage that answers or, for a near miss, the one that tempts."""
    asked = question["question"]
    ranked = ranking.best(asked, len(cut))
    if question["answers"]:
        right = {n: spans for n, placed in enumerate(cut) if (spans := _inside(placed, question))}
        others = tuple(cut[n][2] for n in ranked if n not in right)
        best = sorted(right, key=lambda n: ranked.index(n) if n in ranked else len(ranked))
        for n in best[:_RIGHT]:
            yield Example("drills", asked, cut[n][2], right[n], others[:NEGATIVES_KEPT])
        return
    article, start, _ = question["near"]
    tempting = next(
        text for named, at, text in cut if named == article and at <= start < at + len(text.body)
    )
    beside = tuple(cut[n][2] for n in ranked if cut[n][2] is not tempting)
    yield Example("drills", asked, tempting, (), beside[:NEGATIVES_KEPT])


def _inside(placed: Placed, question: Record) -> tuple[AnswerSpan, ...]:
    """Return the spans of a passage that answer."""
    article, at, text = placed
    spans = [(start, end) for named, start, end in question["answers"] if named == article]
    return spans_inside((at, text), spans)

"""Read the turns of conversations with invented archives, as the product reads what is asked.

A follow-up is read behind the words that it needs from earlier turns, before the question that it
follows, and so that it stands alone (`bench.drills.conversations`). The sentence that answers is
known, not the words of it that do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bench import drills
from bench.data import Record
from bench.splits import Part
from rag.models.carrying import Terms, terms_in
from rag.models.reading import Text
from rag.question.carried_prefix import with_carried
from training.conversations import added_phrases
from training.drills import placed_passages
from training.examples import NEGATIVES_KEPT, AnswerSpan, Example
from training.news_questions import spans_inside
from training.ranking import Ranking

TURNS = "conversations"
# Another article may tell the same: a passage that has this share of the words that answer, or
# more, is not read as one that does not answer.
_ALIKE = 0.5
# For what the archive does not have: so many of the passages that look most like an answer.
_TEMPTING = 2


class _Archive:
    """The passages of an archive, in which a turn's answer or what looks like it is found."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._texts = {record["id"]: record["text"] for record in records}
        self._cut = list(placed_passages(records))
        self._ranking = Ranking([text.joined for *_, text in self._cut])
        self._terms = [terms_in(text.body) for *_, text in self._cut]

    def like(self, question: str, *, unless: Terms = frozenset()) -> list[Text]:
        """Return the passages that look like a question's, but for those that may say `unless`."""
        ranked = self._ranking.best(question, len(self._cut))
        if unless:
            most = _ALIKE * len(unless)
            ranked = [n for n in ranked if len(self._terms[n] & unless) < most]
        return [self._cut[n][2] for n in ranked]

    def holding(self, article: str, sentence: str) -> Iterator[tuple[Text, AnswerSpan]]:
        """Yield the passages of an article that have a sentence, each with its place there."""
        start = self._texts[article].find(sentence)
        if start < 0:  # it is the headline
            return
        for named, at, text in self._cut:
            if named == article:
                for inside in spans_inside((at, text), [(start, start + len(sentence))]):
                    yield text, inside


def conversation_turns(part: Part) -> Iterator[Example]:
    """Yield the turns of the conversations with a part of the archives."""
    archives = {name: _Archive(records) for name, records in drills.articles(part).items()}
    for conversation in drills.conversations(part):
        before = ""
        for turn in conversation["turns"]:
            in_full = turn["standalone"] or turn["question"]
            examples = list(_examples(turn, in_full, archives[conversation["archive"]]))
            for asked in _as_read(turn, before):
                yield from (replace(example, question=asked) for example in examples)
            before = in_full


def _as_read(turn: Record, before: str) -> list[str]:
    """Return a question in the ways in which the product may read it."""
    question, in_full = turn["question"], turn["standalone"]
    if not in_full:
        return [question]
    behind = with_carried(question, added_phrases(question, in_full))
    return [behind, f"{question} ({before})", in_full]


def _examples(turn: Record, in_full: str, archive: _Archive) -> Iterator[Example]:
    """Yield a question in full with each passage that has the sentence that answers it.

    With what the archive does not have, yield it with the passages that look most like an answer.
    """
    alike = archive.like(in_full, unless=terms_in(turn["answer"]))

    def beside(passage: Text) -> tuple[Text, ...]:
        return tuple(text for text in alike if text is not passage)[:NEGATIVES_KEPT]

    if turn["answer"]:
        for passage, span in archive.holding(turn["article"], turn["answer"]):
            yield Example(TURNS, in_full, passage, (span,), beside(passage), somewhere=True)
    else:
        for passage in alike[:_TEMPTING]:
            yield Example(TURNS, in_full, passage, (), beside(passage))

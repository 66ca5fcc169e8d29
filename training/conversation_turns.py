"""Read the turns of conversations with invented archives, as the product reads what is asked.

A follow-up is read behind the words that it needs from earlier turns, before the question that it
follows, and so that it stands alone (`bench.drills.conversations`). The sentence that answers is
known, not the words of it that do.
"""

from collections.abc import Iterator, Sequence

from bench import drills
from bench.data import Record
from bench.splits import Part
from rag.models.carrying import Terms, terms_in
from rag.models.reading import Text
from rag.question.follow_ups import with_carried
from training.conversations import added_phrases
from training.examples import NEGATIVES_KEPT, Example
from training.news_questions import cut_with_places, spans_inside
from training.ranking import Ranking

TURNS = "conversations"
# Another article may tell the same: a passage that has this share of the words that answer, or
# more, is not read as one that does not answer.
_ALIKE = 0.5
# For what the archive does not have: so many of the passages that look most like an answer.
_TEMPTING = 2


class _Archive:
    """An archive's passages, each with its article and where it starts in that, and their terms."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.texts = {record["id"]: record["text"] for record in records}
        self.cut = [(record["id"], cut) for record in records for cut in cut_with_places(record)]
        self._ranking = Ranking([text.joined for _, (_, text) in self.cut])
        self._terms = [terms_in(text.body) for _, (_, text) in self.cut]

    def like(self, question: str, *, unless: Terms = frozenset()) -> list[Text]:
        """Return the passages that look like a question's, but for those that may say `unless`."""
        ranked = self._ranking.best(question, len(self.cut))
        if unless:
            most = _ALIKE * len(unless)
            ranked = [n for n in ranked if len(self._terms[n] & unless) < most]
        return [self.cut[n][1][1] for n in ranked]

    def holding(self, article: str, sentence: str) -> Iterator[tuple[Text, tuple[int, int]]]:
        """Yield the passages of an article that have a sentence, each with its place there."""
        start = self.texts[article].find(sentence)
        span = (start, start + len(sentence))
        for named, cut in self.cut:
            for inside in spans_inside(cut, [span]) if named == article and start >= 0 else ():
                yield cut[1], inside


def conversation_turns(part: Part) -> Iterator[Example]:
    """Yield the turns of the conversations with a part of the archives."""
    archives = {name: _Archive(records) for name, records in drills.articles(part).items()}
    for conversation in drills.conversations(part):
        archive = archives[conversation["archive"]]
        before = ""
        for turn in conversation["turns"]:
            in_full = turn["standalone"] or turn["question"]
            for asked in _as_read(turn, before):
                yield from _examples(asked, in_full, turn, archive)
            before = in_full


def _as_read(turn: Record, before: str) -> list[str]:
    """Return a question in the ways in which the product may read it."""
    question, in_full = turn["question"], turn["standalone"]
    if not in_full:
        return [question]
    return [
        with_carried(question, added_phrases(question, in_full)),
        f"{question} ({before})",
        in_full,
    ]


def _examples(asked: str, in_full: str, turn: Record, archive: _Archive) -> Iterator[Example]:
    """Yield a question with each passage that has the sentence that answers."""
    if not turn["answer"]:
        tempting = archive.like(in_full)
        for passage in tempting[:_TEMPTING]:
            others = tuple(text for text in tempting if text is not passage)
            yield Example(TURNS, asked, passage, (), others[:NEGATIVES_KEPT])
        return
    others = tuple(archive.like(in_full, unless=terms_in(turn["answer"])))
    for passage, span in archive.holding(turn["article"], turn["answer"]):
        beside = tuple(text for text in others if text is not passage)[:NEGATIVES_KEPT]
        yield Example(TURNS, asked, passage, (span,), beside, somewhere=True)

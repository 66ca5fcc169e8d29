"""Puts questions with known answers to an archive, and judges whether the answers are right.

The questions are those of `beats` and `reported`. Each has strings of which one must be in the
quote, the articles that may be cited for them, and for a when-question the day. It also has strings
that are wrong, because they were corrected, overtaken or said about somebody else.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.data import Record, holds_any
from bench.spans import words
from rag.archive import Archive
from rag.records import Answer, Hit

_HITS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A question and what an archive answers: as shipped, and if nothing were refused.

    `place` is the line of the question in its file, from 1, and `rank` that of the first hit with
    the answer, from 1, None where it is not among the first 10.
    """

    place: int
    question: Record
    answer: Answer
    unrefused: Answer
    rank: int | None

    @property
    def is_answerable(self) -> bool:
        """Whether the archive holds the answer; a near miss is a question where it does not."""
        return bool(self.question["answerable"])

    @property
    def kind(self) -> str:
        """The main kind of the question, a near miss being of the kind it asks for."""
        return str(self.question["kind"]).removeprefix("unanswerable ").split(",")[0]

    @property
    def is_given(self) -> bool:
        """Whether there is an answer as shipped."""
        return bool(self.answer.citations)

    @property
    def is_right(self) -> bool:
        """Whether the first citation answers the question."""
        return is_right(self.answer, self.question)

    @property
    def is_right_unrefused(self) -> bool:
        """Whether the first citation would answer the question if nothing were refused."""
        return is_right(self.unrefused, self.question)

    @property
    def is_stale(self) -> bool:
        """Whether the first quote says what is wrong by now, and not what is right."""
        quote = self.answer.citations[0].quote if self.is_given else ""
        stale = self.question.get("stale_answers", [])
        return holds_any(quote, stale) and not holds_any(quote, self.question["expected_answer"])

    @property
    def asks_for_a_day(self) -> bool:
        """Whether the day that answers is known."""
        return bool(self.question["expected_date"])

    @property
    def is_right_day(self) -> bool:
        """Whether the answer gives the right day."""
        return _day(self.answer) == str(self.question["expected_date"])

    @property
    def is_short_given(self) -> bool:
        """Whether there is a short answer; to a when-question that is the day."""
        return bool(_day(self.answer) if self.asks_for_a_day else words(self.answer.short))

    @property
    def is_short_right(self) -> bool:
        """Whether the short answer is right: the day, or words that hold the expected or are in it.

        Articles, punctuation and case do not count.
        """
        if self.asks_for_a_day:
            return self.is_right_day
        short = self.answer.short
        return any(_within(short, e) or _within(e, short) for e in self.question["expected_answer"])

    def is_found_within(self, hits: int) -> bool:
        """Say whether a passage with the answer is among the first hits of a search."""
        return self.rank is not None and self.rank <= hits

    def is_given_at(self, threshold: float) -> bool:
        """Say whether the answer is given at a threshold."""
        return bool(self.unrefused.citations) and self.unrefused.confidence >= threshold


def judge(archive: Archive, questions: Sequence[tuple[int, Record]], *, now: str) -> list[Judged]:
    """Put questions, each with its place in its file, to an archive on a day."""
    judged = []
    for place, question in questions:
        answer, unrefused = ask(archive, question["question"], now=now)
        hits = archive.search(question["question"], limit=_HITS, now=now)
        judged.append(
            Judged(
                place=place,
                question=question,
                answer=answer,
                unrefused=unrefused,
                rank=_rank(hits, question),
            )
        )
    return judged


def ask(archive: Archive, question: str, *, now: str) -> tuple[Answer, Answer]:
    """Return the answer as shipped, and what is said if nothing is refused."""
    answer = archive.ask(question, now=now)
    if answer.citations:
        return answer, answer
    return answer, archive.with_threshold(0.0).ask(question, now=now)


def is_right(answer: Answer, question: Record) -> bool:
    """Say whether an answer's first citation is of an expected article and holds the answer.

    If its headline answers, the headline holds it.

    Where the question has `only_day`, its answer is not worded as in the article: then the day that
    the answer gives must be right.
    """
    for first in answer.citations[:1]:
        if first.article_id not in question["expected_article_ids"]:
            return False
        if question.get("only_day"):
            return _day(answer) == str(question["expected_date"])
        told = first.title if first.is_headline else first.quote
        return holds_any(told, question["expected_answer"])
    return False


def _rank(hits: Sequence[Hit], question: Record) -> int | None:
    """Return the place of the first hit that holds the answer, or is of its article."""
    for place, hit in enumerate(hits, start=1):
        is_worded = question.get("only_day") or holds_any(hit.text, question["expected_answer"])
        if is_worded and hit.article_id in question["expected_article_ids"]:
            return place
    return None


def _day(answer: Answer) -> str:
    """Return the ISO day on which the time that an answer gives begins; empty if it has none."""
    return str(answer.when.first) if answer.when and answer.when.first else ""


def _within(part: str, whole: str) -> bool:
    """Say whether the words of one text stand in another, in their order."""
    part_words, whole_words = words(part), words(whole)
    return bool(part_words) and f" {' '.join(part_words)} " in f" {' '.join(whole_words)} "

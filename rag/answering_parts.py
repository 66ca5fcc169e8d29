"""Answers one part of a question: finds passages, reads them, weighs what they tell, cites it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from rag.evidence.citations import cite
from rag.evidence.headlines import headlines_of, tells_alone
from rag.evidence.reader import Evidence, Read, rank_passages, read_on, read_sentences
from rag.evidence.retrieval import FoundPassage, compare_with_all_days
from rag.evidence.signals import shares_of
from rag.evidence.values.notices import find_corrected, find_notices, is_let_through
from rag.evidence.values.read_values import value_of
from rag.evidence.values.showing import Arranged, arrange, told_in, value_records
from rag.evidence.values.tolls import counts_on
from rag.evidence.values.twins import find_alike
from rag.evidence.values.weighing import Beside, Weighed, weigh_values
from rag.models.embedding import Embedder
from rag.models.reading import PACKAGED_READER, ReadingModel
from rag.question.asked import AskedPart, AskedQuestion, with_full_forms
from rag.records import Answer, Article, Hit, SearchFilter
from rag.replies import Cited, compose, decline, describe_search
from rag.searching import Searching
from rag.steps import begin_step
from rag.store.interface import Store
from rag.text.calendar import day_in_words
from rag.text.english import is_english

# How many passages are read for an answer. `bench/` shows the results with fewer and more.
PASSAGES_READ = 10
# In so many passages, the reports of a story are looked at for its counts, without the reader.
REPORTS_OF_A_COUNT = 40

_UNREAD = {
    True: "{} article that was found is not in English, so it was not read",
    False: "{} articles that were found are not in English, so they were not read",
}
_CHANGED = {
    True: "{} article published by then was changed since, so it was not searched",
    False: "{} articles published by then were changed since, so they were not searched",
}


@dataclass(frozen=True, slots=True)
class PartAnswering:
    """What is needed to answer one part of a question.

    `threshold` is the least confidence of an answer. Without a reader, the words alone decide.
    """

    searching: Searching
    reader: ReadingModel | None
    threshold: float

    @property
    def _store(self) -> Store:
        return self.searching.store

    @property
    def _embedder(self) -> Embedder:
        return self.searching.embedder

    def rank(
        self, part: AskedPart, found: Sequence[FoundPassage], where: SearchFilter
    ) -> list[FoundPassage]:
        """Return passages by how well they answer, as the reader judges them, best first."""
        found = compare_with_all_days(part, found, self._store, where)
        part = _as_written(part, found)
        return rank_passages(
            part,
            found,
            self._weights_of(part),
            passages=self._store.manifest.passages,
            model=self.reader,
        )

    def answer(self, part: AskedPart, asked: AskedQuestion, *, first: int) -> Answer:
        """Return the answer to one part of a question, with citations numbered from `first`.

        What follows another question is read in two ways, and the answer that is surer is given.
        """
        readings = [part] if part.after is None else [part, part.after]
        searched = self._describe_searched(asked)
        answers = [
            self._answer_reading(reading, asked, first=first, searched=searched)
            for reading in readings
        ]
        return max(answers, key=lambda answer: (bool(answer.citations), answer.confidence))

    def _describe_searched(self, asked: AskedQuestion) -> str:
        """Return in words what a question is asked of, and what was left out of it."""
        searched = describe_search(
            self._store.count_searched(asked.where),
            asked,
            of=self._store.manifest.articles,
        )
        if day := asked.time.counted_from:
            searched += f", counted from {day_in_words(day)}"
            is_last = day == self.searching.last_day(asked.where.now)
            searched += ", the archive's last day" if is_last else ""
        if (day := asked.where.as_of) and (count := self._store.changed_since(asked.where, day)):
            searched += f"; {_CHANGED[count == 1].format(f'{count:,}')}"
        return searched

    def _answer_reading(
        self, part: AskedPart, asked: AskedQuestion, *, first: int, searched: str
    ) -> Answer:
        begin_step("searching")
        found = self.searching.find(part, asked.where, PASSAGES_READ)
        found = compare_with_all_days(part, found, self._store, asked.where)
        readable = self._readable(found)
        begin_step("reading")
        part = _as_written(part, readable)
        weighed = self._weigh(part, asked, readable)
        evidence = weighed.evidence
        if unread := len({item.article.id for item in found} - {r.article.id for r in readable}):
            searched += f"; {_UNREAD[unread == 1].format(unread)}"
        nearest = tuple(item.hit for item in found)
        answers = self._answers(evidence)
        if not answers or _names_nobody(part, evidence[0]):
            holding = [item for item in readable if item.article.id not in weighed.killed]
            # A sentence that only says "he" leaves it to the headline to say who.
            beside = () if answers else evidence
            headline = self._told_in_headline(part, holding, beside=beside)
            if headline and (not answers or headline.confidence > evidence[0].confidence):
                cited = Cited.alone(cite([headline], self._store, first=first), headline.confidence)
                return compose(
                    part, asked, cited, best=headline, nearest=nearest, searched=searched
                )
        if not answers:
            return decline(part, asked, evidence, nearest=nearest, searched=searched)
        shown = arrange(weighed, threshold=self.threshold)
        return compose(
            part,
            asked,
            self._cite(shown, weighed, first=first),
            best=shown.answer[0],
            nearest=_with_cited(nearest, shown),
            searched=searched,
        )

    def _told_in_headline(
        self, part: AskedPart, found: Sequence[FoundPassage], *, beside: Sequence[Evidence]
    ) -> Evidence | None:
        """Return a headline that answers, if one does; no headline tells when.

        If a sentence `beside` it, of the texts, may answer too, it is less sure.
        """
        if part.kind == "when":
            return None
        weights, passages = self._weights_of(part), self._store.manifest.passages
        shares = shares_of(part, weights, passages=passages)
        headlines = headlines_of(part, found, shares, self._embedder)
        if not headlines:
            return None
        read = read_sentences(
            part, headlines, weights, passages=passages, model=self.reader, beside=beside
        )
        # The packaged reader marks words in every headline that may answer.
        marks = self.reader is not None and self.reader.name == PACKAGED_READER
        able = (piece for piece in read.sentences if piece.answer or not marks)
        telling = [piece for piece in able if tells_alone(piece, part)]
        return telling[0] if self._answers(telling) else None

    def _reads(self, article: Article) -> bool:
        """Say whether the reader knows the language; one that the user configures may know all."""
        is_ours = self.reader is None or self.reader.name == PACKAGED_READER
        return not is_ours or is_english(f"{article.title}\n{article.text}", article.language)

    def _readable(self, found: Sequence[FoundPassage]) -> list[FoundPassage]:
        """Return the passages of articles in a language that the reader knows."""
        return [item for item in found if self._reads(item.article)]

    def _cite(self, shown: Arranged, weighed: Weighed, *, first: int) -> Cited:
        """Return the verified citations of what an answer shows, numbered from `first`."""
        answer = cite(shown.answer, self._store, first=first)
        others = cite(shown.other_events, self._store, first=first + len(answer))
        older = cite(shown.older, self._store, first=first + len(answer) + len(others))
        return Cited(
            answer=answer,
            other_events=others,
            older=older,
            values=value_records(
                weighed, (*answer, *others, *older), cite(told_in(weighed), self._store)
            ),
            differ=weighed.decided.differ,
            confidence=weighed.confidence,
        )

    def _weigh(
        self, part: AskedPart, asked: AskedQuestion, found: Sequence[FoundPassage]
    ) -> Weighed:
        """Return the evidence in passages and its values, without what was corrected since."""
        read, reads_on = self._read(part, found)
        sure = [piece for piece in read.sentences if piece.confidence >= self.threshold]
        where = asked.where
        notices = find_notices(part, sure, found, self._store, self._embedder, where=where)
        tells = any(value_of(piece, part) is not None for piece in sure[:1])
        alike = self._find_alike(part, asked, sure, [*found, *notices])
        alike += find_corrected(sure, self._store, self._embedder, where=where)
        readable = self._readable(notices)
        inside = [item for item in readable if is_let_through(item.article, where)]
        counting = sure and counts_on(part) is not None
        return weigh_values(
            part,
            read.sentences,
            found,
            Beside(
                notices=[item for item in readable if not is_let_through(item.article, where)],
                alike=[*inside, *alike],
                further=reads_on() if sure and (tells or part.kind != "other") else (),
                reports=self._reports(part, asked, found) if counting else (),
            ),
            threshold=self.threshold,
            wants_present=asked.time.wants_present,
        )

    def _read(
        self, part: AskedPart, found: Sequence[FoundPassage]
    ) -> tuple[Read, Callable[[], list[Evidence]]]:
        """Return what the reader says of the passages, and a way to read those that it left."""
        weights, count = self._weights_of(part), self._store.manifest.passages
        read = read_sentences(part, found, weights, passages=count, model=self.reader)
        return read, partial(read_on, part, found, weights, read, passages=count, model=self.reader)

    def _weights_of(self, part: AskedPart) -> dict[int, float]:
        """Return the IDFs of a question's terms."""
        return self._store.term_weights(sorted(part.terms))

    def _find_alike(
        self,
        part: AskedPart,
        asked: AskedQuestion,
        sure: Sequence[Evidence],
        known: Sequence[FoundPassage],
    ) -> list[FoundPassage]:
        """Return more passages that are worded like the best sentences that tell a value."""
        store, embedder = self._store, self._embedder
        return self._readable(find_alike(part, sure, known, store, embedder, where=asked.where))

    def _reports(
        self, part: AskedPart, asked: AskedQuestion, found: Sequence[FoundPassage]
    ) -> Sequence[FoundPassage]:
        """Return passages that may give a count one after the other, most of which are not read.

        While vectors are computed these are the ones that were found, because more of them would be
        embedded here, which takes a second.
        """
        manifest = self._store.manifest
        if manifest.embedded < manifest.articles:
            return found
        return self._readable(self.searching.find(part, asked.where, REPORTS_OF_A_COUNT))

    def _answers(self, evidence: Sequence[Evidence]) -> bool:
        return bool(evidence) and evidence[0].confidence >= self.threshold


def _as_written(part: AskedPart, found: Sequence[FoundPassage]) -> AskedPart:
    """Return a part with its abbreviations in full if that is how the passages write them."""
    return with_full_forms(part, [f"{item.article.title}\n{item.hit.text}" for item in found])


def _names_nobody(part: AskedPart, best: Evidence) -> bool:
    """Say whether the best answer to "who" has no name in it, so that a headline may say more."""
    # The first word of a sentence has a capital anyway.
    return part.kind == "who" and not any(map(str.isupper, best.marked[1:]))


def _with_cited(nearest: Sequence[Hit], shown: Arranged) -> tuple[Hit, ...]:
    """Return the hits with those that are cited beside them.

    What corrects an article, or is newer, may stand in a passage that the search did not find.
    """
    hits = {(hit.article_id, hit.start): hit for hit in nearest}
    for piece in (*shown.answer, *shown.other_events, *shown.older):
        hits.setdefault((piece.found.hit.article_id, piece.found.hit.start), piece.found.hit)
    return tuple(hits.values())

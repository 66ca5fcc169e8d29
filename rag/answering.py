"""Takes a question through every step to its answer: search, reader, choice, citations, words.

`Archive` is the class that people use, and it passes every question to the object here.
"""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache, partial

from rag.errors import QuestionError, WritingError
from rag.evidence.citations import cite
from rag.evidence.event_days import limit_by_event
from rag.evidence.headlines import headlines_of, tells_alone
from rag.evidence.phrases import Held, find_held, search_held
from rag.evidence.reader import Evidence, Read, rank_passages, read_on, read_sentences, unweighed
from rag.evidence.retrieval import (
    MOST_CANDIDATES,
    FoundPassage,
    compare_with_all_days,
    one_per_article,
    retrieve,
)
from rag.evidence.signals import shares_of
from rag.evidence.values.notices import find_corrected, find_notices, is_let_through
from rag.evidence.values.read_values import value_of
from rag.evidence.values.showing import Arranged, arrange, told_in, value_records
from rag.evidence.values.tolls import counts_on
from rag.evidence.values.twins import find_alike
from rag.evidence.values.weighing import Beside, Weighed, weigh_values
from rag.models.carrying import CarryingModel
from rag.models.embedding import Embedder
from rag.models.reading import PACKAGED_READER, ReadingModel
from rag.question.asked import AskedPart, AskedQuestion, read_part, with_full_forms, without_outlet
from rag.question.capitals import lacks_capitals, restore_capitals
from rag.question.follow_ups import Earlier, FollowUp, understand_follow_up
from rag.question.outlets import (
    NamedOutlets,
    may_name_outlets,
    read_outlets,
    resolve_outlets,
    resolve_sections,
)
from rag.question.restrictions import restrictions_of, without_restrictions
from rag.question.spelling import mend_spelling
from rag.records import Answer, AnswerSentence, Article, Hit, Provenance, SearchFilter
from rag.replies import (
    Cited,
    compose,
    decline,
    describe_search,
    join_answers,
    lead_with,
    told_by_others,
)
from rag.steps import begin_step
from rag.store.interface import Store
from rag.text.calendar import day_in_words
from rag.text.english import is_english
from rag.version import __version__
from rag.writing.streams import AnswerLimits
from rag.writing.support import check_sentence
from rag.writing.writer import Writer
from rag.writing.written_answers import finish, write_answer

# How many passages are read for an answer. `bench/` shows the results with fewer and more.
PASSAGES_READ = 10
# In so many passages, the reports of a story are looked at for its counts, without the reader.
REPORTS_OF_A_COUNT = 40
# Where too few articles are found, so many times more passages are looked for.
_DEEPER = 4

_UNREAD = {
    True: "{} article that was found is not in English, so it was not read",
    False: "{} articles that were found are not in English, so they were not read",
}
_CHANGED = {
    True: "{} article published by then was changed since, so it was not searched",
    False: "{} articles published by then were changed since, so they were not searched",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Everything that is needed to answer questions.

    `carrier` loads the model for follow-ups when the first is asked; without it nothing is carried.
    `threshold` is the least confidence of an answer. `writer` is the language model that writes it,
    or None for answers in quotes. `limits` are those of a model that a program gives instead of it.
    `show_unsupported` keeps written sentences that their quotes do not support.
    """

    store: Store
    embedder: Embedder
    threshold: float
    reader: ReadingModel | None = None
    carrier: Callable[[], CarryingModel] | None = None
    writer: Writer | None = None
    limits: AnswerLimits | None = None
    show_unsupported: bool = False

    def understand(self, question: str, history: Sequence[Earlier]) -> FollowUp:
        """Return what a question needs from the turns before it."""
        model = self.carrier() if self.carrier and history else None
        return understand_follow_up(question, history, model=model, rewriter=self.writer)

    def find(
        self, part: AskedPart, where: SearchFilter, limit: int, *, once_a_story: bool = False
    ) -> list[FoundPassage]:
        """Return at most `limit` passages, best first.

        Raises:
            QuestionError: `limit` is less than one.
        """
        if limit < 1:
            raise QuestionError(f"limit is {limit}; ask for at least one hit")
        return retrieve(
            part,
            self.store,
            self.embedder,
            where=where,
            limit=limit,
            once_a_story=once_a_story,
        )

    def find_notices(
        self, part: AskedPart, found: Sequence[FoundPassage], where: SearchFilter
    ) -> list[FoundPassage]:
        """Return further passages that may correct or withdraw what was found."""
        pieces = (piece for item in found for piece in unweighed(item))
        return find_notices(part, pieces, found, self.store, self.embedder, where=where)

    def held(self, where: SearchFilter) -> Held | None:
        """Return what the archive has of the phrases of a filter, None if it has no phrases.

        If no article that a filter lets through has them, it is said how many others have.
        """
        if not where.phrases:
            return None
        held = find_held(where.phrases, self.store, where)
        searched = ", ".join(restrictions_of(where))
        if not searched:
            return held
        others = 0
        if not held.places:
            others = len(find_held(where.phrases, self.store, without_restrictions(where)).places)
        return replace(held, searched=searched, others=others)

    def list_articles(
        self, part: AskedPart, where: SearchFilter, most: int, *, held: Held | None
    ) -> list[FoundPassage]:
        """Return the best passage of at most `most` articles, one of each story, best first.

        With phrases, it is all that have them, which are those in `held`. Long articles may take up
        all places, so it looks deeper until there are enough articles.
        """
        if held is not None:
            return search_held(part, held, self.store, self.embedder, where=where, limit=None)
        limit = most
        while True:
            found = self.find(part, where, limit, once_a_story=True)
            articles = one_per_article(found)
            if len(articles) >= most or len(found) < limit or limit >= MOST_CANDIDATES:
                return articles[:most]
            limit = min(limit * _DEEPER, MOST_CANDIDATES)

    def search(
        self, part: AskedPart, where: SearchFilter, limit: int, *, held: Held | None = None
    ) -> list[FoundPassage]:
        """Return at most `limit` passages, one of each story; with phrases, those that have them.

        `held` is what the archive has of these phrases, looked up here if it is not given.

        Raises:
            QuestionError: `limit` is less than one.
        """
        if limit < 1 or not where.phrases:
            return self.find(part, where, limit, once_a_story=True)
        held = held or self.held(where)
        assert held is not None
        return search_held(part, held, self.store, self.embedder, where=where, limit=limit)

    def rank(
        self, part: AskedPart, found: Sequence[FoundPassage], where: SearchFilter
    ) -> list[FoundPassage]:
        """Return passages by how well they answer, as the reader judges them, best first."""
        found = compare_with_all_days(part, found, self.store, where)
        part = _as_written(part, found)
        return rank_passages(
            part,
            found,
            self._weights_of(part),
            passages=self.store.manifest.passages,
            model=self.reader,
        )

    def mend(self, question: str, where: SearchFilter) -> str:
        """Return a question with the words mended that no passage has and that look misspelt.

        If it was typed without capitals, its names get theirs. Words in quotes are wanted as they
        are, so a question with such is left alone.
        """
        if where.phrases:
            return question

        @cache
        def nearby(asked: str) -> list[str]:
            found = self.find(read_part(asked, self.embedder), where, PASSAGES_READ)
            return [f"{item.article.title}\n{item.hit.text}" for item in found]

        mended = mend_spelling(question, weigh=self.store.term_weights, nearby=nearby)
        if not lacks_capitals(mended):
            return mended
        # Headlines may have a capital in each word.
        return restore_capitals(mended, [text.partition("\n")[2] for text in nearby(mended)])

    def last_day(self, now: datetime | None) -> date | None:
        """Return the last day on which an article was published that may be found at an instant."""
        newest = self.store.newest(SearchFilter(now=now), first=0, limit=1)
        return next((facts.published for facts in self.store.facts_of(newest)), None)

    def answer(self, asked: AskedQuestion) -> Answer:
        """Return the answer in quotes; for words in quotes, from the articles that have them.

        If no article has them, all articles are asked, and the answer begins with that.
        """
        held = self.held(asked.where)
        if held is None:
            return self._answer_asked(asked)
        inside = replace(asked.where, articles=held.articles) if held.places else asked.where
        noted = replace(asked, where=inside, notes=(*asked.notes, str(held)))
        answer = self._answer_asked(noted)
        if held.places or answer.status != "answered":
            return answer
        said = f"{str(held)[:1].upper()}{str(held)[1:]}. Without the quotation marks:"
        return lead_with(said, answer)

    def _answer_asked(self, asked: AskedQuestion) -> Answer:
        """Return the answer in quotes; for a question of several parts, it answers each part.

        If the question counts from an event whose day the archive knows, only what happened after
        it, or before it, is looked at first.
        """
        limited = limit_by_event(asked, self.embedder, partial(self._answer_part, first=1))
        if limited is not None:
            answer = self._answer_parts(limited)
            if answer.status == "answered":
                return replace(answer, provenance=self._provenance(limited.where))
        answer = self._answer_parts(asked)
        return replace(answer, provenance=self._provenance(asked.where))

    def _provenance(self, where: SearchFilter) -> Provenance:
        """Return by what, and from which state of the archive, this answers a search now."""
        return Provenance(
            asked=where.now or datetime.now(UTC),
            dateline=__version__,
            archive=self.store.location,
            generation=self.store.generation,
            articles=self.store.manifest.articles,
            embedding_model=self.embedder.name,
            reader=self.reader.name if self.reader else "",
            language_model=self.writer.name if self.writer else "",
            threshold=self.threshold,
            searched=where,
        )

    def answer_from(self, named: NamedOutlets, asked: AskedQuestion) -> Answer:
        """Return what the outlets that a question names say; if they do not, what others say."""
        if not named.outlets:
            answer = self.answer(asked)
            if not named.name or answer.status != "answered":
                return answer
            said = f"No article is from “{named.name}”; this is from other outlets."
            return lead_with(said, answer)
        parts = tuple(without_outlet(part, named.name) for part in asked.parts)
        everywhere = replace(asked, parts=parts)
        inside = replace(everywhere, where=replace(asked.where, sources=named.outlets))
        answer = replace(self.answer(inside), outlets=named.outlets)
        if answer.status == "answered":
            return answer
        other = self.answer(everywhere)
        if other.status != "answered":
            return answer
        return told_by_others(named.outlets, other)

    def outlets_in(self, question: str, where: SearchFilter) -> NamedOutlets:
        """Return the outlets that a question names as its sources, if no filter has any."""
        if where.sources is not None or not may_name_outlets(question):
            return NamedOutlets(rest=question)
        return read_outlets(question, self.store.sources())

    def resolved(self, where: SearchFilter) -> SearchFilter:
        """Return a filter with its outlets and sections named as the archive names them."""
        if where.sources:
            sources = resolve_outlets(where.sources, self.store.sources())
            where = replace(where, sources=sources)
        if where.sections:
            sections = resolve_sections(where.sections, self.store.sections())
            where = replace(where, sections=sections)
        return where

    def _answer_parts(self, asked: AskedQuestion) -> Answer:
        answers: list[Answer] = []
        for part in asked.parts:
            cited = sum(len(answer.citations) + len(answer.also_found) for answer in answers)
            answers.append(self._answer_part(part, asked, first=cited + 1))
        return join_answers(asked, answers)

    def write(
        self, answer: Answer, history: Sequence[tuple[str, str]]
    ) -> Generator[AnswerSentence, None, Answer]:
        """Yield the sentences that the language model writes, each checked; return the answer.

        Without a model, the answer is returned as it is.
        """
        if self.writer is None:
            return answer
        begin_step("writing")
        sentences: list[AnswerSentence] = []
        failure: WritingError | None = None
        try:
            for sentence in write_answer(
                self.writer,
                answer,
                check=partial(check_sentence, embedder=self.embedder, question=answer.asked),
                show_unsupported=self.show_unsupported,
                history=history,
            ):
                sentences.append(sentence)
                yield sentence
        except WritingError as error:
            failure = error
        return finish(answer, sentences, failure=failure)

    def _answer_part(self, part: AskedPart, asked: AskedQuestion, *, first: int) -> Answer:
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
            self.store.count_searched(asked.where), asked, of=self.store.manifest.articles
        )
        if day := asked.time.counted_from:
            searched += f", counted from {day_in_words(day)}"
            searched += ", the archive's last day" if day == self.last_day(asked.where.now) else ""
        if (day := asked.where.as_of) and (count := self.store.changed_since(asked.where, day)):
            searched += f"; {_CHANGED[count == 1].format(f'{count:,}')}"
        return searched

    def _answer_reading(
        self, part: AskedPart, asked: AskedQuestion, *, first: int, searched: str
    ) -> Answer:
        begin_step("searching")
        found = self.find(part, asked.where, PASSAGES_READ)
        found = compare_with_all_days(part, found, self.store, asked.where)
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
                cited = Cited.alone(cite([headline], self.store, first=first), headline.confidence)
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
        weights, passages = self._weights_of(part), self.store.manifest.passages
        shares = shares_of(part, weights, passages=passages)
        headlines = headlines_of(part, found, shares, self.embedder)
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
        answer = cite(shown.answer, self.store, first=first)
        others = cite(shown.other_events, self.store, first=first + len(answer))
        older = cite(shown.older, self.store, first=first + len(answer) + len(others))
        return Cited(
            answer=answer,
            other_events=others,
            older=older,
            values=value_records(
                weighed, (*answer, *others, *older), cite(told_in(weighed), self.store)
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
        notices = find_notices(part, sure, found, self.store, self.embedder, where=where)
        tells = any(value_of(piece, part) is not None for piece in sure[:1])
        alike = self._find_alike(part, asked, sure, [*found, *notices])
        alike += find_corrected(sure, self.store, self.embedder, where=where)
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
        weights, count = self._weights_of(part), self.store.manifest.passages
        read = read_sentences(part, found, weights, passages=count, model=self.reader)
        return read, partial(read_on, part, found, weights, read, passages=count, model=self.reader)

    def _weights_of(self, part: AskedPart) -> dict[int, float]:
        """Return the IDFs of a question's terms."""
        return self.store.term_weights(sorted(part.terms))

    def _find_alike(
        self,
        part: AskedPart,
        asked: AskedQuestion,
        sure: Sequence[Evidence],
        known: Sequence[FoundPassage],
    ) -> list[FoundPassage]:
        """Return more passages that are worded like the best sentences that tell a value."""
        store, embedder = self.store, self.embedder
        return self._readable(find_alike(part, sure, known, store, embedder, where=asked.where))

    def _reports(
        self, part: AskedPart, asked: AskedQuestion, found: Sequence[FoundPassage]
    ) -> Sequence[FoundPassage]:
        """Return passages that may give a count one after the other, most of which are not read.

        While vectors are computed these are the ones that were found, because more of them would be
        embedded here, which takes a second.
        """
        manifest = self.store.manifest
        if manifest.embedded < manifest.articles:
            return found
        return self._readable(self.find(part, asked.where, REPORTS_OF_A_COUNT))

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

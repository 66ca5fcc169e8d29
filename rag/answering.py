"""Takes a question to its answer, through all its parts, and lets a language model write it.

`Archive` is the class that people use, and it passes every question to the object here.
"""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from rag.answering_parts import PartAnswering
from rag.errors import WritingError
from rag.evidence.event_days import limit_by_event
from rag.models.carrying import CarryingModel
from rag.models.embedding import Embedder
from rag.models.reading import ReadingModel
from rag.question.asked import AskedQuestion, without_outlet
from rag.question.follow_ups import Earlier, FollowUp, understand_follow_up
from rag.question.outlets import NamedOutlets
from rag.records import Answer, AnswerSentence, Provenance, SearchFilter
from rag.replies import join_answers, lead_with, told_by_others
from rag.searching import Searching
from rag.steps import begin_step
from rag.store.interface import Store
from rag.version import __version__
from rag.writing.streams import AnswerLimits
from rag.writing.support import check_sentence
from rag.writing.writer import Writer
from rag.writing.written_answers import finish, write_answer


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

    @property
    def searching(self) -> Searching:
        """What finds passages and articles in the same archive."""
        return Searching(self.store, self.embedder)

    @property
    def parts(self) -> PartAnswering:
        """What answers one part of a question from the same archive."""
        return PartAnswering(self.searching, self.reader, self.threshold)

    def understand(self, question: str, history: Sequence[Earlier]) -> FollowUp:
        """Return what a question needs from the turns before it."""
        model = self.carrier() if self.carrier and history else None
        return understand_follow_up(question, history, model=model, rewriter=self.writer)

    def answer(self, asked: AskedQuestion) -> Answer:
        """Return the answer in quotes; for words in quotes, from the articles that have them.

        If no article has them, all articles are asked, and the answer begins with that.
        """
        held = self.searching.held(asked.where)
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
        limited = limit_by_event(asked, self.embedder, partial(self.parts.answer, first=1))
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

    def _answer_parts(self, asked: AskedQuestion) -> Answer:
        answers: list[Answer] = []
        for part in asked.parts:
            cited = sum(len(answer.citations) + len(answer.also_found) for answer in answers)
            answers.append(self.parts.answer(part, asked, first=cited + 1))
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

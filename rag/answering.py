"""A question and its filter -> an answer: retrieval, reader, citations, words, in that order.

The line of the design as one object; `Archive` is what people hold.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from functools import partial

from rag.errors import QuestionError, WritingError
from rag.evidence.citations import cite
from rag.evidence.reader import Evidence, read
from rag.evidence.retrieval import Found, Question, retrieve, understand
from rag.models.embedding import Embedder
from rag.models.reading import ReadingModel
from rag.question.asked_time import AskedTime
from rag.question.parts import QuestionPart, split_question
from rag.records import Answer, AnswerSentence, SearchFilter
from rag.replies import (
    compose,
    decline,
    describe_search,
    join_answers,
    newest_first,
    sort_evidence,
)
from rag.store.interface import Store
from rag.writing.support import check_sentence
from rag.writing.written_answers import AnswerWriter, finish, write_answer

# Passages read for an answer: `bench/` shows what fewer and more give.
_PASSAGES_READ = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """What questions are answered with.

    `threshold` is the least confidence of an answer; `writer` the language model that writes it,
    None for quotes alone; `show_unsupported` keeps the sentences that its quotes do not carry.
    """

    store: Store
    embedder: Embedder
    threshold: float
    reader: ReadingModel | None = None
    writer: AnswerWriter | None = None
    show_unsupported: bool = False

    def find(
        self,
        question: str,
        where: SearchFilter,
        limit: int,
        *,
        once_a_story: bool = False,
        context: str = "",
    ) -> tuple[Question, list[Found]]:
        """Return the question as it is searched, and at most `limit` passages, best first.

        Raises:
            QuestionError: the question is empty, or fewer than one passage is asked for.
        """
        if not question.strip():
            raise QuestionError("the question is empty; ask something, such as 'Who won?'")
        if limit < 1:
            raise QuestionError(f"limit is {limit}; ask for at least one hit")
        understood = understand(question, self.embedder, context=context)
        found = retrieve(
            understood,
            self.store,
            self.embedder,
            where=where,
            limit=limit,
            once_a_story=once_a_story,
        )
        return understood, found

    def answer(self, question: str, where: SearchFilter, asked: AskedTime) -> Answer:
        """Return the answer in quotes; a question of several parts has one for each."""
        answers: list[Answer] = []
        for part in split_question(question):
            cited = sum(len(answer.citations) + len(answer.also_found) for answer in answers)
            answers.append(self._answer_part(part, where, asked, first=cited + 1))
        return answers[0] if len(answers) == 1 else join_answers(question, answers)

    def write(
        self, answer: Answer, history: Sequence[tuple[str, str]]
    ) -> Generator[AnswerSentence, None, Answer]:
        """Yield what the language model writes of an answer, each sentence checked; return it all.

        Without a model the answer is returned as it is.
        """
        if self.writer is None:
            return answer
        sentences: list[AnswerSentence] = []
        failure: WritingError | None = None
        try:
            for sentence in write_answer(
                self.writer,
                answer,
                check=partial(check_sentence, embedder=self.embedder, question=answer.question),
                show_unsupported=self.show_unsupported,
                history=history,
            ):
                sentences.append(sentence)
                yield sentence
        except WritingError as error:
            failure = error
        return finish(answer, sentences, failure=failure)

    def _answer_part(
        self, part: QuestionPart, where: SearchFilter, asked: AskedTime, *, first: int
    ) -> Answer:
        """Return the answer to one question, its citations numbered from `first`."""
        question = part.question
        understood, found = self.find(question, where, _PASSAGES_READ, context=part.context)
        evidence = read(
            understood,
            found,
            self.store.term_weights(understood.terms.indices),
            passages=self.store.manifest.passages,
            model=self.reader,
        )
        if asked.wants_present:
            evidence = newest_first(evidence, threshold=self.threshold)
        searched = describe_search(self.store.manifest.articles, where, asked)
        nearest = tuple(item.hit for item in found)
        if not self._answers(evidence):
            return decline(question, evidence, nearest=nearest, searched=searched, where=where)
        chosen = sort_evidence(evidence, threshold=self.threshold)
        citations = cite(chosen.answer, self.store, first=first)
        also_found = cite(chosen.other_events, self.store, first=first + len(citations))
        return compose(
            question,
            best=evidence[0],
            citations=citations,
            also_found=also_found,
            nearest=nearest,
            searched=searched,
            where=where,
        )

    def _answers(self, evidence: Sequence[Evidence]) -> bool:
        return bool(evidence) and evidence[0].confidence >= self.threshold

"""Keep one conversation while it goes on: its turns, what waits, its filters. No Streamlit here.

What is kept in the store is what counts: other tabs and servers may add to the same conversation.
Where the store cannot be used, the conversation lives as long as its session.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Lock

from rag.errors import WritingError
from rag.records import Answer, AnswerSentence
from rag.steps import Step
from rag.text.plain_text import one_line, readable
from rag.writing.written_answers import finish
from ui.page.conversation import PageFilters, Readable, Turn, Waiting, answer, new_id
from ui.page.conversation_store import ConversationStore, NotKept
from ui.page.incidents import report

_LONGEST_TITLE = 120
_LOG = logging.getLogger(__name__)


class _StoppedError(Exception):
    """Nobody wants more of what a language model writes."""


@dataclass(slots=True)
class Writing:
    """An answer while a language model writes it: the turn in quotes, and what was written."""

    quoted: Turn
    sentences: list[AnswerSentence] = field(default_factory=list)
    is_stopped: bool = False

    def stopped(self) -> Turn:
        """Return the turn as it is when the writing ends here."""
        assert self.quoted.answer is not None
        failure = WritingError("it was stopped", reason="stopped")
        answer = finish(self.quoted.answer, tuple(self.sentences), failure=failure)
        return replace(self.quoted, answer=answer)


@dataclass(slots=True)
class Conversation:
    """The turns of one conversation, and the questions that wait for an answer.

    A question waits until its turn is there. It is answered in another thread than that of the
    page, and two runs of the page may show the conversation at once.

    `store` keeps it, if there is one; `is_kept` says that this works. `unread` turns are kept in a
    form that cannot be read any more. `is_gone` says that it was deleted elsewhere. `writing` is
    what a language model has written so far to the question that is being answered.
    """

    id: str = field(default_factory=new_id)
    title: str = ""
    filters: PageFilters = field(default_factory=PageFilters)
    turns: list[Turn] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    store: ConversationStore | None = None
    is_kept: bool = True
    unread: int = 0
    is_gone: bool = False
    writing: "Writing | None" = None
    _changing: Lock = field(default_factory=Lock, compare=False, repr=False)

    # -- asking -------------------------------------------------------------------------------

    def put(
        self,
        question: str,
        *,
        read_time: bool = True,
        read_outlets: bool = True,
        carried: tuple[str, ...] | None = None,
        repeats: int | None = None,
    ) -> None:
        """Take a question to be answered, with or without the dates and outlets that it names.

        `carried` are the words to be added to it, None if Dateline chooses them. If it repeats the
        question of a turn, `repeats` is the number of that turn: it follows the same turns.
        """
        waiting = Waiting(
            question=readable(question),
            read_time=read_time,
            read_outlets=read_outlets,
            carried=carried,
            repeats=repeats,
            filters=self.filters,
        )
        self.waiting.append(waiting)
        self.title = self.title or one_line(waiting.question, most=_LONGEST_TITLE) or "Untitled"
        self._keep(
            lambda store: store.keep_waiting(
                self.id, waiting, title=self.title, filters=self.filters
            )
        )

    def put_again(self, turn: Turn) -> None:
        """Take the question of a turn again as it was asked, with the filters as they are now."""
        self.put(
            turn.question,
            read_time=turn.read_time,
            read_outlets=turn.read_outlets,
            carried=turn.carried,
            repeats=turn.first_asked,
        )

    def put_for_all_dates(self, turn: Turn) -> None:
        """Take the question of a turn again, so that the dates it names do not restrict it."""
        carried = turn.answer.carried if turn.answer else turn.carried
        self.put(
            turn.question,
            read_time=False,
            read_outlets=turn.read_outlets,
            carried=carried,
            repeats=turn.first_asked,
        )

    def put_without(self, turn: Turn, words: str) -> None:
        """Take the question of a turn again, without some of the words that were added to it."""
        kept = tuple(w for w in turn.answer.carried if w != words) if turn.answer else ()
        self.put(
            turn.question,
            read_time=turn.read_time,
            read_outlets=turn.read_outlets,
            carried=kept,
            repeats=turn.first_asked,
        )

    def put_as_written(self, turn: Turn) -> None:
        """Take the question of a turn again, without words of earlier turns, for all outlets."""
        self.put(
            turn.question,
            read_time=turn.read_time,
            read_outlets=False,
            carried=(),
            repeats=turn.first_asked,
        )

    def answer_of(self, turn_id: str) -> Answer | None:
        """Return the answer of a turn by its id; None if there is none."""
        return next((turn.answer for turn in self.turns if turn.id == turn_id), None)

    def next_waiting(self) -> Waiting | None:
        """Return the question that waits longest."""
        return next(iter(self.waiting), None)

    def answer_next(
        self,
        waiting: Waiting,
        archive: Readable,
        *,
        on_writing: Callable[["Writing"], object] = lambda _: None,
        on_step: Callable[[Step], object] = lambda _: None,
    ) -> Turn | None:
        """Answer a question and keep the turn; return None if it does not wait any more.

        Each step goes to `on_step` when it begins. If a language model writes, `on_writing` is
        called when the quotes are there, and again with each sentence.
        """
        self.refresh()
        if waiting not in self.waiting:
            return None
        turn = self._answer(waiting, archive, on_writing=on_writing, on_step=on_step)
        return self._keep_turn(turn)

    def stop_writing(self, id: str) -> None:  # noqa: A002
        """Keep what stands of the answer to a question while a language model writes to it.

        This does not wait for the model: whoever reads it finds that the question has its turn.
        """
        writing = self.writing
        if writing is not None and writing.quoted.id == id:
            writing.is_stopped = True
            self._keep_turn(writing.stopped())

    def _answer(
        self,
        waiting: Waiting,
        archive: Readable,
        *,
        on_writing: Callable[["Writing"], object],
        on_step: Callable[[Step], object],
    ) -> Turn:
        """Return the turn of a question. What breaks once breaks again: it is not asked anew."""
        number = len(self.turns) + 1
        # A model whose writing was stopped may still be read when the next begins.
        writing: Writing | None = None

        def begin(quoted: Turn) -> None:
            nonlocal writing
            self.writing = writing = Writing(quoted=quoted)
            on_writing(writing)

        def add(sentence: AnswerSentence) -> None:
            if writing is not None:
                if writing.is_stopped:
                    raise _StoppedError
                writing.sentences.append(sentence)
                on_writing(writing)

        try:
            return answer(
                archive,
                waiting,
                filters=waiting.filters,
                number=number,
                history=self._history(waiting),
                on_quotes=begin,
                on_sentence=add,
                on_step=on_step,
            )
        except _StoppedError:
            assert writing is not None
            return writing.stopped()
        except Exception as error:  # noqa: BLE001  the last stop of a question, which is logged
            return Turn(
                number=number,
                question=waiting.question,
                read_time=waiting.read_time,
                read_outlets=waiting.read_outlets,
                carried=waiting.carried,
                repeats=waiting.repeats,
                problem=report(error),
                filters=waiting.filters,
                id=waiting.id,
            )
        finally:
            if self.writing is writing:
                self.writing = None

    def _history(self, waiting: Waiting) -> list[Answer]:
        """Return the answers that a question follows: those before it, where it was first asked."""
        end = waiting.repeats
        return [
            turn.answer for turn in self.turns if turn.answer and (end is None or turn.number < end)
        ]

    # -- keeping ------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Take what other tabs and servers have added to this conversation."""
        with self._changing:
            self._refresh()

    def _refresh(self) -> None:
        if self.store is None or not self.is_kept or not self.title:
            return
        try:
            found = self.store.load(self.id, known={turn.id for turn in self.turns})
        except NotKept as error:
            self._note_not_kept(error)
            return
        if found is None:
            self.is_gone = True
            self.waiting = []
            return
        self.title = found.title
        self.turns = sorted([*self.turns, *found.turns], key=lambda turn: turn.number)
        self.waiting = list(found.waiting)
        self.unread = found.unread

    def narrow(self, filters: PageFilters) -> None:
        """Set the filters of the questions that come."""
        self.filters = filters
        self._keep(lambda store: store.keep(self.id, title=self.title, filters=filters))

    def rename(self, title: str) -> None:
        """Give the conversation another title; an empty one changes nothing."""
        if named := one_line(readable(title), most=_LONGEST_TITLE):
            self.title = named
            self._keep(lambda store: store.rename(self.id, named))

    def _keep_turn(self, turn: Turn) -> Turn | None:
        """Put a turn in place of its question; None if that does not wait any more."""
        with self._changing:
            return self._put_in_place(turn)

    def _put_in_place(self, turn: Turn) -> Turn | None:
        if any(one.id == turn.id for one in self.turns):
            return None
        kept: Turn | None = turn

        def keep(store: ConversationStore) -> None:
            nonlocal kept
            kept = store.keep_turn(self.id, turn)

        self._keep(keep)
        self.waiting = [one for one in self.waiting if one.id != turn.id]
        if kept is not None:
            self.turns.append(kept)
        return kept

    def _keep(self, keep: Callable[[ConversationStore], None]) -> None:
        if self.store is None or not self.is_kept:
            return
        try:
            keep(self.store)
        except NotKept as error:
            self._note_not_kept(error)

    def _note_not_kept(self, error: NotKept) -> None:
        _LOG.warning("%s", error)
        self.is_kept = False


def reopen(id: str, store: ConversationStore) -> Conversation | None:  # noqa: A002
    """Return a conversation as it is kept; None if it is not.

    Raises:
        NotKept: the database of conversations cannot be read.
    """
    found = store.load(id)
    if found is None:
        return None
    return Conversation(
        id=id,
        title=found.title,
        filters=found.filters,
        turns=list(found.turns),
        waiting=list(found.waiting),
        store=store,
        unread=found.unread,
    )

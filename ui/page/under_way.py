"""Makes answers, each in a thread of its own, while pages look on. No Streamlit here.

A page runs again whenever something is pressed, and the run before ends where it is. An answer that
such a run made would end with it and be asked anew, and a language model would write it twice. So a
run only looks on; the next one, or that of another tab, goes on looking at what stands.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Condition, Lock, Thread

from rag.records import Answer, AnswerSentence
from rag.steps import Step
from ui.page.conversation import Readable, Turn, Waiting
from ui.page.ongoing import Conversation, Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far an answer is: its step, and if a language model writes, its quotes and sentences."""

    step: Step | None = None
    quoted: Turn | None = None
    sentences: tuple[AnswerSentence, ...] = ()
    has_ended: bool = False


class UnderWay:
    """One answer that is being made; any number of pages may follow it.

    `turn` is the answer when it has ended, None if the question did not wait any more.
    """

    def __init__(self, waiting: Waiting, conversation: Conversation, archive: Readable) -> None:
        self.turn: Turn | None = None
        self.waiting = waiting
        self._conversation, self._archive = conversation, archive
        self._standing = Standing()
        self._error: Exception | None = None
        self._changed = Condition()

    @property
    def id(self) -> str:
        """The id of the question, and of its turn."""
        return self.waiting.id

    def run(self) -> None:
        """Make the answer and keep it."""
        try:
            self.turn = self._conversation.answer_next(
                self.waiting, self._archive, on_writing=self._show_writing, on_step=self._show_step
            )
        except Exception as error:  # noqa: BLE001  a page that follows raises it
            self._error = error
        finally:
            with _LOCK:
                _UNDER_WAY.pop(self.id, None)
            self._show(Standing(has_ended=True))

    def follow(self, *, quiet_seconds: float = 0.0) -> Iterator[Standing]:
        """Yield how it stands at each change, until it has ended.

        For the first `quiet_seconds`, steps are not told: most answers are there before.
        """
        self.let_reading_end(seconds=quiet_seconds)
        seen: Standing | None = None
        while seen is None or not seen.has_ended:
            with self._changed:
                while self._standing is seen:
                    self._changed.wait()
                seen = self._standing
            yield seen
        self._raise_error()

    def look(self) -> Standing:
        """Return how it stands now."""
        standing = self._standing
        if standing.has_ended:
            self._raise_error()
        return standing

    def let_reading_end(self, *, seconds: float) -> None:
        """Wait until the archive has been read for this, for so many seconds at most."""
        with self._changed:
            self._changed.wait_for(lambda: self._has_more_than_steps, timeout=max(0.0, seconds))

    def stop(self) -> None:
        """Keep what a language model has written so far, and end here.

        This does not wait for the model: whoever reads it finds that nobody wants more.
        """
        self._conversation.stop_writing(self.id)
        self._show(Standing(has_ended=True))

    def _raise_error(self) -> None:
        if self._error is not None:
            raise self._error

    @property
    def _has_more_than_steps(self) -> bool:
        return self._standing.has_ended or self._standing.quoted is not None

    def _show_step(self, step: Step) -> None:
        if self._standing.quoted is None:
            self._show(Standing(step=step))

    def _show_writing(self, writing: Writing) -> None:
        self._show(Standing(quoted=writing.quoted, sentences=tuple(writing.sentences)))

    def _show(self, standing: Standing) -> None:
        with self._changed:
            if not self._standing.has_ended:
                self._standing = standing
                self._changed.notify_all()


# By the questions that they answer.
_UNDER_WAY: dict[str, UnderWay] = {}
_LOCK = Lock()


def begin_next(conversation: Conversation, archive: Readable) -> UnderWay | None:
    """Return the answer to the question that waits longest, and begin it if nobody has."""
    waiting = conversation.next_waiting()
    if waiting is None:
        return None
    with _LOCK:
        if waiting.id in _UNDER_WAY:
            return _UNDER_WAY[waiting.id]
        begun = _UNDER_WAY[waiting.id] = UnderWay(waiting, conversation, archive)
    # The end of the process does not wait for a language model: the question waits in the store.
    Thread(target=begun.run, name=f"dateline-answer-{begun.id}", daemon=True).start()
    return begun


def let_reading_end(*, seconds: float) -> None:
    """Wait until no answer reads the archive any more, for so many seconds at most."""
    until = time.monotonic() + seconds
    with _LOCK:
        begun = list(_UNDER_WAY.values())
    for under_way in begun:
        under_way.let_reading_end(seconds=until - time.monotonic())


def answer_so_far(id: str) -> Answer | None:  # noqa: A002
    """Return the quotes to which a language model writes just now; None if it does not."""
    under_way = _find(id)
    quoted = under_way and under_way.look().quoted
    return quoted.answer if quoted else None


def stop_answer(id: str) -> None:  # noqa: A002
    """Keep what stands of the answer to a question while a language model writes to it."""
    under_way = _find(id)
    if under_way is not None:
        under_way.stop()


def _find(id: str) -> UnderWay | None:  # noqa: A002
    with _LOCK:
        return _UNDER_WAY.get(id)

"""The parts of a question: what it asks for, its verb, its noun phrases, its names, its time."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from rag.question.asked_time import read_asked_time
from rag.question.dialogue.names import Name

Role = Literal["asked", "subject", "object", "adjunct"]
Span = tuple[int, int]
# A question without one of its parts has this span for it.
NOWHERE: Span = (0, 0)
# Only where the words of a time stand is wanted here, and that is the same on every day.
_ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A noun phrase at its place, with its noun or name and what it is in the question.

    `lead` is where the preposition before it starts, its own start if there is none; `depth` counts
    the phrases that it stands inside of.
    """

    start: int
    end: int
    text: str
    head: str
    role: Role
    lead: int
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionParts:
    """A question in its parts, as spans of its text, `NOWHERE` for what it lacks.

    `asked` is its opening up to the verb, "how many people"; `inverted` says that the subject
    stands after an auxiliary, "did Armenia lose". `time` are the words that name the days.
    """

    text: str
    asked: Span
    asked_noun: str
    auxiliary: str
    inverted: bool
    verb: Span
    phrases: tuple[Phrase, ...]
    names: tuple[Name, ...]
    time: Span

    def said(self, span: Span) -> str:
        """Return the words of a span."""
        return self.text[span[0] : span[1]]

    def after(self, place: int) -> str:
        """Return what follows a place, without the question mark."""
        return self.text[place:].strip().rstrip("?!. ")

    def preposition(self, phrase: Phrase) -> str:
        """Return the preposition before a phrase, in lower case; empty if there is none."""
        return self.text[phrase.lead : phrase.start].strip().lower()

    def names_in(self, phrase: Phrase) -> list[Name]:
        """Return the names inside a phrase."""
        return [name for name in self.names if phrase.start <= name.start < phrase.end]

    def head_name(self, phrase: Phrase) -> Name | None:
        """Return the name that is a phrase's head; None if that is a common noun."""
        return next((name for name in self.names if name.text == phrase.head), None)

    def bare_end(self, phrase: Phrase) -> int:
        """Return where a phrase ends without what depends on its noun: "the vote" in Georgia."""
        inner = (
            other.lead
            for other in self.phrases
            if phrase.start < other.lead < other.start and other.start < phrase.end
        )
        return len(self.text[: min(inner, default=phrase.end)].rstrip())


def time_of_question(question: str) -> Span:
    """Return where a question names its days, with the preposition before them."""
    asked = read_asked_time(question, _ANY_DAY)
    if asked.window is None or not asked.text:
        return NOWHERE
    start = question.rfind(asked.text)
    return (start, start + len(asked.text))

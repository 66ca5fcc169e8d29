"""Finds who says each sentence of an article, where its text says so.

The speaker stands beside a verb of speech ("Ruiz said", "said the mayor, Ana Ruiz"), or before a
colon in a transcript ("RUIZ:", "A:"). "He said" belongs to the last name that fits, and a quotation
goes on after its speaker is named. For every other sentence, no speaker is claimed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rag.text.names import TIME_WORDS, find_names
from rag.text.patterns import any_of
from rag.text.places import place_at
from rag.text.sentences import split_sentences
from rag.text.speech import speech_verbs
from rag.text.words import plain

_QUOTE = re.compile(r"[\"“”«»]")
# A speaker in a transcript: "RUIZ:", "Ana Ruiz:", "Q:".
_LABEL = re.compile(r"\s*([A-Z][A-Z .'’-]{0,40}|(?:[A-Z][\w.'’-]+ ?){1,4}):\s")
_NAME = r"(?:[A-Z][\w.'’-]*\s+){0,3}[A-Z][\w'’-]+"
_ADVERB = r"(?:(?:\w+ly|also|later|had|has)\s+)?"
_NO_SPEAKERS = frozenset("he she it they i we the but and in who".split())


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence, `text[start:end]`, and its speaker's last name, plain; None if not known."""

    start: int
    end: int
    speaker: str | None


@lru_cache(maxsize=64)
def find_speakers(text: str) -> tuple[Spoken, ...]:
    """Return every sentence of a text with its speaker."""
    return tuple(_Reader().read(text))


class _Reader:
    """Reads the sentences of a text in order, and remembers who was named and who spoke."""

    def __init__(self) -> None:
        self._named: list[list[str]] = []
        self._pronouns: dict[str, str] = {}
        self._label: str | None = None
        self._last: str | None = None

    def read(self, text: str) -> Iterator[Spoken]:
        for span in split_sentences(text):
            sentence = text[span.start : span.end]
            opens_line = span.start == 0 or text[span.start - 1] == "\n"
            label = _LABEL.match(sentence) if opens_line else None
            if opens_line:
                self._label = _last_of(label[1]) if label else None
            speaker = self._label or self._named_in(sentence) or self._meant_by_pronoun(sentence)
            if speaker is None and not opens_line and _QUOTE.search(sentence):
                speaker = self._last
            self._last = speaker
            if people := _people(sentence):
                self._named.append(people)
            yield Spoken(span.start, span.end, speaker)

    def _named_in(self, sentence: str) -> str | None:
        """Return who is named beside a verb of speech."""
        for found in _beside_verb().finditer(sentence):
            name = found["before"] or found["after"]
            if name.split()[0].lower() not in _NO_SPEAKERS:
                return _last_of(name)
        return None

    def _meant_by_pronoun(self, sentence: str) -> str | None:
        """Return whom "he said" means: the last one named who was not called "she"."""
        found = _pronoun_beside_verb().search(sentence)
        if found is None:
            return None
        pronoun = (found["before"] or found["after"]).lower()
        for people in reversed(self._named):
            fitting = [name for name in people if self._pronouns.get(name, pronoun) == pronoun]
            if fitting:
                self._pronouns[fitting[0]] = pronoun
                return fitting[0]
        return None


def _people(sentence: str) -> list[str]:
    """Return the last words of the names in a sentence that are no countries and no days."""
    last = [plain(name[-1].text) for name in find_names(sentence)]
    return [word for word in last if not place_at([word], 0) and word not in TIME_WORDS]


def _last_of(name: str) -> str:
    return plain(name.rsplit(maxsplit=1)[-1])


@cache
def _beside_verb() -> re.Pattern[str]:
    return _beside(_NAME, aside=r"(?:,[^,]{1,60},)?", article=r"(?:[a-z][\w-]*,?\s+){0,3}")


@cache
def _pronoun_beside_verb() -> re.Pattern[str]:
    return _beside(r"(?i:he|she)", aside="", article="")


def _beside(name: str, *, aside: str, article: str) -> re.Pattern[str]:
    """Return a pattern of a name right before or after a verb of speech."""
    verb = rf"{any_of(speech_verbs())}\b"
    return re.compile(
        rf"\b(?P<before>{name}){aside}\s+{_ADVERB}{verb}|\b{verb}\s+{article}(?P<after>{name})\b"
    )


def speaker_at(spoken: Sequence[Spoken], place: int) -> str | None:
    """Return the speaker of the sentence at a place of the text."""
    return next((item.speaker for item in spoken if item.start <= place < item.end), None)

"""Finds who says each sentence of an article, where its text says so.

The speaker stands beside a verb of speech ("Ruiz said", "said the mayor, Ana Ruiz"), or before a
colon in a transcript ("RUIZ:", "A:"). "He said" belongs to the last name that fits, and a quotation
goes on after its speaker is named. For every other sentence, no speaker is claimed.

Behind "told" and its like stands whoever is spoken to: "Ruiz told Osk".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rag.text.names import TIME_WORDS, find_names
from rag.text.patterns import any_of
from rag.text.places import place_at
from rag.text.sentences import Span, split_sentences
from rag.text.speech import speech_verbs
from rag.text.words import Word, plain

_QUOTE = re.compile(r"[\"“”«»]")
# A speaker in a transcript: "RUIZ:", "Ana Ruiz:", "Q:".
_LABEL = re.compile(r"\s*([A-Z][A-Z .'’-]{0,40}|(?:[A-Z][\w.'’-]+ ?){1,4}):\s")
_NAME = r"(?:[A-Z][\w.'’-]*\s+){0,3}[A-Z][\w'’-]+"
_ADVERB = (
    r"(?:(?:\w+ly|also|later|had|has"
    r"|(?:is|was)\s+(?:said|reported|believed|understood|alleged|thought|known)\s+to\s+have)\s+)?"
)
# These verbs have whoever is spoken to right behind them.
_TELLS = frozenset("tell tells told".split())
_ASKS = frozenset(
    "ask asks asked warn warns warned remind reminds reminded urge urges urged assure assures "
    "assured inform informs informed".split()
)
# "Is it cold?” asked Osk": behind a quotation, the speaker may follow these, but not "told".
_BEHIND_QUOTE = r"(?:(?<=[\"”»])|(?<=[,.?!]['’]))\s+"
_DESCRIBED = r"(?:(?:the|his|her|its|their|an?)\s+(?:[a-z][\w-]*,?\s+){0,3}?)?"
# What may follow the name of whoever is spoken to. A verb shows that the name begins what is said
# ("told the court Orr had left"), and a noun that it only describes ("told Holm radio").
_NAME_ENDS = (
    r"(?=\s*(?:[,.:;!?\"“”»)]|$)|\s+(?:that|to|not|about|how|why|what|when|where|whether|if|who|there"
    r"|he|she|they|it|we|you|his|her|their|its|the|an?|no|on|in|at|by|after|before|during|last"
    r"|yesterday|today|and|or)\b)"
)
# "She said Osk lied": what follows is not who speaks.
_HAS_SUBJECT = re.compile(rf"\b(?:he|she|it|they|who|we|i)\s+{_ADVERB}(?:(?:is|was)\s+)?$", re.I)
# Names behind these are mostly places, and "Orr’s deputy" is not Orr.
_BEFORE_PLACE = re.compile(r"\b(?:in|at|of|near|from|outside|across|around)\s+(?:the\s+)?$", re.I)
_POSSESSIVE = re.compile(r"['’]s?$")
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
            name = found["before"] or found["after"] or found["quoted"]
            is_said_of = found["after"] and _HAS_SUBJECT.search(sentence[: found.start()])
            if name.split()[0].lower() not in _NO_SPEAKERS and not is_said_of:
                return _last_of(name)
        return None

    def _meant_by_pronoun(self, sentence: str) -> str | None:
        """Return whom "he said" means: the last one named who was not called "she".

        It is not whoever is spoken to: "he told Osk".
        """
        found = _pronoun_beside_verb().search(sentence)
        if found is None:
            return None
        pronoun = (found["before"] or found["after"] or found["quoted"]).lower()
        spoken_to = {_last_of(sentence[name.start : name.end]) for name in find_addressed(sentence)}
        for named in reversed(self._named):
            people = (name for name in named if name not in spoken_to)
            fitting = [name for name in people if self._pronouns.get(name, pronoun) == pronoun]
            if fitting:
                self._pronouns[fitting[0]] = pronoun
                return fitting[0]
        return None


def _people(sentence: str) -> list[str]:
    """Return the last words of the names in a sentence that are no countries and no days.

    Those that are rather places, or only own what is named, come last.
    """
    names = sorted(find_names(sentence), key=lambda name: _is_aside(sentence, name))
    last = [plain(name[-1].text) for name in names]
    return [word for word in last if not place_at([word], 0) and word not in TIME_WORDS]


def _is_aside(sentence: str, name: Sequence[Word]) -> bool:
    is_place = _BEFORE_PLACE.search(sentence[: name[0].start])
    return bool(is_place or _POSSESSIVE.search(name[-1].text))


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
    spoken = speech_verbs() | _TELLS | _ASKS
    verb, inverted = (rf"{any_of(some)}\b" for some in (spoken, spoken - _TELLS - _ASKS))
    return re.compile(
        rf"\b(?P<before>{name}){aside}\s+{_ADVERB}{verb}|\b{inverted}\s+{article}(?P<after>{name})\b"
        rf"|{_BEHIND_QUOTE}{any_of(_ASKS)}\s+{article}(?P<quoted>{name})\b"
    )


def find_addressed(sentence: str) -> list[Span]:
    """Return where a sentence names those who are spoken to: "told Osk", "Osk was asked"."""
    spans = [
        Span(*found.span("behind" if found["behind"] else "before"))
        for found in _addressed().finditer(sentence)
    ]
    quoted = {found.span("quoted") for found in _beside_verb().finditer(sentence)}
    return [span for span in spans if not any(s <= span.start < e for s, e in quoted)]


@cache
def _addressed() -> re.Pattern[str]:
    """Return a pattern of a name behind a verb that tells whom it is said to, or made passive."""
    verb = rf"{any_of(_TELLS | _ASKS)}\b"
    return re.compile(
        rf"\b(?:{verb}|{any_of(speech_verbs())}\s+to\b)\s+{_DESCRIBED}(?P<behind>{_NAME})\b{_NAME_ENDS}"
        rf"|\b(?P<before>{_NAME})(?:,[^,]{{1,60}},)?\s+(?:has\s+|had\s+)?(?:was|is|been)\s+"
        rf"(?:\w+ly\s+)?{verb}"
    )


def speaker_at(spoken: Sequence[Spoken], place: int) -> str | None:
    """Return the speaker of the sentence at a place of the text."""
    return next((item.speaker for item in spoken if item.start <= place < item.end), None)

"""A question -> its words, and what each can be where it stands.

The half of the parser that sees a word and its neighbours only.
"""

import re
from dataclasses import dataclass, field

from rag.question.dialogue.names import Name, find_names
from rag.question.dialogue.parts import NOWHERE, Span, time_of_question
from rag.question.dialogue.words import (
    ADVERBS,
    BASES,
    DETERMINERS,
    FUNCTION_WORDS,
    MODALS,
    ORDERS,
    POSSESSIVE,
    PREPOSITIONS,
    PRONOUNS,
    WORD,
    is_past,
    is_plural,
    is_verb,
)

# The form that the verb to come has: "base" in "did … take", "past" in "was … taken", or empty.
Frame = str


@dataclass(slots=True)
class PlacedWords:
    """The words of a question; a place is the number of a word, and may be past the end."""

    text: str
    words: list[re.Match[str]] = field(init=False)
    names: list[Name] = field(init=False)
    time: Span = field(init=False)

    def __post_init__(self) -> None:
        self.words = list(WORD.finditer(self.text))
        self.names = find_names(self.text)
        self.time = time_of_question(self.text)

    def lower(self, place: int) -> str:
        """Return a word in lower case, empty past the end."""
        return self.words[place].group().lower() if 0 <= place < len(self.words) else ""

    def is_in(self, place: int, kinds: frozenset[str] | set[str]) -> bool:
        """Say whether a word is one of these."""
        return self.lower(place) in kinds

    def span(self, start: int, end: int) -> Span:
        """Return where the words from one place to another stand, the end exclusive."""
        if end <= start:
            return NOWHERE
        return self.words[start].start(), self.words[end - 1].end()

    def name_at(self, place: int) -> Name | None:
        """Return the name that a word is part of."""
        if not 0 <= place < len(self.words):
            return None
        at = self.words[place].start()
        return next((name for name in self.names if name.start <= at < name.end), None)

    def in_time(self, place: int) -> bool:
        """Say whether a word is part of the time that the question names."""
        return place < len(self.words) and self.time[0] <= self.words[place].start() < self.time[1]

    def is_number(self, place: int) -> bool:
        """Say whether a word begins with a figure."""
        return self.lower(place)[:1].isdigit()

    def is_nominal(self, place: int) -> bool:
        """Say whether a word can be in a noun phrase: a noun, an adjective, a name, a number."""
        if place >= len(self.words) or self.in_time(place) or self.is_cut(place):
            return False
        is_small = self.is_in(place, FUNCTION_WORDS - ORDERS)
        return self.name_at(place) is not None or not is_small

    def is_open(self, place: int) -> bool:
        """Say whether a word is neither a function word nor part of a name."""
        return self.name_at(place) is None and not self.is_in(place, FUNCTION_WORDS)

    def is_order(self, place: int) -> bool:
        """Say whether a word is "first" or "last", which may be an adverb."""
        return self.is_in(place, ORDERS) and self.name_at(place) is None

    def is_noun(self, place: int) -> bool:
        """Say whether a noun phrase starts at a word."""
        if self.is_in(place, DETERMINERS):
            return self.is_nominal(place + 1)
        if not self.is_nominal(place):
            return False
        word = self.lower(place)
        return self.name_at(place) is not None or not (word.endswith("ing") and len(word) > 5)

    def is_subject(self, place: int, auxiliary: str) -> bool:
        """Say whether a subject stands at a word, after an auxiliary, and not the verb's form."""
        if self.is_in(place, PRONOUNS) or self.is_in(place, {"this", "that", "these", "those"}):
            return True
        word = self.lower(place)
        is_form = is_past(word) or word.endswith("ing")
        if self.is_open(place) and is_form and auxiliary not in MODALS:
            return False
        return self.is_noun(place)

    def is_placed(self, place: int) -> bool:
        """Say whether a word is the name of a place, which no noun follows: "in Libya first"."""
        name = self.name_at(place)
        is_kind = name is not None and name.kind in ("place", "country")
        return is_kind and not self.is_owner(place)

    def is_owner(self, place: int) -> bool:
        """Say whether a word is a possessive."""
        return POSSESSIVE.search(self.lower(place)) is not None

    def is_several(self, place: int) -> bool:
        """Say whether "and" may follow a word inside of one noun phrase."""
        return self.name_at(place) is not None or self.lower(place).endswith("s")

    def is_verb(self, place: int) -> bool:
        """Say whether a word can be a verb."""
        return self.is_open(place) and is_verb(self.lower(place))

    def is_finite(self, place: int) -> bool:
        """Say whether a word after an asked noun is its verb: "which ship blocked"."""
        word = self.lower(place)
        is_present = word.endswith("s") and word[:-1] in BASES
        is_led = self.is_in(place + 1, PREPOSITIONS) or place + 1 == len(self.words)
        is_present = is_present or (word in BASES and is_plural(self.lower(place - 1)) and is_led)
        # No noun stands before an article: "how many soldiers watch the truce".
        is_present = is_present or self.is_in(place + 1, DETERMINERS)
        return self.name_at(place) is None and (is_past(word) or is_present)

    def ends(self, place: int, frame: Frame) -> bool:
        """Say whether a word inside a noun phrase is the verb that ends it."""
        word = self.lower(place)
        if self.name_at(place) is not None or not frame:
            return False
        if frame == "past":
            return is_past(word) or (word.endswith("ing") and len(word) > 4)
        after = [self.lower(later) for later in range(place + 1, len(self.words))]
        is_last = not BASES.intersection(after) and not self.is_nominal(place + 1)
        is_lowered = is_past(word) and self.is_in(place + 1, PREPOSITIONS)
        is_adverb = word in ADVERBS and bool(after) and after[0] in BASES
        is_next = self.lower(place + 1) in BASES and not self.in_time(place + 1)
        is_base = word in BASES and not is_next
        return is_base or is_last or is_lowered or is_adverb

    def is_cut(self, place: int) -> bool:
        """Say whether a comma, or the end of a sentence, stands before a word."""
        if not 0 < place < len(self.words):
            return False
        gap = self.text[self.words[place - 1].end() : self.words[place].start()]
        return any(mark in gap for mark in ",;:?!()—–")

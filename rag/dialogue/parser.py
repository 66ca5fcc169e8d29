"""A question -> its parts, read from left to right.

A small reading of English questions by word order: where a noun phrase ends, and which one is the
subject. It knows no grammar of every sentence; what it reads wrongly is carried wrongly, which is
why all that is carried is shown.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from rag.dialogue.names import Name, find_names
from rag.dialogue.parts import NOWHERE, Phrase, QuestionParts, Role, Span, time_of_question
from rag.dialogue.words import (
    ADVERBS,
    AUXILIARIES,
    BASES,
    DETERMINERS,
    FUNCTION_WORDS,
    MODALS,
    ORDERS,
    POSSESSIVE,
    PREPOSITIONS,
    PRONOUNS,
    WH,
    WORD,
    bare,
    is_past,
    is_plural,
    is_verb,
)

# Prepositions whose phrase belongs to the noun before them.
_ATTACHED = frozenset("of in at between with on over against near".split())
# Names that go on after a preposition: "the Nobel Prize in Literature".
_GO_ON = frozenset("prize prizes award awards cup championship games medal".split())
_PARTICLES = frozenset("over up back down out off away".split())
# What the verb of the clause is in: "did … take", "was … taken", or none to come.
_Frame = str


# A conversation reads its questions again at every turn.
@lru_cache(maxsize=256)
def read_question(question: str) -> QuestionParts:
    """Return the parts of a question; of what is no question, what can be told of it."""
    return _Parser(question).read()


@dataclass(slots=True)
class _Parser:
    """Reads a question word by word; a place is the number of a word."""

    text: str
    words: list[re.Match[str]] = field(init=False)
    names: list[Name] = field(init=False)
    time: Span = field(init=False)
    phrases: list[Phrase] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.words = list(WORD.finditer(self.text))
        self.names = find_names(self.text)
        self.time = time_of_question(self.text)

    def read(self) -> QuestionParts:
        """Return the parts."""
        opening, noun = self._asked()
        if noun:
            self._keep(noun[0], noun[1], role="asked", lead=noun[0], depth=0)
        auxiliary = self._lower(opening) if self._is(opening, AUXILIARIES) else ""
        place = opening + bool(auxiliary)
        place += self._is(place, {"not"})
        inverted = bool(auxiliary) and self._is_subject(place, auxiliary)
        if inverted and self._is(place, PRONOUNS):
            place += 1
        elif inverted:
            frame = "base" if auxiliary in MODALS else "past"
            place = self._phrase(place, role="subject", frame=frame)
        place, verb = self._verb(place, auxiliary, is_clause=opening > 0 or bool(auxiliary))
        self._rest(place)
        return QuestionParts(
            text=self.text,
            asked=self._span(0, opening),
            asked_noun=self._lower(noun[1] - 1) if noun else "",
            auxiliary=auxiliary,
            inverted=inverted,
            verb=verb,
            phrases=tuple(self.phrases),
            names=tuple(self.names),
            time=self.time,
        )

    def _asked(self) -> tuple[int, tuple[int, int] | None]:
        """Return where the asked phrase ends, and its noun: "people" of "how many people"."""
        place = 1 if self._is(0, PREPOSITIONS) and self._is(1, WH) else 0
        if not self._is(place, WH):
            return 0, None
        word = self._lower(place)
        place += 1
        if self._is(place, {"else", "exactly"}):
            return place + 1, None
        if word == "how" and place < len(self.words) and not self._is(place, AUXILIARIES):
            word = self._lower(place)
            place += 1
        takes_noun = word in ("which", "what", "whose", "many", "much")
        if not takes_noun or not self._is_nominal(place) or is_past(self._lower(place)):
            return place, None
        start = place
        while self._is_nominal(place) and not (place > start and self._is_finite(place)):
            place += 1
        noun = (start, place)
        while self._is(place, {"of"} | DETERMINERS) or (
            place > noun[1] and self._is_nominal(place)
        ):
            place += 1
        return place, noun

    def _verb(self, place: int, auxiliary: str, *, is_clause: bool) -> tuple[int, Span]:
        """Return where the verb ends that starts at or after a place, and its span."""
        while self._is(place, ADVERBS) and (
            self._lower(place + 1) in BASES or not self._is_noun(place)
        ):
            place += 1
        if auxiliary in MODALS and self._is(place, {"do", "have"}):
            return place + 1, self._span(place, place + 1)
        while self._is(place, AUXILIARIES):
            place += 1
        is_word = place < len(self.words) and not self._in_time(place)
        if is_word and ((self._is_open(place) and is_clause) or self._lower(place) in BASES):
            return place + 1, self._span(place, place + 1)
        return place, NOWHERE

    def _rest(self, place: int) -> None:
        """Keep the noun phrases after the verb: an object at once, others after prepositions."""
        is_object, lead = True, -1
        while place < len(self.words):
            if self._is_noun(place) and not self._in_time(place):
                role: Role = "object" if is_object and lead < 0 else "adjunct"
                place = max(self._phrase(place, role=role, lead=lead), place + 1)
                is_object, lead = False, -1
            elif self._is(place, PREPOSITIONS):
                lead, place = place, place + 1
            else:
                is_object = is_object and self._is(place, ADVERBS)
                lead, place = -1, place + 1

    # -- noun phrases -----------------------------------------------------------------------------

    def _phrase(
        self, place: int, *, role: Role, frame: _Frame = "", lead: int = -1, depth: int = 0
    ) -> int:
        """Keep the noun phrase that starts at a word, and return where it ends."""
        start, slot = place, len(self.phrases)
        while self._is(place, DETERMINERS) or (self._is_number(place) and not self._in_time(place)):
            place += 1
        is_place = place == start and lead >= 0 and self._is_placed(place)
        head = -1
        while self._is_nominal(place) and not (head >= 0 and self._ends(place, frame)):
            is_next = is_place and head >= 0 and self._name_at(head) is not self._name_at(place)
            is_adverb = self._is_order(place) and not self._is_owner(place - 1)
            if head >= 0 and (is_next or is_adverb):
                break
            head = place
            place += 1
        if head < 0:
            return place
        place = self._attached(place, head, role=role, frame=frame, depth=depth)
        lead = lead if lead >= 0 else start
        self._keep(start, place, role=role, lead=lead, depth=depth, head=head)
        # A phrase stands before those inside it.
        self.phrases.insert(slot, self.phrases.pop())
        return place

    def _attached(self, place: int, head: int, *, role: Role, frame: _Frame, depth: int) -> int:
        """Return where a noun phrase ends, with what depends on its head."""
        while place < len(self.words) and not self._is_cut(place):
            word, below = self._lower(place), depth + 1
            if self._leads(place, head):
                place = self._phrase(place + 1, role=role, frame=frame, lead=place, depth=below)
            elif word == "and" and self._is_noun(place + 1) and self._is_several(head):
                place = self._phrase(place + 1, role=role, frame=frame, depth=below)
            elif word in ("that", "which", "who") and self._opens_clause(place + 1):
                place = self._clause(place + 1, depth=below, frame=frame or "past")
            elif frame == "base" and is_past(word) and self._is(place + 1, {"by", "in", "at"}):
                place = self._phrase(place + 2, role=role, frame=frame, lead=place + 1, depth=below)
            elif word == "to" and self._lower(place + 1) in BASES and frame != "base":
                place = self._clause(place + 1, depth=below, frame=frame or "past")
            else:
                break
        return place

    def _leads(self, place: int, head: int) -> bool:
        """Say whether a preposition leads a phrase that belongs to the noun before it."""
        word = self._lower(place)
        if not self._is_noun(place + 1) or self._in_time(place):
            return False
        if self._name_at(head) is None or self._lower(head) in _GO_ON:
            return word in _ATTACHED or (word == "for" and self._lower(head) in _GO_ON)
        return word == "of"

    def _opens_clause(self, place: int) -> bool:
        return self._is(place, AUXILIARIES) or self._is_verb(place) or self._is_noun(place)

    def _clause(self, place: int, *, depth: int, frame: _Frame) -> int:
        """Return where a relative clause or an infinitive ends: its verb and one noun phrase."""
        while self._is(place, AUXILIARIES):
            place += 1
        if self._is_verb(place):
            place += 1
            if self._is_noun(place) and not self._in_time(place):
                place = self._phrase(place, role="adjunct", frame=frame, depth=depth)
        else:
            place = self._phrase(place, role="adjunct", frame=frame, depth=depth)
            while self._is(place, AUXILIARIES):
                place += 1
            place += self._is_verb(place)
        while self._is(place, _PARTICLES):
            place += 1
        return place

    def _keep(
        self, start: int, end: int, *, role: Role, lead: int, depth: int, head: int = -1
    ) -> None:
        first, last = self._span(start, end)
        head = head if head >= 0 else end - 1
        name = self._name_at(head)
        self.phrases.append(
            Phrase(
                start=first,
                end=last,
                text=self.text[first:last],
                head=name.text if name else bare(self._lower(head)),
                role=role,
                lead=self.words[lead].start(),
                depth=depth,
            )
        )

    # -- words ------------------------------------------------------------------------------------

    def _lower(self, place: int) -> str:
        return self.words[place].group().lower() if 0 <= place < len(self.words) else ""

    def _is(self, place: int, kinds: frozenset[str] | set[str]) -> bool:
        return self._lower(place) in kinds

    def _span(self, start: int, end: int) -> Span:
        if end <= start:
            return NOWHERE
        return self.words[start].start(), self.words[end - 1].end()

    def _name_at(self, place: int) -> Name | None:
        if not 0 <= place < len(self.words):
            return None
        at = self.words[place].start()
        return next((name for name in self.names if name.start <= at < name.end), None)

    def _in_time(self, place: int) -> bool:
        return place < len(self.words) and self.time[0] <= self.words[place].start() < self.time[1]

    def _is_number(self, place: int) -> bool:
        return self._lower(place)[:1].isdigit()

    def _is_nominal(self, place: int) -> bool:
        """Say whether a word can be in a noun phrase: a noun, an adjective, a name, a number."""
        if place >= len(self.words) or self._in_time(place) or self._is_cut(place):
            return False
        is_small = self._is(place, FUNCTION_WORDS - ORDERS)
        return self._name_at(place) is not None or not is_small

    def _is_open(self, place: int) -> bool:
        return self._name_at(place) is None and not self._is(place, FUNCTION_WORDS)

    def _is_order(self, place: int) -> bool:
        return self._is(place, ORDERS) and self._name_at(place) is None

    def _is_noun(self, place: int) -> bool:
        """Say whether a noun phrase starts at a word."""
        if self._is(place, DETERMINERS):
            return self._is_nominal(place + 1)
        if not self._is_nominal(place):
            return False
        word = self._lower(place)
        return self._name_at(place) is not None or not (word.endswith("ing") and len(word) > 5)

    def _is_subject(self, place: int, auxiliary: str) -> bool:
        """Say whether a subject stands at a word, after an auxiliary, and not the verb's form."""
        if self._is(place, PRONOUNS) or self._is(place, {"this", "that", "these", "those"}):
            return True
        word = self._lower(place)
        is_form = is_past(word) or word.endswith("ing")
        if self._is_open(place) and is_form and auxiliary not in MODALS:
            return False
        return self._is_noun(place)

    def _is_placed(self, place: int) -> bool:
        """Say whether a word is the name of a place, which no noun follows: "in Libya first"."""
        name = self._name_at(place)
        is_kind = name is not None and name.kind in ("place", "country")
        return is_kind and not self._is_owner(place)

    def _is_owner(self, place: int) -> bool:
        return POSSESSIVE.search(self._lower(place)) is not None

    def _is_several(self, place: int) -> bool:
        return self._name_at(place) is not None or self._lower(place).endswith("s")

    def _is_verb(self, place: int) -> bool:
        return self._is_open(place) and is_verb(self._lower(place))

    def _is_finite(self, place: int) -> bool:
        """Say whether a word after an asked noun is its verb: "which ship blocked"."""
        word = self._lower(place)
        is_present = word.endswith("s") and word[:-1] in BASES
        is_led = self._is(place + 1, PREPOSITIONS) or place + 1 == len(self.words)
        is_present = is_present or (word in BASES and is_plural(self._lower(place - 1)) and is_led)
        # No noun stands before an article: "how many soldiers watch the truce".
        is_present = is_present or self._is(place + 1, DETERMINERS)
        return self._name_at(place) is None and (is_past(word) or is_present)

    def _ends(self, place: int, frame: _Frame) -> bool:
        """Say whether a word inside a noun phrase is the verb that ends it."""
        word = self._lower(place)
        if self._name_at(place) is not None or not frame:
            return False
        if frame == "past":
            return is_past(word) or (word.endswith("ing") and len(word) > 4)
        after = [self._lower(later) for later in range(place + 1, len(self.words))]
        is_last = not BASES.intersection(after) and not self._is_nominal(place + 1)
        is_lowered = is_past(word) and self._is(place + 1, PREPOSITIONS)
        is_adverb = word in ADVERBS and bool(after) and after[0] in BASES
        is_next = self._lower(place + 1) in BASES and not self._in_time(place + 1)
        is_base = word in BASES and not is_next
        return is_base or is_last or is_lowered or is_adverb

    def _is_cut(self, place: int) -> bool:
        """Say whether a comma, or the end of a sentence, stands before a word."""
        if not 0 < place < len(self.words):
            return False
        gap = self.text[self.words[place - 1].end() : self.words[place].start()]
        return any(mark in gap for mark in ",;:?!()—–")

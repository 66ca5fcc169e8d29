"""A question -> its parts, read from left to right.

A small reading of English questions by word order: where a noun phrase ends, and which one is the
subject. It knows no grammar of every sentence; what it reads wrongly is carried wrongly, which is
why all that is carried is shown.
"""

from dataclasses import dataclass, field
from functools import lru_cache

from rag.question.dialogue.parts import NOWHERE, Phrase, QuestionParts, Role, Span
from rag.question.dialogue.placed_words import Frame, PlacedWords
from rag.question.dialogue.words import (
    ADVERBS,
    AUXILIARIES,
    BASES,
    DETERMINERS,
    MODALS,
    PREPOSITIONS,
    PRONOUNS,
    WH,
    bare,
    is_past,
)

# Prepositions whose phrase belongs to the noun before them.
_ATTACHED = frozenset("of in at between with on over against near".split())
# Names that go on after a preposition: "the Nobel Prize in Literature".
_GO_ON = frozenset("prize prizes award awards cup championship games medal".split())
_PARTICLES = frozenset("over up back down out off away".split())


# A conversation reads its questions again at every turn.
@lru_cache(maxsize=256)
def read_question(question: str) -> QuestionParts:
    """Return the parts of a question; of what is no question, what can be told of it."""
    return _Parser(question).read()


@dataclass(slots=True)
class _Parser(PlacedWords):
    """Reads a question word by word, and keeps its noun phrases as they end."""

    phrases: list[Phrase] = field(default_factory=list)

    def read(self) -> QuestionParts:
        """Return the parts."""
        opening, noun = self._asked()
        if noun:
            self._keep(noun[0], noun[1], role="asked", lead=noun[0], depth=0)
        auxiliary = self.lower(opening) if self.is_in(opening, AUXILIARIES) else ""
        place = opening + bool(auxiliary)
        place += self.is_in(place, {"not"})
        inverted = bool(auxiliary) and self.is_subject(place, auxiliary)
        if inverted and self.is_in(place, PRONOUNS):
            place += 1
        elif inverted:
            frame = "base" if auxiliary in MODALS else "past"
            place = self._phrase(place, role="subject", frame=frame)
        place, verb = self._verb(place, auxiliary, is_clause=opening > 0 or bool(auxiliary))
        self._rest(place)
        return QuestionParts(
            text=self.text,
            asked=self.span(0, opening),
            asked_noun=self.lower(noun[1] - 1) if noun else "",
            auxiliary=auxiliary,
            inverted=inverted,
            verb=verb,
            phrases=tuple(self.phrases),
            names=tuple(self.names),
            time=self.time,
        )

    def _asked(self) -> tuple[int, tuple[int, int] | None]:
        """Return where the asked phrase ends, and its noun: "people" of "how many people"."""
        place = 1 if self.is_in(0, PREPOSITIONS) and self.is_in(1, WH) else 0
        if not self.is_in(place, WH):
            return 0, None
        word = self.lower(place)
        place += 1
        if self.is_in(place, {"else", "exactly"}):
            return place + 1, None
        if word == "how" and place < len(self.words) and not self.is_in(place, AUXILIARIES):
            word = self.lower(place)
            place += 1
        takes_noun = word in ("which", "what", "whose", "many", "much")
        if not takes_noun or not self.is_nominal(place) or is_past(self.lower(place)):
            return place, None
        start = place
        while self.is_nominal(place) and not (place > start and self.is_finite(place)):
            place += 1
        noun = (start, place)
        while self.is_in(place, {"of"} | DETERMINERS) or (
            place > noun[1] and self.is_nominal(place)
        ):
            place += 1
        return place, noun

    def _verb(self, place: int, auxiliary: str, *, is_clause: bool) -> tuple[int, Span]:
        """Return where the verb ends that starts at or after a place, and its span."""
        while self.is_in(place, ADVERBS) and (
            self.lower(place + 1) in BASES or not self.is_noun(place)
        ):
            place += 1
        if auxiliary in MODALS and self.is_in(place, {"do", "have"}):
            return place + 1, self.span(place, place + 1)
        while self.is_in(place, AUXILIARIES):
            place += 1
        is_word = place < len(self.words) and not self.in_time(place)
        if is_word and ((self.is_open(place) and is_clause) or self.lower(place) in BASES):
            return place + 1, self.span(place, place + 1)
        return place, NOWHERE

    def _rest(self, place: int) -> None:
        """Keep the noun phrases after the verb: an object at once, others after prepositions."""
        is_object, lead = True, -1
        while place < len(self.words):
            if self.is_noun(place) and not self.in_time(place):
                role: Role = "object" if is_object and lead < 0 else "adjunct"
                place = max(self._phrase(place, role=role, lead=lead), place + 1)
                is_object, lead = False, -1
            elif self.is_in(place, PREPOSITIONS):
                lead, place = place, place + 1
            else:
                is_object = is_object and self.is_in(place, ADVERBS)
                lead, place = -1, place + 1

    # -- noun phrases -----------------------------------------------------------------------------

    def _phrase(
        self, place: int, *, role: Role, frame: Frame = "", lead: int = -1, depth: int = 0
    ) -> int:
        """Keep the noun phrase that starts at a word, and return where it ends."""
        start, slot = place, len(self.phrases)
        while self.is_in(place, DETERMINERS) or (self.is_number(place) and not self.in_time(place)):
            place += 1
        is_place = place == start and lead >= 0 and self.is_placed(place)
        head = -1
        while self.is_nominal(place) and not (head >= 0 and self.ends(place, frame)):
            is_next = is_place and head >= 0 and self.name_at(head) is not self.name_at(place)
            is_adverb = self.is_order(place) and not self.is_owner(place - 1)
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

    def _attached(self, place: int, head: int, *, role: Role, frame: Frame, depth: int) -> int:
        """Return where a noun phrase ends, with what depends on its head."""
        while place < len(self.words) and not self.is_cut(place):
            word, below = self.lower(place), depth + 1
            if self._leads(place, head):
                place = self._phrase(place + 1, role=role, frame=frame, lead=place, depth=below)
            elif word == "and" and self.is_noun(place + 1) and self.is_several(head):
                place = self._phrase(place + 1, role=role, frame=frame, depth=below)
            elif word in ("that", "which", "who") and self._opens_clause(place + 1):
                place = self._clause(place + 1, depth=below, frame=frame or "past")
            elif frame == "base" and is_past(word) and self.is_in(place + 1, {"by", "in", "at"}):
                place = self._phrase(place + 2, role=role, frame=frame, lead=place + 1, depth=below)
            elif word == "to" and self.lower(place + 1) in BASES and frame != "base":
                place = self._clause(place + 1, depth=below, frame=frame or "past")
            else:
                break
        return place

    def _leads(self, place: int, head: int) -> bool:
        """Say whether a preposition leads a phrase that belongs to the noun before it."""
        word = self.lower(place)
        if not self.is_noun(place + 1) or self.in_time(place):
            return False
        if self.name_at(head) is None or self.lower(head) in _GO_ON:
            return word in _ATTACHED or (word == "for" and self.lower(head) in _GO_ON)
        return word == "of"

    def _opens_clause(self, place: int) -> bool:
        return self.is_in(place, AUXILIARIES) or self.is_verb(place) or self.is_noun(place)

    def _clause(self, place: int, *, depth: int, frame: Frame) -> int:
        """Return where a relative clause or an infinitive ends: its verb and one noun phrase."""
        while self.is_in(place, AUXILIARIES):
            place += 1
        if self.is_verb(place):
            place += 1
            if self.is_noun(place) and not self.in_time(place):
                place = self._phrase(place, role="adjunct", frame=frame, depth=depth)
        else:
            place = self._phrase(place, role="adjunct", frame=frame, depth=depth)
            while self.is_in(place, AUXILIARIES):
                place += 1
            place += self.is_verb(place)
        while self.is_in(place, _PARTICLES):
            place += 1
        return place

    def _keep(
        self, start: int, end: int, *, role: Role, lead: int, depth: int, head: int = -1
    ) -> None:
        first, last = self.span(start, end)
        head = head if head >= 0 else end - 1
        name = self.name_at(head)
        self.phrases.append(
            Phrase(
                start=first,
                end=last,
                text=self.text[first:last],
                head=name.text if name else bare(self.lower(head)),
                role=role,
                lead=self.words[lead].start(),
                depth=depth,
            )
        )

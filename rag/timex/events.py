"""Notes the days of the events in a text: "he was shot on May 3", "the May 3 vote".

Other times of the text count from these: "two days before the shooting". If a text gives two days
for one family of words, there are two such events, and nothing counts from either.
"""

from dataclasses import dataclass, field

from rag.timex.event_words import AUXILIARIES, BREAKS, DOUBTS, HAPPENED, NO_SUBJECT, NOUNS, VERBS
from rag.timex.named_events import NamedEvent, noun_head
from rag.timex.tense import is_past_verb
from rag.timex.tokens import KINDS, STOP, Tokens
from rag.timex.values import DaySpan

# How far, in tokens, the word of an event may be from its date, and how much of its sentence says
# whose event it is.
_REACH_BEFORE, _REACH_AFTER, _REACH_AROUND = 12, 8, 40
# The words that may come before a date at the start of a sentence, and the words that make a date
# the limit of something else.
_OPENINGS = frozenset("on early late the last this of night morning".split())
_BOUNDS = frozenset("before after since until till by through from to".split())
_TITLES = frozenset("mr mrs ms dr sen rep gov gen lt col sgt capt st prof rev".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """The days of an event, and the words of the sentence that gave them."""

    days: DaySpan
    words: frozenset[str]


@dataclass(slots=True)
class Events:
    """The events of a text whose days are known so far; None for a family with two events."""

    told: dict[int, _Told | None] = field(default_factory=dict)

    def note(self, tokens: Tokens, start: int, end: int, *, days: DaySpan) -> None:
        """Note the event of the date at tokens `start` to `end`, if the date has one."""
        family = _dated_event(tokens, start, end)
        if family is None:
            return
        now = _Told(days=days, words=_sentence_words(tokens, start, end))
        before = self.told.setdefault(family, now)
        if before is not None and not _is_within(before.days, days):
            self.told[family] = now if _is_within(days, before.days) else None

    def day_of(self, named: NamedEvent) -> DaySpan | None:
        """Return the day of a named event; None if it is not known or is another event's."""
        told = self.told.get(named.family)
        if told is None or told.days.first != told.days.last:
            return None
        return told.days if not named.words or named.words & told.words else None

    def day_of_verb(self, tokens: Tokens, start: int) -> DaySpan | None:
        """Return the day of the event whose verb comes before a time: "he was shot at 6"."""
        family = _verb_before(tokens, start)
        return None if family is None else self.day_of(NamedEvent(family=family, end=start))


def _is_within(inner: DaySpan, outer: DaySpan) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last


def _sentence_words(tokens: Tokens, start: int, end: int) -> frozenset[str]:
    first, last = start, end
    while first > max(0, start - _REACH_AROUND) and not may_end_sentence(tokens, first - 1):
        first -= 1
    while last < min(len(tokens), end + _REACH_AROUND) and not may_end_sentence(tokens, last):
        last += 1
    return frozenset(tokens.words[first:last])


def _dated_event(tokens: Tokens, start: int, end: int) -> int | None:
    """Return the family of the event that a date belongs to."""
    # This is for "the Oct. 23 sniper shooting" and "last Friday's bombing".
    head = noun_head(tokens, end + (tokens.kinds[end : end + 1] == KINDS["POSSESSIVE"]))
    if head is not None:
        return NOUNS[tokens.words[head]]
    if tokens.word(start - 1) in _BOUNDS:
        return None
    if _opens_sentence(tokens, start):
        return _verb_behind(tokens, end)
    return _verb_before(tokens, start)


def _verb_before(tokens: Tokens, start: int) -> int | None:
    """Return the event of "he was shot on Oct. 23" or "the election was held on Nov. 3"."""
    is_told = False
    for place in range(start - 1, max(-1, start - 1 - _REACH_BEFORE), -1):
        word = tokens.words[place]
        if may_end_sentence(tokens, place):
            return None
        if word in VERBS:
            is_open = not DOUBTS.isdisjoint(tokens.words[max(0, place - 3) : place])
            return None if is_open else VERBS[word]
        if word in NOUNS and (is_told or place >= start - 2) and _is_subject(tokens, place):
            return NOUNS[word]
        is_told = is_told or word in HAPPENED
        if word in DOUBTS or (is_past_verb(tokens, place) and word not in HAPPENED):
            return None
    return None


def _is_subject(tokens: Tokens, noun: int) -> bool:
    """Say whether no verb, "of" or "in" before a noun could take its date."""
    for place in range(noun - 1, max(-1, noun - 1 - _REACH_BEFORE), -1):
        if may_end_sentence(tokens, place):
            return True
        if is_past_verb(tokens, place) or tokens.words[place] in NO_SUBJECT:
            return False
    return noun <= _REACH_BEFORE


def _opens_sentence(tokens: Tokens, start: int) -> bool:
    before = start - 1
    while before >= start - 2 and tokens.word(before) in _OPENINGS:
        before -= 1
    return before < 0 or may_end_sentence(tokens, before)


def _verb_behind(tokens: Tokens, end: int) -> int | None:
    """Return the event of "On Oct. 23 he was shot", by the first verb after the date."""
    for place in range(end, min(len(tokens), end + _REACH_AFTER)):
        word = tokens.words[place]
        if word in VERBS:
            return VERBS[word]
        is_other_verb = is_past_verb(tokens, place) and word not in AUXILIARIES
        if is_other_verb or word in BREAKS or may_end_sentence(tokens, place):
            return None
    return None


def may_end_sentence(tokens: Tokens, place: int) -> bool:
    """Say whether a sentence may end with a token, so that later ones may belong to another."""
    if tokens.kinds[place] != KINDS["DOT"]:
        return tokens.kinds[place] == STOP
    is_next = any(tokens.is_capitalised(after) for after in (place + 1, place + 2))
    return is_next and tokens.word(place - 1) not in _TITLES

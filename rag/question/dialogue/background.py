"""The turns of a conversation -> what a follow-up may refer to in them: who, what, where and when.

Everything is given as words that can stand in a question, empty where the turns offer nothing. The
newest turn comes first, and in it the question before the answer, but for a question that asks for
a person: its answer is the topic.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rag.dates.wording import describe_days, name_of_span
from rag.question.dialogue.names import Name, Sex, find_names
from rag.question.dialogue.parser import read_question
from rag.question.dialogue.parts import QuestionParts
from rag.question.dialogue.phrases import (
    any_name,
    can_be_meant,
    definite,
    described_person,
    joined_names,
    led_phrase,
    one_thing,
    several_things,
    tied,
    tied_phrase,
)
from rag.question.dialogue.words import HAPPENINGS, HARMING, PERSONS, SYNONYMS, is_plural, words_of
from rag.records import Answer, TimeWindow
from rag.text.datelines import dateline_end
from rag.text.terms import question_terms
from rag.text.verbs import with_base_forms


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A question that was asked, as it was understood, and what follow-ups need of its answer.

    `answer` is the first quote, empty if the archive does not say; `short` are the few words that
    answer, `when` the days that a when-question was answered with, `window` the days searched.
    """

    question: str
    answer: str = ""
    short: str = ""
    when: TimeWindow | None = None
    window: TimeWindow | None = None


# As far back as anything is looked for.
_MOST_TURNS = 10
# What a caller may give as an earlier turn: an answer, an exchange, or a question and its answer.
Earlier = Answer | Exchange | tuple[str, str]


def read_exchange(earlier: Earlier) -> Exchange:
    """Return an earlier turn as an exchange."""
    if isinstance(earlier, Exchange):
        return earlier
    if isinstance(earlier, tuple):
        return Exchange(question=earlier[0], answer=earlier[1])
    when = earlier.when
    days = TimeWindow(since=when.first, until=when.last) if when and when.first else None
    return Exchange(
        question=earlier.question,
        answer=earlier.citations[0].quote if earlier.citations else "",
        short=earlier.short,
        when=days,
        window=earlier.time_window,
    )


class Background:
    """What the turns so far offer to a follow-up; the newest turn is asked first."""

    def __init__(self, history: Sequence[Earlier]) -> None:
        turns = [_Turn(read_exchange(earlier)) for earlier in history[-_MOST_TURNS:]]
        self._turns = list(_one_topic([turn for turn in reversed(turns) if turn.exchange.question]))

    def __bool__(self) -> bool:
        return bool(self._turns)

    @property
    def last(self) -> QuestionParts:
        """The newest question, in its parts."""
        return self._turns[0].parts

    def person(self, sex: Sex = "") -> str:
        """Return the person last spoken of; of an unanswered who-question a description."""
        for turn in self._turns:
            for name in turn.persons():
                if name.sex in (sex, "") or not sex:
                    return name.text
            if described := described_person(turn.parts):
                return described
        return ""

    def persons(self) -> list[str]:
        """Return the persons that questions and answers name."""
        return [
            name.text for turn in self._turns for name in turn.persons() if name.kind == "person"
        ]

    def answered_person(self) -> str:
        """Return the person that the newest answer gives to a question for one."""
        turn = self._turns[0]
        found = (name.text for name in turn.answer_names if name.kind == "person")
        return next(found, "") if turn.asks_for_person else ""

    def thing(self) -> str:
        """Return what "it" means: the noun phrase that the newest question is about."""
        return self._asked_before() or self._first(one_thing) or self._first(any_name)

    def thing_happens(self) -> bool:
        """Say whether "it" is something that happened, so that it has a day of its own."""
        thing = self.thing()
        # What an event's place is called is no event: "the port in the war zone".
        words = set(words_of(thing.split(" in ")[0]))
        return bool(words & HAPPENINGS) or any(
            name.kind == "event" for name in find_names(f"of {thing}")
        )

    def several(self) -> str:
        """Return what "they" means: people or things, several, or a group."""
        return self._first(several_things)

    def place(self) -> str:
        """Return the place last spoken of."""
        for turn in self._turns:
            if places := [name for name in turn.parts.names if is_placed(turn.parts, name)]:
                return places[-1].text
        for turn in self._turns:
            for name in [*reversed(turn.parts.names), *turn.answer_names]:
                if name.kind in ("place", "country"):
                    return name.text
        return ""

    def named(self, noun: str) -> str:
        """Return the fullest phrase of a question whose noun is this one, or means the same."""
        same = next((words for words in SYNONYMS if noun in words), frozenset({noun}))
        for turn in self._turns:
            phrases = [phrase for phrase in can_be_meant(turn.parts) if phrase.head in same]
            if phrases:
                return definite(turn.parts, max(phrases, key=lambda p: p.end - p.start))
        return ""

    def mentions(self, word: str) -> bool:
        """Say whether a word, in any form, was asked or answered in these turns."""
        wanted = content_terms(word)
        return bool(wanted) and any(wanted <= turn.terms for turn in self._turns)

    def day(self) -> str:
        """Return when "then" is: the date that was last given, else the time last asked about."""
        for turn in self._turns:
            when = turn.exchange.when
            if when and when.since and when.until:
                return describe_days(when.since, when.until)
        return re.sub(r"^(?:in|on|during|at)\s+", "", self.time(), flags=re.IGNORECASE)

    def time(self) -> str:
        """Return the words of the time last asked about, with their preposition."""
        for turn in self._turns:
            words = turn.parts.said(turn.parts.time)
            if words and _DEICTIC.search(words) and turn.exchange.window:
                # Said on another day, "last week" would be another week.
                return in_words(turn.exchange.window)
            if words:
                return words[0].lower() + words[1:]
        return ""

    def time_is_narrow(self) -> bool:
        """Say whether the time last asked about is less than a year."""
        return re.fullmatch(r"\D*\d{4}\D*", _MONTHS.sub("0", self.time())) is None

    def context(self, verb: str = "") -> str:
        """Return the topic as words to end a question that has `verb`: "in the blast in Beirut"."""
        found = self._first(led_phrase) or self._first(tied_phrase)
        found = found or tied(self._first(one_thing) or self._first(joined_names) or self.thing())
        place = self.place() if found.startswith("under ") and verb in HARMING else ""
        return f"in {place}" if place else found

    def question_with(self, pattern: re.Pattern[str]) -> str:
        """Return the newest question in which a pattern is found."""
        return next((t.parts.text for t in self._turns if pattern.search(t.parts.text)), "")

    def _first(self, find: Callable[[QuestionParts], str]) -> str:
        return next((found for turn in self._turns if (found := find(turn.parts))), "")

    def _asked_before(self) -> str:
        """Return the phrase of the newest question that an earlier which-question asked for."""
        asked = {
            turn.parts.asked_noun
            for turn in self._turns[1:]
            if turn.parts.text.lower().startswith("which ")
        }
        found = (p for p in can_be_meant(self.last) if p.head in asked and not is_plural(p.head))
        return next((definite(self.last, phrase) for phrase in found), "")


@dataclass(frozen=True)
class _Turn:
    """An exchange with its question and its answer read."""

    exchange: Exchange

    @cached_property
    def parts(self) -> QuestionParts:
        return read_question(self.exchange.question)

    @cached_property
    def terms(self) -> set[int]:
        said = f"{self.exchange.question} {self.exchange.short} {self.exchange.answer}"
        return content_terms(said)

    @cached_property
    def answer_names(self) -> list[Name]:
        """The names in the answer that the question does not have, the short answer's first."""
        asked = {name.text for name in self.parts.names}
        persons = [name.text for name in self.parts.names if name.kind in ("person", "other")]
        # The place that a story was filed from is no part of it.
        quote = self.exchange.answer[dateline_end(self.exchange.answer) :]
        texts = [self.exchange.short, quote]
        found = [name for text in texts for name in find_names(text, persons=persons)]
        return [name for name in found if name.text not in asked]

    @property
    def asks_for_person(self) -> bool:
        asked = self.parts.said(self.parts.asked).lower().split()
        is_who = bool({"who", "whom"}.intersection(asked))
        return is_who or (asked[:1] != ["how"] and self.parts.asked_noun in PERSONS)

    def persons(self) -> Iterator[Name]:
        """Yield the persons of the turn, the likeliest first."""
        asked = [name for name in self.parts.names if name.kind == "person"]
        answered = [name for name in self.answer_names if name.kind == "person"]
        # A name of one word may be a surname; the answer tells, if it has the whole name.
        single = [
            name
            for name in self.parts.names
            if name.kind == "other" and " " not in name.text and not is_placed(self.parts, name)
        ]
        surnames = {name.text for name in single}
        whole = [name for name in answered if name.text.split()[-1] in surnames]
        if self.asks_for_person:
            yield from [*answered, *asked, *single]
        else:
            yield from [*asked, *whole, *single, *answered]


_BEFORE_PLACE = re.compile(r"\b(?:in|at|near|from|across|to|of)\s+$|\bin the\s+$", re.IGNORECASE)
_DEICTIC = re.compile(
    r"\b(?:last|this|next|past|coming|previous|current|yesterday|today|tonight|tomorrow|ago|recent)\b",
    re.IGNORECASE,
)
_MONTHS = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|\b(?:spring|summer|autumn|winter)\b",
    re.IGNORECASE,
)


def is_placed(parts: QuestionParts, name: Name) -> bool:
    """Say whether a name stands where a question names a place."""
    led = _BEFORE_PLACE.search(parts.text[: name.start])
    return name.kind in ("place", "country", "other") and led is not None


def in_words(window: TimeWindow) -> str:
    """Return a window as a question says it: "in 2022", "since 3 May 2020"."""
    if window.since and window.until:
        name = name_of_span(window.since, window.until)
        if name:
            return f"{'on' if window.since == window.until else 'in'} {name}"
        return f"from {window.since:%-d %B %Y} to {window.until:%-d %B %Y}"
    if window.since:
        return f"since {window.since:%-d %B %Y}"
    return f"until {window.until:%-d %B %Y}" if window.until else ""


def _one_topic(turns: list[_Turn]) -> Iterator[_Turn]:
    """Yield the turns, newest first, while each has something in common with the one before it."""
    for place, turn in enumerate(turns):
        if place and not content_terms(turns[place - 1].exchange.question) & turn.terms:
            return
        yield turn


def content_terms(text: str) -> set[int]:
    """Return the words of a text as terms, function words left out, verbs in their base form."""
    return set(question_terms(with_base_forms(text)).indices)

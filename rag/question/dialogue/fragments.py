"""A follow-up that is no whole question + the newest question -> that question with it put in.

"And Labour?", "what about 2022?", "and for the rebels?": the words take the place of the like part:
a time that of a time, a person that of a person, a noun that of what is counted.
"""

import re
from collections.abc import Iterable
from datetime import date

from rag.question.dialogue.names import Name, find_names
from rag.question.dialogue.nations import COUNTRIES, PEOPLE_OF
from rag.question.dialogue.parser import read_question
from rag.question.dialogue.parts import QuestionParts, Span, time_of_question
from rag.question.dialogue.phrases import kind_of
from rag.question.dialogue.words import (
    AGREEMENTS,
    AUXILIARIES,
    DETERMINERS,
    HAPPENINGS,
    PREPOSITIONS,
    WH,
    WORD,
    is_past,
    is_plural,
    words_of,
)
from rag.timex import find_times

# Whether words name a time is the same on every day.
_ANY_DAY = date(2000, 1, 1)
_MONTH = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_DAY = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?\b|day\b", re.IGNORECASE)
# Times that take no preposition.
_COUNTED = re.compile(
    r"(?:last|this|next|yesterday|today|tomorrow|tonight)\b"
    r"|the (?:year|month|week|day) (?:before|after)\b|.*\bago\b",
    re.IGNORECASE,
)
_MOST_WORDS = 8
_MOST_TIME_WORDS = 3


def is_fragment(text: str, *, is_led: bool) -> bool:
    """Say whether words are no whole question: nothing is asked or said in them.

    What "and" or "what about" leads may be anything; other words must be one name or one time, for
    the words of a topic are a search of their own.
    """
    words = list(words_of(text))
    if not words or words[0] in WH or any(word in AUXILIARIES for word in words):
        return False
    if is_led:
        return len(words) <= _MOST_WORDS
    names = find_names(f"and {text}")
    is_name = len(names) == 1 and len(names[0].text) >= len(text) - len("the ")
    is_time = bool(find_times(text, anchor=_ANY_DAY)) and len(words) <= _MOST_TIME_WORDS
    return text in COUNTRIES or is_name or is_time


def put_in(fragment: str, last: QuestionParts, *, persons: Iterable[str] = ()) -> str:
    """Return the newest question with a fragment put in; empty if it has no place there.

    `persons` are known as such, so that a surname is a person's.
    """
    if new := _time_put_in(fragment, last):
        return new
    start, end = time_of_question(fragment)
    new = _part_put_in(f"{fragment[:start]}{fragment[end:]}".strip(), last, persons)
    if new and end:
        return _time_put_in(fragment[start:end], read_question(new)) or new
    return new


def append(last: QuestionParts, words: str) -> str:
    """Return a question with words at its end, before its time."""
    if last.time[1]:
        return f"{last.text[: last.time[0]].rstrip()} {words} {last.text[last.time[0] :]}"
    return f"{last.text.rstrip('?!. ')} {words}?"


def _replace(last: QuestionParts, span: Span, words: str) -> str:
    return last.text[: span[0]] + words + last.text[span[1] :]


# -- a time ---------------------------------------------------------------------------------------


def _time_put_in(fragment: str, last: QuestionParts) -> str:
    """Return the question with another time; empty if the fragment is more than one."""
    times = [t for t in find_times(fragment, anchor=_ANY_DAY) if t.type in ("DATE", "TIME")]
    covered = {place for time in times for place in range(time.start, time.end)}
    others = [word for word in WORD.finditer(fragment) if word.start() not in covered]
    small = PREPOSITIONS | DETERMINERS | {"and"}
    if not times or any(word.group().lower() not in small for word in others):
        return ""
    words = _as_time(fragment, last, is_led=bool(others))
    if last.time[1]:
        return _replace(last, last.time, words)
    year, named = _YEAR.fullmatch(words.split(" ")[-1]), _YEAR.search(last.text)
    if year and named and len(fragment.split()) <= 2:
        # "The 2019 election" has no time of its own, but a year to be another.
        return _replace(last, named.span(), year.group())
    return f"{last.text.rstrip('?!. ')} {words}?"


def _as_time(fragment: str, last: QuestionParts, *, is_led: bool) -> str:
    """Return a time with the year of the time before, and a preposition, where it lacks them."""
    words, year = fragment, _YEAR.search(last.said(last.time))
    if year and not _YEAR.search(words) and _MONTH.search(words):
        words = f"{words} {year.group()}"
    if is_led or _COUNTED.match(words):
        return words
    is_day = _DAY.search(_YEAR.sub("", words)) is not None
    return f"{'on' if is_day else 'in'} {words}"


# -- a name or a noun -----------------------------------------------------------------------------


def _part_put_in(fragment: str, last: QuestionParts, persons: Iterable[str]) -> str:
    words = list(words_of(fragment))
    if not words:
        return ""
    if words[0] in PREPOSITIONS and len(words) > 1:
        return _led_put_in(fragment, words[0], last)
    if names := find_names(f"and {fragment}", persons=persons):
        return _name_put_in(fragment, names[-1], last)
    if is_past(words[-1]) and is_past(last.said(last.verb)):
        return _replace(last, last.verb, words[-1])
    return _noun_put_in(fragment, words[-1], last)


def _led_put_in(fragment: str, preposition: str, last: QuestionParts) -> str:
    """Return the question with another phrase after the same preposition, or with this added."""
    for phrase in sorted(last.phrases, key=lambda phrase: phrase.depth):
        if phrase.role != "asked" and last.preposition(phrase) == preposition:
            return _replace(last, (phrase.lead, phrase.end), fragment)
    return append(last, fragment)


# How alike two kinds of things are, from 0 to 3; the subject is likelier meant than the object.
_LIKE = {
    ("person", "person"): 3.0,
    ("country", "country"): 3.0,
    ("country", "people"): 2.5,
    ("people", "people"): 3.0,
    ("place", "place"): 3.0,
    ("group", "group"): 3.0,
    ("event", "event"): 3.0,
    ("other", "other"): 2.0,
    ("other", "person"): 1.6,
    ("other", "group"): 1.6,
    ("other", "place"): 1.5,
    ("country", "place"): 1.5,
    ("person", "group"): 1.2,
    ("country", "other"): 1.0,
    ("group", "country"): 1.0,
    ("other", "event"): 1.0,
}
_ROLES = {"subject": 0.5, "object": 0.3}


def _name_put_in(fragment: str, name: Name, last: QuestionParts) -> str:
    kind = _kind(fragment, name)
    if kind in ("event", "thing", "agreement"):
        for phrase in last.phrases:
            is_agreement = kind == "agreement" and phrase.head in AGREEMENTS
            if phrase.role != "asked" and (is_agreement or kind_of(last, phrase) == kind):
                return _replace(last, (phrase.start, phrase.end), fragment)
    best, target = 0.0, (0, 0)
    for span, found, role in _targets(last):
        likeness = _LIKE.get((kind, found), _LIKE.get((found, kind), 0.0))
        likeness += _ROLES.get(role, 0.0) if likeness else 0.0
        if "event" in (kind, found) and kind != found and not _is_name(last, span):
            continue
        if likeness > best:
            best, target = likeness, span
    if not target[1]:
        return append(last, f"{'in' if kind in ('country', 'place') else 'for'} {fragment}")
    is_people = any(n.start == target[0] and n.kind == "people" for n in last.names)
    words = PEOPLE_OF.get(name.text, fragment) if is_people and kind == "country" else fragment
    return _replace(last, target, words)


def _is_name(last: QuestionParts, span: Span) -> bool:
    return any(name.start <= span[0] < name.end or name.end == span[1] for name in last.names)


def _kind(fragment: str, name: Name) -> str:
    """Return the kind of thing a fragment means, by its noun where that is not its name."""
    parts = read_question(f"Who is {fragment}?")
    phrase = next(iter(parts.phrases), None)
    if phrase is None or phrase.head == name.text:
        return name.kind
    return "agreement" if phrase.head in AGREEMENTS else kind_of(parts, phrase)


def _targets(last: QuestionParts) -> list[tuple[Span, str, str]]:
    """Return what can be replaced, with its kind and role: phrases, and the names inside them."""
    found: list[tuple[Span, str, str]] = []
    for phrase in last.phrases:
        kind = kind_of(last, phrase)
        if phrase.role != "asked" and kind != "thing":
            found.append(((phrase.start, last.bare_end(phrase)), kind, phrase.role))
    for name in last.names:
        owns = last.text[name.end : name.end + 1] in ("'", "’")
        found.append(((name.start, name.end), name.kind, "object" if owns else ""))
    return found


def _noun_put_in(fragment: str, noun: str, last: QuestionParts) -> str:
    """Return the question with a noun in place of an event, of what is counted, of the subject."""
    phrases = [phrase for phrase in last.phrases if phrase.role != "asked"]
    asked = next((phrase for phrase in last.phrases if phrase.role == "asked"), None)
    likely = [p for p in phrases if p.head in HAPPENINGS] if noun in HAPPENINGS else []
    if asked and is_plural(noun) and not likely:
        counted = re.sub(r"^(?:the|an?|any|some)\s+", "", fragment, flags=re.IGNORECASE)
        start = asked.end - len(asked.text.split()[-1])
        return _replace(last, (start, asked.end), counted)
    plain = [p for p in phrases if p.depth == 0]
    likely += [p for p in plain if kind_of(last, p) == "thing" and not last.names_in(p)]
    for phrase in [*likely, *plain]:
        return _replace(last, (phrase.start, last.bare_end(phrase)), fragment)
    return ""

"""Reads a follow-up that only names what the last question shall be asked about instead.

"What about Porter?" after "When was Hale arrested?" asks when Porter was arrested. The words are
put where the last question has the like of them: a name for a name, a time for a time
(`contrast_times.py`), "the second" for "the first", "the police" for "the coroner". Where it has
nothing like them, or more than one, nothing is put.
"""

import re
from itertools import zip_longest
from typing import NamedTuple

from rag.question.contrast_named import NAME, POSSESSIVE, PREPOSITION, Named, read_named
from rag.question.contrast_times import NamedTime, put_time, times_in
from rag.question.kinds import AUXILIARY, QUESTION_WORD
from rag.text.patterns import any_of
from rag.text.sentences import Span
from rag.text.verbs import is_base, is_past_form

# "The tunnel at Harlow", "the one in Harlow".
_PLACED = re.compile(
    rf"(?P<noun>[a-z]+)(?P<where>\s+(?:in|at|on|near)\s+(?:the\s+)?{NAME.pattern})"
)
# What is in a town may be on an island.
_OF_PLACE = frozenset({"in", "on", "at"})
_ARTICLE = re.compile(r"\bthe\s+$", re.IGNORECASE)
# "The Denholt mill" keeps its article when it becomes "the Ulsby mill".
_NOUN_BEHIND = re.compile(rf"\s+(?!(?:{PREPOSITION}|is|are|was|were|has|have|had)\b)[a-z]")
_ORDINAL = re.compile(r"\b(?:first|second|third|fourth|fifth|sixth)\b", re.IGNORECASE)
# "The coroner", not "the coroner of the county" or "the flood waters".
_DETERMINED = re.compile(r"\bthe\s+(?P<noun>[a-z]+)(?=\s*(?:$|[?.,]|\b(?:say|said|think|claim)))")
# Who is meant is known from the turns before; a name can take the place.
_PRONOUN = re.compile(r"\b(?:he|she|they|him|them)\b", re.IGNORECASE)
_PREFIX = re.compile(r"^(?P<carried>[^?]*?): (?=\S)")
_SUBJECT = re.compile(rf"\b(?P<verb>{AUXILIARY})\s+the\s+(?P<noun>(?-i:[a-z]+))", re.IGNORECASE)
# What stands after the first verb, where a question has its subject.
_SUBJECT_BEHIND = re.compile(
    rf"\b(?P<verb>{AUXILIARY})\s+(?P<words>(?P<article>(?:the|an?)\s+)?(?:\w+ly\s+|(?:also|not)\s+)?"
    r"(?P<word>[\w’'-]+))",
    re.IGNORECASE,
)
_OF_BEING = re.compile(r"is|are|was|were|has|have|had", re.IGNORECASE)
_APPOSED = re.compile(r"\b(?:the|an?|his|her|its|their)\s+[a-z]+(?:\s+[a-z]+)?\s+$")
# Words with nothing but spaces between them.
_RUN = re.compile(r"[\w’'-]+(?: [\w’'-]+){0,5}")
_FUNCTION = re.compile(
    rf"{PREPOSITION}|{AUXILIARY}|the|an?|and|or|than|as|who|which|that|whose|not", re.IGNORECASE
)
_OPENING = re.compile(
    rf"^\W*(?:(?:{PREPOSITION})\s+)?(?:{QUESTION_WORD}|{AUXILIARY})\b", re.IGNORECASE
)
# One question and nothing beside it.
_IS_QUESTION = re.compile(rf"{_OPENING.pattern}[^?!;]*\??\s*$", re.IGNORECASE)


class _Put(NamedTuple):
    """A question with something put in it, what that was, and what it replaced."""

    question: str
    words: str
    replaced: str


def in_place(question: str, before: str) -> str:
    """Return the question before, asked about what a follow-up names; empty if it is no such one.

    `before` may have carried words before it, "Gaza: Who signed it?". These stay, unless one is
    what was replaced.
    """
    named = read_named(question)
    if named is None:
        return ""
    prefix = _PREFIX.match(before)
    body = before[prefix.end() if prefix else 0 :]
    if not _IS_QUESTION.match(body):
        return ""
    put = _with_time(named.time, named, body) if named.time else _with_named(named, body)
    carried = [] if prefix is None else prefix["carried"].split(", ")
    if put is None:
        return _with_description(named, carried, body)
    if named.is_meant and _PRONOUN.fullmatch(put.replaced):
        # "No, I meant Porter": the one whom "he" was taken for is not meant.
        names = [words for words in carried if NAME.fullmatch(words)]
        carried = [words for words in carried if len(names) > 1 or words not in names]
    kept = [words for words in carried if not _shares_word(words, f"{put.replaced} {put.words}")]
    return f"{', '.join(kept)}: {put.question}" if kept else put.question


def _with_description(named: Named, carried: list[str], body: str) -> str:
    """Return a question with who is meant described: "No, I mean the footballer"; empty if not.

    It is put to the only name that was carried, or to the only one in the question.
    """
    if not named.is_meant or named.article.lower().strip() != "the" or named.is_one:
        return ""
    if not re.fullmatch(r"[a-z]+(?: [a-z]+)?", named.words):
        return ""
    described = f", the {named.words}"
    opening = _OPENING.match(body)
    places = [Span(*f.span()) for f in NAME.finditer(body, opening.end() if opening else 0)]
    names = [words for words in carried if NAME.fullmatch(words)]
    if len(names) == 1 and not places:
        kept = ", ".join(f"{words}{described if words in names else ''}" for words in carried)
        return f"{kept}: {body}"
    if names or len(places) != 1 or body[places[0].end :].strip(" ?!."):
        return ""
    return f"{body[: places[0].end]}{described}{body[places[0].end :]}"


def _with_time(time: NamedTime, named: Named, body: str) -> _Put | None:
    """Return a question with a time in place of the only one of its kind that it has."""
    place = _only([span for span, sort in _times_of(body).items() if sort == time.sort])
    asked = put_time(time, named.preposition, body, place) if place else ""
    return _Put(asked, time.words, body[place.start : place.end]) if place and asked else None


def _with_named(named: Named, body: str) -> _Put | None:
    """Return a question with a name or a noun in place of its like."""
    place = _place_of(named, body)
    if place is None:
        return None
    article = _ARTICLE.search(body, 0, place.start)
    is_of_noun = _NOUN_BEHIND.match(body, place.end) is not None and not named.article
    if article is not None and not is_of_noun:
        place = Span(article.start(), place.end)
    replaced = body[place.start : place.end]
    put = named.words if _follows_noun(body, place) else named.article + named.words
    if named.is_one and named.words.islower() and not _ORDINAL.fullmatch(named.words):
        # "The new one" after "the conductor" is the new conductor.
        put += f" {replaced.split()[-1]}"
    placed = _PLACED.fullmatch(named.words)
    name = replaced.removeprefix("the ")
    is_name = NAME.fullmatch(name) is not None
    if placed and is_name and (" " not in name or _NOUN_BEHIND.match(body, place.end)):
        # "The tunnel at Harlow" is put for "the Holm Tunnel", and not for "Holm".
        return None
    if placed:
        noun = replaced.split()[-1].lower() if placed["noun"] == "one" else placed["noun"]
        put = f"the {noun}{placed['where']}"
    if possessive := POSSESSIVE.search(replaced):
        put += possessive[0] if len(possessive[0]) > 1 else "’s"
    asked = _with_preposition(body[: place.start], named) + put + body[place.end :]
    return _Put(asked, put, replaced)


def _place_of(named: Named, body: str) -> Span | None:
    """Return where a question has the like of what is named, if it has one such."""
    if _ORDINAL.fullmatch(named.words):
        return _only([Span(*found.span()) for found in _ORDINAL.finditer(body)])
    if NAME.fullmatch(named.words):
        return _place_of_name(named, body)
    if _PLACED.fullmatch(named.words):
        return _place_of_name(named, body) or _subject_of(body)
    if named.article.lower().startswith("the") and re.fullmatch(r"[a-z]+(?: [a-z]+)?", named.words):
        places = [Span(*found.span()) for found in _DETERMINED.finditer(body)]
        return _place_of_noun(places, body) if places else _subject_of(body)
    return None


def _place_of_noun(places: list[Span], body: str) -> Span | None:
    """Return the only "the bill" of a question, if no subject comes before it.

    After "Did the Senate pass the bill?", "the president" may be meant in place of either.
    """
    place = _only(places)
    subject = _SUBJECT_BEHIND.search(body)
    if place is None or subject is None or subject.start("words") >= place.start:
        return place
    first = subject["word"]
    is_of_being = _OF_BEING.fullmatch(subject["verb"]) is not None
    is_verb = is_past_form(first) if is_of_being else is_base(first)
    is_subject = not (is_verb or _FUNCTION.fullmatch(first) or first.endswith("ing"))
    return None if is_subject or subject["article"] else place


def _subject_of(body: str) -> Span | None:
    """Return where a question has "the police" after its first verb: "What did the police find?".

    After "did" a base form ends the noun, and after "was" a participle. If another verb follows it,
    it may be part of the noun, as in "the fire station close".
    """
    found = _SUBJECT.search(body)
    if found is None:
        return None
    ends = is_past_form if _OF_BEING.fullmatch(found["verb"]) else is_base
    first = last = found.start("noun")
    run = _RUN.match(body, first)
    words = list(re.finditer(r"\S+", run[0])) if run else []
    for word, after in zip_longest(words[1:], words[2:]):
        is_verb = ends(word[0])
        if word[0] in ("and", "or") or (is_verb and after is not None and ends(after[0])):
            return None
        if is_verb or _FUNCTION.fullmatch(word[0]) or not word[0].islower():
            break
        last = first + word.end()
    end = max(last, found.end("noun"))
    return Span(first - len("the "), end)


def _follows_noun(body: str, place: Span) -> bool:
    """Say whether a name stands behind what it is the name of: "the ferry Corrigan"."""
    is_noun = body.startswith("the ", place.start)
    return not is_noun and _APPOSED.search(body, 0, place.start) is not None


def _times_of(body: str) -> dict[Span, str]:
    """Return where a question names times, but not those in a name: "the Sunday Mirror"."""
    names = [Span(*found.span()) for found in NAME.finditer(body)]
    return {
        time: sort
        for time, sort in times_in(body).items()
        if not any(name != time and _is_within(time, name) for name in names)
    }


def _place_of_name(named: Named, body: str) -> Span | None:
    """Return where a question has another name, or a pronoun if it has none.

    Of several names it is the only one after the same preposition, or else with none before it.
    """
    opening = _OPENING.match(body)
    times = _times_of(body)
    found_names = NAME.finditer(body, opening.end() if opening else 0)
    spans = [Span(found.start(), found.end()) for found in found_names]
    names = [name for name in spans if not any(_is_within(name, time) for time in times)]
    if not names:
        pronoun = _only([Span(*found.span()) for found in _PRONOUN.finditer(body)])
        return None if named.preposition else pronoun
    stand = [_preposition_before(body, name) for name in names]
    if named.preposition != "about":
        # After "What did Hale say about Orr?", "What about Porter?" may mean either.
        stand = ["" if word == "about" else word for word in stand]
    alike = [name for name, word in zip(names, stand, strict=True) if word == named.preposition]
    if not alike and named.preposition in _OF_PLACE:
        alike = [name for name, word in zip(names, stand, strict=True) if word in _OF_PLACE]
    # "How much will the Harl bridge cost, according to Quayle?" may be asked of another mayor.
    is_clear = len(names) == 1 or "according to" not in body.lower()
    if alike and is_clear:
        return _only(alike)
    return None if named.preposition else _only(names)


def _preposition_before(body: str, name: Span) -> str:
    found = re.search(rf"\b(about|{PREPOSITION})\s+(?:the\s+)?$", body[: name.start], re.IGNORECASE)
    return found[1].lower() if found else ""


def _with_preposition(before: str, named: Named) -> str:
    """Return what stands before a place with the preposition of what is put there."""
    if named.preposition not in _OF_PLACE:
        return before
    return re.sub(rf"\b{any_of(_OF_PLACE)}(\s+(?:the\s+)?)$", rf"{named.preposition}\1", before)


def _is_within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _only(places: list[Span]) -> Span | None:
    return places[0] if len(places) == 1 else None


def _shares_word(words: str, others: str) -> bool:
    return bool(set(re.findall(r"\w+", words.lower())) & set(re.findall(r"\w+", others.lower())))

"""Reads a follow-up that only names what the last question shall be asked about instead.

"What about Porter?" after "When was Hale arrested?" asks when Porter was arrested. The words are
put where the last question has the like of them: a name for a name, a year for a year, "the second"
for "the first", "the police" for "the coroner". Where it has nothing like them, or more than one,
nothing is put.
"""

import re
from itertools import zip_longest
from typing import NamedTuple

from rag.question.kinds import AUXILIARY, QUESTION_WORD, asks_by_itself
from rag.text.calendar import WHOLE_MONTH
from rag.text.patterns import any_of
from rag.text.sentences import Span
from rag.text.verbs import is_base, is_past_form

_LEAD = re.compile(
    r"^\W*(?:(?:and|but|so|ok|okay|great|thanks|thank\s+you)\b\W*)*(?:(?:what|how)\s+about\s+)?(?:(?:and|then)\s+)?",
    re.IGNORECASE,
)
_MOST_WORDS = 5
_PREPOSITION = r"in|at|for|to|from|by|of|on|with|against|during|under|since|until|after|before"
_WORDS = re.compile(
    rf"(?:(?P<preposition>{_PREPOSITION})\s+)?(?P<article>(?:the|an?)\s+)?(?P<rest>.+)",
    re.IGNORECASE,
)
_ONE = re.compile(r"\s+ones?$", re.IGNORECASE)
_CAPITAL = r"(?!I\b)[^\W\d_a-z][\w.’'-]*"
# "The Fort Delamere Courier", "U.S.", "Åkerblom", but not "How" or "In".
_NAME = re.compile(rf"{_CAPITAL}(?:\s+(?:(?:of|de|van|von|al|the|and)\s+)?{_CAPITAL})*")
# "The tunnel at Harlow", "the one in Harlow".
_PLACED = re.compile(
    rf"(?P<noun>[a-z]+)(?P<where>\s+(?:in|at|on|near)\s+(?:the\s+)?{_NAME.pattern})"
)
# What is in a town may be on an island.
_OF_PLACE = frozenset({"in", "on", "at"})
_ARTICLE = re.compile(r"\bthe\s+$", re.IGNORECASE)
# "The Denholt mill" keeps its article when it becomes "the Ulsby mill".
_NOUN_BEHIND = re.compile(rf"\s+(?!(?:{_PREPOSITION}|is|are|was|were|has|have|had)\b)[a-z]")
_POSSESSIVE = re.compile(r"['’]s?$")
_DATE = re.compile(
    rf"\b(?:(?:\d{{1,2}}\s+)?{WHOLE_MONTH}(?:\s+\d{{1,2}},?)?(?:\s+\d{{4}})?|(?:19|20)\d\d"
    r"(?:[-–]\d\d)?)\b"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ORDINAL = re.compile(r"\b(?:first|second|third|fourth|fifth|sixth)\b", re.IGNORECASE)
# "The coroner", not "the coroner of the county" or "the flood waters".
_DETERMINED = re.compile(r"\bthe\s+(?P<noun>[a-z]+)(?=\s*(?:$|[?.,]|\b(?:say|said|think|claim)))")
# Who is meant is known from the turns before; a name can take the place.
_PRONOUN = re.compile(r"\b(?:he|she|they|him|them)\b", re.IGNORECASE)
_PREFIX = re.compile(r"^(?P<carried>[^?]*?): (?=\S)")
_SUBJECT = re.compile(rf"\b(?P<verb>{AUXILIARY})\s+the\s+(?P<noun>(?-i:[a-z]+))", re.IGNORECASE)
_OF_BEING = re.compile(r"is|are|was|were|has|have|had", re.IGNORECASE)
_APPOSED = re.compile(r"\b(?:the|an?|his|her|its|their)\s+[a-z]+(?:\s+[a-z]+)?\s+$")
# Words with nothing but spaces between them.
_RUN = re.compile(r"[\w’'-]+(?: [\w’'-]+){0,5}")
_FUNCTION = re.compile(
    rf"{_PREPOSITION}|{AUXILIARY}|the|an?|and|or|than|as|who|which|that|whose|not", re.IGNORECASE
)
_OPENING = re.compile(
    rf"^\W*(?:(?:{_PREPOSITION})\s+)?(?:{QUESTION_WORD}|{AUXILIARY})\b", re.IGNORECASE
)
# One question and nothing beside it.
_IS_QUESTION = re.compile(rf"{_OPENING.pattern}[^?!;]*\??\s*$", re.IGNORECASE)


class _Named(NamedTuple):
    """What a follow-up names, with the preposition before it, empty if there is none."""

    words: str
    preposition: str
    article: str


def in_place(question: str, before: str) -> str:
    """Return the question before, asked about what a follow-up names; empty if it is no such one.

    `before` may have carried words before it, "Gaza: Who signed it?". These stay, unless one is
    what was replaced.
    """
    named = _named(question)
    if named is None:
        return ""
    prefix = _PREFIX.match(before)
    start = prefix.end() if prefix else 0
    body = before[start:]
    place = _place_of(named, body) if _IS_QUESTION.match(body) else None
    if place is None:
        return ""
    article = _ARTICLE.search(body, 0, place.start)
    is_of_noun = _NOUN_BEHIND.match(body, place.end) is not None and not named.article
    if article is not None and not _DATE.fullmatch(named.words) and not is_of_noun:
        place = Span(article.start(), place.end)
    replaced = body[place.start : place.end]
    put = named.words if _follows_noun(body, place) else named.article + named.words
    placed = _PLACED.fullmatch(named.words)
    name = replaced.removeprefix("the ")
    is_name = _NAME.fullmatch(name) is not None
    if placed and is_name and (" " not in name or _NOUN_BEHIND.match(body, place.end)):
        # "The tunnel at Harlow" is put for "the Holm Tunnel", and not for "Holm".
        return ""
    if placed:
        noun = replaced.split()[-1].lower() if placed["noun"] == "one" else placed["noun"]
        put = f"the {noun}{placed['where']}"
    if (year := _YEAR.search(replaced)) and _DATE.fullmatch(put) and not _YEAR.search(put):
        # After "in October 2020", "and in November?" is of that year.
        put = f"{put} {year[0]}"
    if possessive := _POSSESSIVE.search(replaced):
        put += possessive[0] if len(possessive[0]) > 1 else "’s"
    carried = [] if prefix is None else prefix["carried"].split(", ")
    kept = [words for words in carried if not _shares_word(words, f"{replaced} {put}")]
    asked = _with_preposition(body[: place.start], named) + put + body[place.end :]
    return f"{', '.join(kept)}: {asked}" if kept else asked


def _named(question: str) -> _Named | None:
    """Return what a follow-up names, if it does nothing else."""
    lead = _LEAD.match(question)
    rest = question[lead.end() if lead else 0 :].strip(" ?!.")
    if not rest or len(rest.split()) > _MOST_WORDS or asks_by_itself(question):
        return None
    if rest == question.strip(" ?!.") and not (_NAME.fullmatch(rest) and "?" in question):
        return None
    found = _WORDS.fullmatch(rest)
    if found is None:
        return None
    words = _POSSESSIVE.sub("", _ONE.sub("", found["rest"]))
    # "The Harlow one" is one in Harlow.
    is_place = words != found["rest"] and _NAME.fullmatch(words)
    return _Named(
        words=words,
        preposition=(found["preposition"] or "").lower(),
        article="" if is_place else found["article"] or "",
    )


def _place_of(named: _Named, body: str) -> Span | None:
    """Return where a question has the like of what is named, if it has one such."""
    if _DATE.fullmatch(named.words):
        return _only([Span(*found.span()) for found in _DATE.finditer(body)])
    if _ORDINAL.fullmatch(named.words):
        return _only([Span(*found.span()) for found in _ORDINAL.finditer(body)])
    if _NAME.fullmatch(named.words):
        return _place_of_name(named, body)
    if _PLACED.fullmatch(named.words):
        return _place_of_name(named, body) or _subject_of(body)
    if named.article.lower().startswith("the") and re.fullmatch(r"[a-z]+(?: [a-z]+)?", named.words):
        places = [Span(*found.span()) for found in _DETERMINED.finditer(body)]
        return _only(places) if places else _subject_of(body)
    return None


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
    return _APPOSED.search(body, 0, place.start) is not None


def _place_of_name(named: _Named, body: str) -> Span | None:
    """Return where a question has another name, or a pronoun if it has none.

    Of several names it is the one after the same preposition, or else the one that comes first with
    none before it.
    """
    opening = _OPENING.match(body)
    names = [
        Span(found.start(), found.end())
        for found in _NAME.finditer(body, opening.end() if opening else 0)
        if not _DATE.fullmatch(found[0])
    ]
    if not names:
        pronoun = _only([Span(*found.span()) for found in _PRONOUN.finditer(body)])
        return None if named.preposition else pronoun
    stand = [_preposition_before(body, name) for name in names]
    alike = [name for name, word in zip(names, stand, strict=True) if word == named.preposition]
    if not alike and named.preposition in _OF_PLACE:
        alike = [name for name, word in zip(names, stand, strict=True) if word in _OF_PLACE]
    # "How much will the Harl bridge cost, according to Quayle?" may be asked of another mayor.
    is_clear = len(names) == 1 or "according to" not in body.lower()
    if alike and is_clear:
        return alike[0]
    return None if named.preposition else _only(names)


def _preposition_before(body: str, name: Span) -> str:
    found = re.search(rf"\b({_PREPOSITION})\s+(?:the\s+)?$", body[: name.start], re.IGNORECASE)
    return found[1].lower() if found else ""


def _with_preposition(before: str, named: _Named) -> str:
    """Return what stands before a place with the preposition of what is put there."""
    if named.preposition not in _OF_PLACE:
        return before
    return re.sub(rf"\b{any_of(_OF_PLACE)}(\s+(?:the\s+)?)$", rf"{named.preposition}\1", before)


def _only(places: list[Span]) -> Span | None:
    return places[0] if len(places) == 1 else None


def _shares_word(words: str, others: str) -> bool:
    return bool(set(re.findall(r"\w+", words.lower())) & set(re.findall(r"\w+", others.lower())))

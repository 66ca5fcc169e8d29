"""Widens a part of a sentence that is one of several things to all of them.

A model that marks words may mark the first of what is listed: "a parliament" of "gets a parliament,
its own schools and a third of the taxes". That one alone is no answer to what it gets. Or it marks
the end of a list: "and Corran" of "at Haddle, Vell and Corran", or it leaves out how many the first
are: "theft and one count of fraud" of "two counts of theft and one count of fraud".
"""

import re

from rag.text.calendar import WHOLE_MONTH, WHOLE_WEEKDAY
from rag.text.numerals import NUMERALS
from rag.text.patterns import any_of
from rag.text.places import place_at
from rag.text.sentences import OPENERS, Span
from rag.text.verbs import has_past_verb, is_base, is_past_form, is_s_form
from rag.text.words import plain

_DETERMINERS = "a an the its his her their our my your no some more two three four five".split()
# Between two of these with no preposition, another thing begins: "the school a piano".
_TWO_THINGS = re.compile(
    r"(?<!\bof)(?<!\bin)(?<!\bfor)(?<!\bto)(?<!\bwith)(?<!\bfrom)(?<!\bon)(?<!\bat)(?<!\bby)"
    r"(?<!\bas)(?<!\bover)(?<!\bunder)(?<!\binto)(?<!\bnear)(?<!\babout)(?<!\bbetween)"
    r"\s(?:an?|the|its|his|her|their|our|my|your)\s",
    re.IGNORECASE,
)
# These belong to a clause of its own: "and the state says no".
_CLAUSE = re.compile(
    r"\b(?:is|are|am|was|were|has|have|had|will|would|can|could|may|might|shall|must|do|does|did"
    r"|says?|wants?|needs?|goes|comes?|remains|seems|appears|becomes)\b",
    re.IGNORECASE,
)
# "The leader quits on Friday", "the owners oppose it". A word on -s may be a noun too, so it is a
# verb only where no noun can stand: "the council offices in Holm" are things.
_SUBJECT = r"\b(?:an?|the|its|his|her|their|our|my|your)\s(?:[a-z-]+\s)?"
_NO_OBJECT = (
    r"(?:in|on|at|to|of|by|for|from|with|and|or|but|as|than|near|over|under|after|before|that"
    r"|which|who|where|when|while|there|here|into|about|between)\b"
)
_MAY_TELL = re.compile(
    rf"{_SUBJECT}[a-z-]*[a-rt-z]\s(?P<singular>[a-z]+s)"
    rf"\s(?:(?!{_NO_OBJECT})[a-z]|on\s{WHOLE_WEEKDAY}\b)"
    rf"|{_SUBJECT}[a-z-]+s\s(?P<plural>[a-z]+)\s(?:it|him|them|her|the|an?|its|his|their)\b"
)
# "A painted coach": a participle after an article tells what a thing is like.
_PARTICIPLE = re.compile(r"\b(?:an?|the|its|his|her|their)\s\w+ed\b", re.IGNORECASE)
_BEGINS = re.compile(rf"{any_of(_DETERMINERS)}\s", re.IGNORECASE)
_BEGINS_LATER = re.compile(rf"(?:{any_of([*_DETERMINERS, *NUMERALS])}|\d[\d.,]*)\s", re.IGNORECASE)
# "Two counts of theft, one count of arson and one of fraud", up to the last thing.
_NUMBER = rf"(?:(?i:{any_of(NUMERALS)}|an?)|\d+)"
_COUNTED = re.compile(
    rf"\b{_NUMBER}\s(?P<noun>[a-z]+?)s?\sof\s(?P<first>[^,;:.()]+?)"
    rf"(?:,\s{_NUMBER}\s(?P=noun)s?\sof\s[^,;:.()]+?)*,?\sand\s{_NUMBER}(?:\s(?P=noun)s?)?\sof\s"
)
# "She was told to pay a fine and stay away": the verbs after the first have no "to".
_BEFORE_VERB = re.compile(r"\b(?:to|must|will|would|should|shall|can|could|may|might)\s$")
_QUOTE = re.compile('[“”"]')
_FIRST_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
# The things after the first: ", its own schools and a third of the taxes".
_OTHERS = re.compile(
    r"(?P<between>(?:,\s(?:[^,;:.()“”\"—–]|[,.](?=\d))+?)*),?\sand\s"
    r"(?P<last>(?:[^,;:.()“”\"—–]|[,.](?=\d))+?)"
    r"(?=[,;:.!?](?:\s|$)|$)"
)

_WORD = r"[A-Z](?:[\w'’-]|\.(?=\s[A-Z]))*"
_NAME = rf"{_WORD}(?:\s(?:(?:of|the|de|van|von)\s){{0,2}}{_WORD})*"
_NAMES = re.compile(rf"\b{_NAME}(?:,\s(?:the\s)?{_NAME})*,?\s(?:and|or)\s(?P<the>the\s)?{_NAME}")
# "France and the Greek mayor": the last name only describes somebody.
_NAMED = re.compile(rf"\s(?!(?:{_NO_OBJECT}|is|are|was|were|has|have|had|will))(?P<next>[a-z]+)")
# Words before a name at the beginning of a clause. "The Hague" and "All Saints" are names.
_OPENING = OPENERS - set(
    "the a an no all any another each every few many more most some one other others police "
    "officials his her its my our their your".split()
)
_OPENS_LIST = re.compile(
    rf"(?:(?:{any_of(sorted(map(str.capitalize, _OPENING)))}|Today|Tonight|Yesterday|Tomorrow"
    rf"|(?:(?:On|By|Since|Until|Late|Last|Next|This|Early)\s)*{WHOLE_WEEKDAY}"
    rf"|(?:In|By|Since|Until|Late|Last|Next|This|Early)\s{WHOLE_MONTH}),?\s(?!{WHOLE_WEEKDAY}\b))+"
    r"(?=[A-Z])"
)
# "Athens, Georgia" is one place.
_IN_A_COUNTRY = re.compile(rf"(?P<place>{_NAME}),\s(?P<country>{_NAME}),?")
# "In Harlow, Kim Orr and Lee Vance": what opens the sentence is none of the names.
_FRONTED = re.compile(
    r"(?:In|On|At|After|Before|From|With|For|Near|Under|By|To|Of|Like|Unlike|Since|Until)\s[^,]*,\s"
)
_JOINED_BY = re.compile(r",|\b(?:and|or)\b")
_JOINED_BEFORE = re.compile(r"(?:[,;]\s*)?(?:(?:and|or)\s+)?")


def whole_enumeration(text: str, span: Span, within: Span, *, is_list: bool = False) -> Span:
    """Return `span` with all things of its list, if it is the first or the end of one.

    All are in characters of `text`, and `within` is the sentence. All things of a list begin alike:
    with an article or the like, or with a verb after "to" or "will". What has a verb in it besides
    may be two clauses, and what has two things side by side two receivers; they are left alone. One
    name of several is an answer by itself, unless a question asks for a list: `is_list`.
    """
    if names := _names_around(text, span, within, is_list=is_list):
        return names
    joined = _JOINED_BEFORE.match(text, span.start, span.end)
    if joined and joined.end() < span.end:
        span = Span(joined.end(), span.end)
    span = _with_count(text, span, within)
    others = _OTHERS.match(text, span.end, within.end)
    if others is None or _QUOTE.search(text, span.start, span.end) or _is_clause(others[0]):
        return span
    things = [*others["between"].split(", ")[1:], others["last"]]
    if _are_nouns(text[span.start : span.end], things) or (
        _BEFORE_VERB.search(text, within.start, span.start)
        and all(map(_begins_with_verb, [text[span.start : span.end], *things]))
    ):
        return Span(span.start, others.end())
    return span


def _with_count(text: str, span: Span, within: Span) -> Span:
    """Return the first or the last things of a counted list with how many the first are."""
    for counted in _COUNTED.finditer(text, within.start, within.end):
        first = counted.start("first")
        is_end = first < span.start < counted.end() < span.end
        is_thing = text.endswith("of ", within.start, span.start)
        if span.start == first or (is_end and is_thing):
            return Span(counted.start(), span.end)
    return span


def _names_around(text: str, span: Span, within: Span, *, is_list: bool) -> Span | None:
    """Return the list of names of which a part with a comma or an "and" is marked."""
    if not is_list and not _JOINED_BY.search(text, span.start, span.end):
        return None
    if _is_one_place(text[span.start : span.end]):
        return None
    for names in _NAMES.finditer(text, within.start, within.end):
        if names.start() <= span.start and span.end <= names.end():
            if names["the"] and _describes(text, names.end(), within):
                return None
            fronted = _FRONTED.match(names[0]) if names.start() == within.start else None
            opens = fronted or _OPENS_LIST.match(names[0])
            start = names.start() + (opens.end() if opens else 0)
            return Span(min(start, span.start), names.end())
    return None


def _is_one_place(marked: str) -> bool:
    """Say whether words are a place and its country; "Britain, France" are two countries."""
    found = _IN_A_COUNTRY.fullmatch(marked)
    return found is not None and _is_country(found["country"]) and not _is_country(found["place"])


def _is_country(name: str) -> bool:
    words = [plain(word) for word in name.split()]
    place = place_at(words, 0)
    return place is not None and place.count == len(words) and not place.is_seat


def _describes(text: str, end: int, within: Span) -> bool:
    """Say whether a name that ends here describes the noun behind it: "the Greek mayor"."""
    behind = _NAMED.match(text, end, within.end)
    return behind is not None and not is_past_form(behind["next"])


def _is_clause(others: str) -> bool:
    told = _PARTICIPLE.sub("", others)
    return has_past_verb(told) or _CLAUSE.search(others) is not None or _tells(others)


def _tells(others: str) -> bool:
    """Say whether a noun with an article has a verb in the present behind it."""
    return any(
        is_s_form(found["singular"]) if found["singular"] else is_base(found["plural"])
        for found in _MAY_TELL.finditer(others)
    )


def _are_nouns(first: str, others: list[str]) -> bool:
    """Say whether all begin with an article or the like, and none has two things side by side."""
    alike = _BEGINS.match(first) is not None and all(map(_BEGINS_LATER.match, others))
    return alike and not any(map(_TWO_THINGS.search, others))


def _begins_with_verb(thing: str) -> bool:
    word = _FIRST_WORD.match(thing)
    return word is not None and is_base(word[0])

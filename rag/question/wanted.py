"""Tells which of several values a question wants, and whether one value can answer it at all."""

import re
from dataclasses import dataclass
from typing import Literal

from rag.question.kinds import asks_in_a_clause
from rag.text.calendar import MONTH, WEEKDAY
from rag.text.counting import Counted, read_counted
from rag.text.governing import asks_of_denial
from rag.text.numerals import MULTIPLIERS, NUMERALS
from rag.text.patterns import any_of
from rag.text.reasons import Reason, reason_asked
from rag.text.replacing import speaks_of_amounts
from rag.text.statements import Statement, read_statement
from rag.text.tolls import asks_for_deaths, asks_for_the_ill, stems_of_toll
from rag.text.units import TIME_UNITS
from rag.text.verbs import is_base, is_past_form
from rag.text.words import stems_of

Which = Literal["", "newest", "oldest", "highest", "lowest"]
Shape = Literal["", "list", "comparison", "yes-no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which value a question wants, and what else it says about that.

    `shape` says what it asks for beside one value. `statement` is what a question of yes or no asks
    whether it is so, None if neither would answer it clearly. With `is_of_present` such a question
    asks what is so by now. With `is_count` it counts what happened, and not at one time. `counted`
    is what it asks the number of, if it does, and with `is_of_amounts` it is about an amount. With
    `is_of_opinion` it asks what somebody thinks, with `is_of_the_dead` how many died, and with
    `is_of_the_ill` how many are or were ill. With `is_of_denial` it is about what was denied, and
    with `is_of_nature` it asks what something is. `reason` says of what it asks the reason. `noun`
    is what it asks for one of: "fault" of "which fault". `stems` are those of its content words.
    `toll` are the stems by which reports tell the count of people that it asks for.
    """

    which: Which
    shape: Shape
    statement: Statement | None
    is_of_present: bool
    is_count: bool
    counted: Counted | None
    is_of_amounts: bool
    is_of_opinion: bool
    is_of_the_dead: bool
    is_of_the_ill: bool
    toll: frozenset[int]
    is_of_denial: bool
    is_of_nature: bool
    reason: Reason
    noun: str
    stems: frozenset[int]


_COUNTS = re.compile(r"\bhow\s+many\b|\b(?:toll|number|count)\b", re.I)
# These ask for the value of one time. "By the storm" says who did it, "by Monday" until when.
_OF_A_TIME = re.compile(
    r"\b(?:before|prior|until|as\s+of|at\s+first|initially|originally|in\s+(?:1[5-9]|20)\d\d"
    r"|by\s+(?:(?:the\s+)?(?:end|start|middle|close|time|late|early|mid|last|next|this)\b|then|noon"
    rf"|midnight|yesterday|today|tonight|\d|{WEEKDAY}|{MONTH}))\b",
    re.I,
)
_OF_OPINION = re.compile(
    r"\b(?:think|thinks|thought|opinion|views?|argue[sd]?|believe[sd]?|predict\w*|according\s+to"
    r"|columnist\w*|critic\w*|blame[sd]?|urge[sd]?|call(?:s|ed)?\s+(?:for|on)|writer|editorial"
    r"|satire|joke[sd]?|spoof\w*)\b",
    re.I,
)
_SOME = rf"(?:few|several|couple\s+of|\d+|{any_of(NUMERALS)})"
_PERIOD = rf"(?:(?:{_SOME}\s+)?(?:{WEEKDAY}|{MONTH}|year|month|week|weekend|night|day|summer|winter"
_PERIOD += r"|spring|autumn|fall|season|decade|century|quarter)s?\b)"
# "Who watched the final in Holm?"
_NO_GAME = r"(?!\s*(?:\?|$)|\s+(?:in|of|at|between|on|against|last|this)\b)"
# "The minimum wage" is one amount that is set.
_NOT_SET = (
    r"(?!\s+(?:wages?|ages?|sentences?|fines?|penalt\w+|salar\w+|tariffs?|stay|price\s+for)\b)"
)
_WHICH: tuple[tuple[Which, re.Pattern[str]], ...] = (
    (
        "newest",
        re.compile(
            r"\b(?:current(?:ly)?|latest|newest|most\s+recent(?:ly)?|eventually|now"
            rf"|final(?:ly)?{_NO_GAME}"
            r"|so\s+far|to\s+date|in\s+the\s+end|ultimate(?:ly)?|these\s+days|at\s+present"
            rf"|last(?!\s*\??$)(?!\s+{_PERIOD}))\b",
            re.I,
        ),
    ),
    (
        "highest",
        re.compile(
            rf"\b(?:highest|largest|biggest|greatest|maximum{_NOT_SET}|longest|heaviest|tallest|fastest"
            r"|most\s+(?:expensive|people|money))\b",
            re.I,
        ),
    ),
    (
        "lowest",
        re.compile(
            rf"\b(?:lowest|smallest|(?<!at\s)least|fewest|minimum{_NOT_SET}|shortest|cheapest"
            r"|slowest)\b",
            re.I,
        ),
    ),
    (
        "oldest",
        re.compile(
            r"\b(?:earliest|originally|initially|at\s+first"
            r"|(?:first|opening)\s+(?:report|estimate|offer|bid|proposal|forecast))\b",
            re.I,
        ),
    ),
)
# "What did Orr first offer?", "how big was the mill that Orr first applied for?" In "its first
# reported loss" it is one of several.
_FIRST_DID = re.compile(
    r"^\W*(?:how|what)\b(?!\s+(?:time|day|date|week|month|year)\b)[^?]*?"
    r"(?<!\b(?:the|his|her|its|our))(?<!\btheir)(?<!['’]s)(?<!\ba)\s+first\s+(?P<verb>[a-z]+)\b",
    re.I,
)
_DID = re.compile(r"\bdid\b", re.I)
_HOW_LONG = re.compile(r"\bhow\s+long\s+(?:did|will|does|do|would)\b", re.I)
# "What was the highest toll", "what was the storm's highest wind". In "the toll of the biggest
# fire" and "who owns the largest stake" it belongs to a thing.
_IS_THE = re.compile(
    r"(?:^\W*|\b(?:is|was|were|are|at|what['’]s)\s+)(?:(?:the|its|their|his|her)\s+"
    r"|(?:(?!(?:in|of|at|on|for|from|after|during|by)\b)[\w’'-]+\s+){0,3}?[\w-]+['’]s?\s+)?$",
    re.I,
)
_IS = r"(?:is|are|am|does|do|has|have|can)(?:n['’]t)?"
_PAST = r"(?:was|were|did|had|would)"
# "How many are missing?" asks for the present, and so does "What does it cost?"
_PRESENT = re.compile(
    rf"^\W*(?:(?:so|and|but)\s+)?(?:(?:what|who|where)(?:['’]s\b|\s+{_IS}\b)"
    rf"|(?:how|which|what)(?:\s+(?!{_PAST}\b)[\w-]+){{1,3}}?\s+{_IS}\b)",
    re.I,
)
_YES_NO = re.compile(
    r"^\W*(?:(?:so|and|but)\s+)?(?:is|are|was|were|am|do|does|did|has|have|had|will|would|shall"
    r"|should|can|could|may|might|must)(?:n['’]t)?\s",
    re.I,
)
_OF_PRESENT = re.compile(
    r"^\W*(?:(?:so|and|but)\s+)?(?:is|are|am|do|does|has|have|will|can)(?:n['’]t)?\s", re.I
)
# "More than 1,000", "less than a week after" and "longer than expected" compare nothing.
_BOUND = (
    rf"(?:(?!(?:1[5-9]|20)\d\d\b)[£$€₹]?\d|(?:{any_of(NUMERALS)}|{any_of(MULTIPLIERS)}s?|half|dozens?)\b"
    rf"|an?\s+(?:\w+\s+)?{any_of(TIME_UNITS)}\b(?!\s+(?:ago|earlier|before|previously))"
    r"|(?:an?|one|two)[\s-](?:third|quarter|dozen|few|handful)\b"
    r"|(?:expected|planned|usual|normal|thought|hoped|feared|ever)\b)"
)
_COMPARISON = re.compile(
    r"\b(?:more|less|fewer|higher|lower|bigger|smaller|larger|longer|shorter|older|younger|better"
    rf"|worse|cheaper|faster|slower|earlier|later)\b[^?]*\bthan\b(?!\s+{_BOUND})|\bcompared?\s+(?:with|to)\b"
    r"|\bdifference\s+between\b"
    # "Did more people come in May or in June?"
    r"|^\W*(?:is|are|was|were|do|does|did|has|have|had|will)\s+(?:there\s+)?(?:more|fewer|less)\b"
    r"[^?]*\bor\b",
    re.I,
)
# "What share of homes" asks for a number.
_SHARE = r"(?:percentage|share|proportion|fraction|number)"
_NO_SINGULAR = r"(?!(?:was|has|does|\w*(?:ss|us|is|ics|news|series|species))\b)"
# "Which roads in the old town are closed?"
_OF_A_PLACE = r"(?:(?:in|of|on|at|to|for|from|near)\s+(?:\w+\s+){1,4}?)?"
_LIST = re.compile(
    rf"\b(?:which|what)\s+(?!{_SHARE}\b)(?:\w+\s+){{0,2}}?{_NO_SINGULAR}\w{{3,}}s\s+{_OF_A_PLACE}"
    r"(?:(?:are|were|have|had|did|do|will|would|can|could|\w+ed)\b"
    # "Which libraries is the town closing?", but "what Orr says is wrong" asks for no list.
    r"|(?:is|was|does|has)\s+(?:the|it|he|she|they)\b)"
    r"|\bwho\s+(?:are|were)\s+the\s+(?:\w+\s+){0,3}?\w+s\b"
    r"|\b(?:list|name)\s+(?:all|the|every|some)\b|\bwhat\s+are\s+the\s+(?:\w+\s+){0,3}?\w+s\b",
    re.I,
)

_PLURAL_AND_VERB = re.compile(
    r"\b(?i:which|what)\s+(?:[a-z]+\s+)?(?P<plural>people|men|women|children"
    rf"|{_NO_SINGULAR}[a-z]{{2,}}s)\s+(?P<verb>[a-z]+)\b"
)
# "What is Storm Orr?" and "what is the fine?" ask for what they do not say, if not for a choice.
_OF_NATURE = re.compile(r"\W*what(?:['’]s|\s+(?:is|are|was|were))\s", re.I)
_OR = re.compile(r"\bor\b", re.I)
_NOUN = re.compile(
    r"\b(?:what|which)\s+(?!(?:is|are|was|were|did|does|do|has|have|had|will|would|can|could|should"
    r"|may|might|must|made|happened|caused|kind|sort|type|of)\b)(?P<noun>[a-z]{3,})\b",
    re.I,
)


def _is_of_something_else(which: Which, found: re.Match[str]) -> bool:
    """Say whether a superlative is of a thing, and not of what is asked for: "the biggest bank"."""
    is_largest = which in ("highest", "lowest")
    if found[0].lower() == "last":  # "How long did the siege last?"
        return _HOW_LONG.search(found.string) is not None
    return is_largest and not _IS_THE.search(found.string[: found.start()])


def read_wanted(question: str) -> Wanted:
    """Return which value a question wants."""
    which = next(
        (
            which
            for which, pattern in _WHICH
            if any(not _is_of_something_else(which, f) for f in pattern.finditer(question))
        ),
        None,
    )
    shape = _shape_of(question)
    return Wanted(
        which=which
        or ("oldest" if _asks_what_was_first(question) else "")
        or ("newest" if _PRESENT.search(question) else ""),
        shape=shape,
        statement=read_statement(question) if shape == "yes-no" else None,
        is_of_present=_OF_PRESENT.search(question) is not None,
        is_count=_COUNTS.search(question) is not None and not _OF_A_TIME.search(question),
        counted=read_counted(question),
        is_of_amounts=speaks_of_amounts(question),
        is_of_opinion=_OF_OPINION.search(question) is not None,
        is_of_the_dead=asks_for_deaths(question),
        is_of_the_ill=asks_for_the_ill(question),
        toll=stems_of_toll(question),
        is_of_denial=asks_of_denial(question),
        is_of_nature=_OF_NATURE.match(question) is not None and _OR.search(question) is None,
        reason=reason_asked(question),
        noun=noun["noun"].lower() if (noun := _NOUN.search(question)) else "",
        stems=frozenset(stems_of(question)),
    )


def _asks_what_was_first(question: str) -> bool:
    """Say whether a question asks what somebody did before that changed: "first applied for"."""
    found = _FIRST_DID.search(question)
    if found is None:
        return False
    verb = found["verb"]
    return is_past_form(verb) or (is_base(verb) and _DID.search(question) is not None)


def _shape_of(question: str) -> Shape:
    if _COMPARISON.search(question):
        return "comparison"
    if _YES_NO.search(question) and not asks_in_a_clause(question):
        return "yes-no"
    return "list" if _LIST.search(question) or _asks_which_did(question) else ""


def _asks_which_did(question: str) -> bool:
    """Say whether a question asks which of several did something: "which banks went bust"."""
    found = _PLURAL_AND_VERB.search(question)
    if found is None or re.search(_SHARE, found["plural"]):
        return False
    verb = found["verb"].lower()
    return is_past_form(verb) or is_base(verb)

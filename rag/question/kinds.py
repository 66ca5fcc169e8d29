"""Tells what kind of answer a question asks for, and whether a sentence contains one."""

import re
from collections.abc import Set
from typing import Literal

from rag.question.money import MONEY
from rag.text.numerals import FRACTIONS, MULTIPLIERS, NUMERALS
from rag.text.patterns import any_of

Kind = Literal["when", "number", "who", "where", "other"]

_NUMBER = re.compile(
    rf"\d|\b(?:{any_of(NUMERALS)}|{any_of(MULTIPLIERS)}s?|{any_of(FRACTIONS)}|twice|percent)\b",
    re.IGNORECASE,
)
# A capitalised word that is not the first of its sentence.
_NAME = re.compile(r"(?<![.!?“\"] )(?<![“‘\"(])(?<!^)\b[A-Z][a-z]+")

# What is told by a number: "what was the final bill", "what share of", but not "what did Bill say".
_AMOUNT = (
    r"(?-i:numbers?|amounts?|totals?|sums?|costs?|prices?|percent(?:age)?s?|proportion|portion|share"
    r"|fraction|rate|(?<!which )(?<!what )bill(?!\s+(?:was|is|did|has|passed|would|will|does)\b)"
    r"|fines?|fees?|salary|budget(?!\s+(?:speech|day|debate|talks|vote|plans?)\b)|toll|ages?|score|size|length|height|weight"
    r"|depth|width|distance|speed|temperature|discount|turnout|tally|majority|margin|value)"
)
_TIME = r"(?:dates?|days?|years?|months?|weeks?|time|hours?|deadline|birthday)"
# The words between "what" and the thing: "what was the final monthly", "which foreign".
_WHAT = r"(?:what|which)(?:['’]s)?\s+(?:(?:is|was|were|are|will\s+be)\s+)?"
_OF_ONE_KIND = (
    r"(?:(?!(?:of|for|in|to|at|on|that|who|d[io]d?|does|has|have|had|will|would|is|was)\b)\w+\s+"
    # "Which state did so this week" and "which country last year" are about no time.
    r"(?!(?:this|these|last|next|past)\b)){0,2}"
)
_KIND_OF = rf"{_WHAT}(?:the\s+|an?\s+|\w+['’]s\s+)?{_OF_ONE_KIND}"
# "What was the union's share", "what is the Bank of Holm's rate".
_SOMEBODYS = r"the\s+(?:[\w’'-]+\s+){0,3}?\w+(?:['’]s|s['’])\s+"
# "What is inflation?", "what was the city's population in 2011?", "what attendance"
_OF_A_STATE = (
    r"\bwhat\s+(?:attendance|population|deficit|surplus)\b"
    r"|\bwhat(?:['’]s|\s+(?:is|was|were))\s+(?:the\s+)?(?:[\w’'-]+\s+){0,3}?"
    r"(?:inflation|unemployment|deficit|surplus|population|debt|attendance)"
    r"(?=\s*(?:$|[?,.])|\s+(?:in|for|on|at|of|last|this|now|before|after)\b)"
)
_ASKS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("when", re.compile(rf"\b{_KIND_OF}{_TIME}\b", re.I)),
    (
        "number",
        re.compile(
            r"\bhow\s+(?:many|much|old|long|far|big|large|tall|high|often|deep|wide|fast|heavy)\b"
            rf"|\b{_KIND_OF}{_AMOUNT}\b|\b{_WHAT}{_SOMEBODYS}{_OF_ONE_KIND}{_AMOUNT}\b"
            rf"|{MONEY}|{_OF_A_STATE}",
            re.I,
        ),
    ),
    ("who", re.compile(r"\bwho(?:m|se)?\b", re.I)),
    (
        "where",
        re.compile(
            r"\bwhere\b"
            r"|\b(?:what|which)\s+(?:\w+\s+)?(?:city|country|state|town|village|place|port)\b(?!['’])"
            # "Which city council", "what state of emergency", "what place did she finish in"
            r"(?!\s+(?:councils?|councillors?|senators?|senate|governments?|police|officials?|of|hall"
            r"|attorney|fire|board|budget|champions?|championships?|law|house|minister|school|club"
            r"|team|authorit\w+|did\s+(?:\w+\s+){1,3}?(?:finish|come))\b)",
            re.I,
        ),
    ),
    ("other", re.compile(r"\b(?:what|which|why|how)\b", re.I)),
)
# What somebody needed for a race is no time at which something was.
_IN_A_RACE = r"(?:winning|finishing|race|record|course|personal|best|fastest|lap|split)"
_OF_A_RACE = re.compile(
    rf"\b(?:what|which)(?:['’]s)?\s+(?:(?:is|was|were|are)\s+)?(?:(?:the|an?)\s+)?"
    rf"(?:(?:his|her|their|its|(?:[\w’'-]+\s+){{0,2}}?[\w-]+['’]s?)\s+(?:{_IN_A_RACE}\s+){{0,2}}"
    rf"|(?:{_IN_A_RACE}\s+){{1,2}})times?\b(?!\s+(?:of|in|at|as|with|zone)\b)",
    re.I,
)
# Words typed as into a search box, or a wish: "date of the vote", "I need the day they voted".
_WITHOUT_ASKING: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("when", re.compile(r"\b(?:dates?|deadline|birthday)\b|\bthe\s+(?:\w+\s+)?day\b", re.I)),
    ("number", re.compile(rf"\b{_AMOUNT}\s+of\b", re.I)),
)
# What is asked after them is what is wanted: "Can you tell me who …", "…, do you know?".
_POLITE = re.compile(
    r"\b(?:can|could|would|will|do|did|does)\s+(?:you|anyone|anybody|we)\s+(?:please\s+)?"
    r"(?:tell|know|say|remember|remind|find|explain)(?:\s+(?:me|us|out))?\b",
    re.I,
)
# "Do we know how many died?", "Did the police say who was hurt?", "Has it said when it opens?"
_IN_A_CLAUSE = re.compile(
    r"^\W*(?:(?:so|and|but)\s+)?(?:do|does|did|is|was|has|have|had)\s+"
    r"(?:(?!(?:know|known|said|say)\b)[\w’'-]+\s+){1,4}?"
    r"(?:say|said|know|known|tell|told|reveal(?:ed)?|explain(?:ed)?|confirm(?:ed)?|announced?"
    r"|disclosed?|clear|decided?)\s+(?=(?:how|when|where|who|which|what|why)\b)",
    re.I,
)

QUESTION_WORD = r"(?:who(?:m|se)?|what|which|when|where|why|how)"
_WHEN = re.compile(r"\bwhen(?:['’]s)?\b", re.I)
AUXILIARY = (
    r"(?:is|are|was|were|am|do|does|did|has|have|had|will|would|shall|should|can|could|may|might|"
    r"must)(?:n['’]t)?"
)
# "When" asks here, because the verb comes before its subject: "when was it", "when exactly did".
_INVERTED = re.compile(
    rf"when['’]s\b|when\s+(?:(?:\w+ly|else|next|last|first)\s+)?{AUXILIARY}\b", re.I
)
# And it asks after these: "since when", and if no "what" or "who" comes before, "do you know when".
_LEADS_TO_WHEN = re.compile(r"\b(?:since|until|till|by)\s*$", re.I)
_KNOWS_WHEN = re.compile(
    r"\b(?:(?<!the )know|known|say|said|tell|told|ask|asked|clear|decide|decided|announce|announced"
    r"|reveal|revealed|remember|sure|me|us|of|on|about)\s*$",
    re.I,
)
_AND_ANOTHER = re.compile(r"when\s*(?:$|[?!.,]|(?:and|or)\b)", re.I)
_OTHER_WORD = re.compile(r"\b(?:who(?:m|se)?|what|which|where|why|how)\b", re.I)
_OTHER_VERB = re.compile(rf"(?:^|,\s*){AUXILIARY}\b", re.I)
_WHAT_ABOUT = re.compile(r"^\W*(?:(?:and|but|or|so|well)\b\W*)*(?:what|how) about\b", re.I)

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_CAPITALISED = re.compile(r"\b[A-Z][\w’'-]*")
_OPENING = re.compile(r"\W*\w+")


def named_in(question: str) -> str:
    """Return the names in a question: all its capitalised words except the first word."""
    return " ".join(_CAPITALISED.findall(_OPENING.sub("", question, count=1)))


def years_in(text: str) -> set[str]:
    """Return the years that a text names in figures."""
    return set(_YEAR.findall(text))


def expected_kind(question: str) -> Kind:
    """Return the kind of answer that a question asks for, by the first of its question words."""
    if any(_asks_when(question, found) for found in _WHEN.finditer(question)):
        return "when"
    asked = _IN_A_CLAUSE.sub(" ", _POLITE.sub(" ", _OF_A_RACE.sub("what", question)))
    if _OTHER_VERB.match(asked.lstrip()):
        return "other"
    # What follows another question word is a clause: "why were the people who came".
    places = [(found.start(), kind) for kind, asks in _ASKS if (found := asks.search(asked))]
    if places:
        return min(places, key=lambda place: place[0])[1]
    return next((kind for kind, names in _WITHOUT_ASKING if names.search(asked)), "other")


def asks_in_a_clause(question: str) -> bool:
    """Say whether a question of yes or no asks for more: "Do we know how many died?"."""
    return _IN_A_CLAUSE.match(question) is not None


def asks_by_itself(question: str) -> bool:
    """Say whether a question has words that ask; "And Port Alder?" and "What about it?" do not."""
    rest = _WHAT_ABOUT.sub("", question)
    return bool(_WHEN.search(rest) or _OTHER_WORD.search(rest) or _OTHER_VERB.search(rest))


def is_clause_of_when(part: str) -> bool:
    """Say whether words open with a "when" that does not ask: "when the mayor was away"."""
    opens = _WHEN.match(part) is not None
    return opens and not (_INVERTED.match(part) or _AND_ANOTHER.match(part))


def _asks_when(question: str, when: re.Match[str]) -> bool:
    """Say whether a "when" asks; it is a conjunction in "Who led it when the mayor was away?"."""
    place = when.start()
    before, after = question[:place], question[when.end() :]
    if _INVERTED.match(question, place) or _AND_ANOTHER.match(question, place):
        return True
    if not before.strip(" \"'“‘¿"):
        return not (_OTHER_WORD.search(after) or _OTHER_VERB.search(after))
    if _LEADS_TO_WHEN.search(before):
        return True
    if _OTHER_WORD.search(before):
        return False
    # "She resigned when he took which office?"
    return _KNOWS_WHEN.search(before) is not None or not (
        _OTHER_VERB.match(before) or _OTHER_WORD.search(after)
    )


def holds_kind(sentence: str, kind: Kind, words: Set[str]) -> bool:
    """Say whether a sentence holds such a thing; a name of the question does not count.

    `words` are those of the question in lower case. Whether the sentence holds a time is known
    from its time expressions, and not asked here.
    """
    match kind:
        case "number":
            return _NUMBER.search(sentence) is not None
        case "who" | "where":
            return any(name.lower() not in words for name in _NAME.findall(sentence))
        case "when" | "other":
            return False

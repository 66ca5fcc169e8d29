"""Cuts a text into tokens and gives each token its kind, such as MONTH or NUMBER.

A kind is one character, so a text becomes a string with one character for each token. The patterns
of the grammar (`rag.timex.grammar`) are ordinary regular expressions over this string. Words that
have nothing to do with time are of the kind OTHER.
"""

import re
from functools import cached_property

from rag.text.calendar import MONTH_NAMES, MONTHS, SEASONS, WEEKDAY_NAMES, WEEKDAYS
from rag.text.numerals import MULTIPLIERS, NUMERALS, ORDINALS
from rag.timex.holidays import HOLIDAYS
from rag.timex.lexicon import DAY_PARTS, DECADES, FREQUENCIES

# The name of each kind, as patterns write it, and its words. A word has only one kind. If a word
# can be two things ("second"), patterns name several kinds.
_KINDS = {
    "MONTH": " ".join(MONTHS),
    "WEEKDAY": " ".join(WEEKDAYS),
    "SEASON": " ".join(SEASONS),
    "DAY_PART": " ".join([*DAY_PARTS, "dawn", "dusk"]),
    "NOON": "noon midday midnight",
    "UNIT": "minute hour day week fortnight month year decade century",
    "UNITS": "seconds minutes hours days weeks fortnights months years decades centuries",
    "SHORT_UNIT": "sec min mins hr hrs",
    "SECOND": "second",
    "QUARTER": "quarter",
    "QUARTERS": "quarters",
    "HALF": "half",
    "WEEKEND": "weekend weekends",
    "PERIOD": "period",
    "SEASONS": " ".join(f"{name}s" for name in SEASONS if name != "fall"),
    "DAY_PARTS": "mornings afternoons evenings nights",
    "WEEKDAYS": " ".join(f"{name.lower()}s" for name in WEEKDAY_NAMES),
    "DECADE_WORD": " ".join(DECADES),
    "TODAY": "today yesterday tomorrow",
    "TONIGHT": "tonight",
    "NUMERAL": " ".join(NUMERALS),
    "MULTIPLIER": " ".join(MULTIPLIERS),
    "ORDINAL": " ".join(word for word in ORDINALS if "-" not in word and word != "second"),
    "COUPLE": "couple",
    "FEW": "few several",
    "MANY": "many",
    "SOME": "some",
    "OTHER_ONE": "another",
    "A": "a an",
    "THE": "the",
    "THIS": "this",
    "THAT": "that",
    "SAME": "same",
    "THESE": "these",
    "CURRENT": "current",
    "EACH": "each every",
    "LAST": "last",
    "PAST": "past",
    "PREVIOUS": "previous preceding prior",
    "RECENT": "recent",
    "LATEST": "latest",
    "NEXT": "next",
    "COMING": "coming upcoming",
    "FOLLOWING": "following",
    "AGO": "ago",
    "LATER": "later",
    "AFTER": "after",
    "EARLIER": "earlier",
    "BEFORE": "before",
    "HENCE": "hence",
    "EARLY": "early",
    "LATE": "late",
    "MID": "mid middle",
    "END": "end close",
    "BEGINNING": "beginning start",
    "PRE": "pre",
    "POST": "post",
    "OF": "of",
    "IN": "in",
    "AT": "at",
    "ON": "on",
    "TO": "to",
    "AND": "and",
    "OR": "or",
    "SO": "so",
    "FROM": "from",
    "BY": "by",
    "OVER": "over",
    "SINCE": "since",
    "UNTIL": "until till through",
    "NOT": "no not",
    "JUST": "just only exactly",
    "ABOUT": "about around approximately roughly",
    "NEARLY": "nearly almost",
    "MORE": "more",
    "LESS": "less fewer",
    "THAN": "than",
    "LEAST": "least",
    "MOST": "most",
    "UP": "up",
    "FULL": "full entire whole",
    "FISCAL": "fiscal financial",
    "CORRESPONDING": "corresponding comparable like",
    "NOW": "now",
    "RIGHT": "right",
    "FUTURE": "future",
    "PRESENT": "present",
    "TIME": "time",
    "TIMES": "times",
    "MOMENT": "moment",
    "ONCE": "once twice",
    "PER": "per",
    "DAILY": " ".join(FREQUENCIES),
    "OCLOCK": "o'clock o’clock",
    "ZONE": "est edt cst cdt mst mdt pst pdt gmt utc bst cet cest ist et ct pt",
    "LOCAL": "local",
    "EASTERN": "eastern",
    "GONE": "ended ending",
    "OVERNIGHT": "overnight",
    "THEN": "then",
    "LONG": "daylong weeklong monthlong yearlong hourlong decadelong",
    "REFERENCE": "currently presently nowadays recently lately soon",
}
# Kinds that are recognised by their form, without a list of words.
_FORMS = (
    "ISO_DATE SLASH_DATE SLASH_MONTH CLOCK FRACTION YEAR SMALL NUMBER DECADE AMPM HOLIDAY "
    "QUARTER_NAME COMMA HYPHEN DOT POSSESSIVE APOSTROPHE STOP OTHER"
).split()
KINDS = {name: chr(0x100 + place) for place, name in enumerate([*_KINDS, *_FORMS])}
_WORD_KIND = {word: KINDS[name] for name, words in _KINDS.items() for word in words.split()}
OTHER, STOP = KINDS["OTHER"], KINDS["STOP"]
# Marks that end a sentence or may end one. A phrase ends with these, with "and" and "or", and at
# the end of the text, whose kind is the empty string.
ENDING_MARKS = frozenset({STOP, KINDS["DOT"], KINDS["COMMA"]})
PHRASE_ENDS = ENDING_MARKS | {"", KINDS["AND"], KINDS["OR"]}
# These are not short forms, so a full stop after one of them ends the sentence.
_WHOLE_MONTHS = frozenset(name.lower() for name in MONTH_NAMES)

_HOLIDAY = "|".join(
    re.escape(name).replace("'", "['’]").replace(r"\ ", r"\s+")
    for name in sorted(HOLIDAYS, key=len, reverse=True)
)
# A run of digits is always one token, so that no part of a longer number looks like a year.
_TOKEN = re.compile(
    rf"""
      (?P<iso>\d{{4}}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z?)?(?![\w-]))
    | (?P<dashed>(?<![\w-])\d{{1,2}}-\d{{1,2}}-\d{{4}}(?![\w-]))
    | (?P<decade>(?:\d\d)?\d0['’]?s\b)
    | (?P<ordinal>\d{{1,2}}(?:st|nd|rd|th)\b)
    | (?P<figure>\d[\d.,:/]*\d|\d)
    | (?P<ampm>(?:(?<=\d)|(?<=\d\ )|(?<=\d\n))[apAP]\.?\s?[mM](?:\.|\b)|[apAP]\.[mM]\.)
    | (?P<quarter>[QqHh][1-4]\b)
    | (?P<holiday>(?=[A-Z])(?i:{_HOLIDAY})(?![\w]))
    | (?P<word>[oO]['’]clock|[^\W\d_]+)
    | (?P<possessive>['’]s\b)
    | (?P<blank>\n[^\S\n]*\n\s*)
    | (?P<mark>\S)
    """,
    re.VERBOSE,
)
_MARKS = {
    ",": KINDS["COMMA"],
    "-": KINDS["HYPHEN"],
    "‐": KINDS["HYPHEN"],
    "‑": KINDS["HYPHEN"],
    "–": KINDS["HYPHEN"],
    ".": KINDS["DOT"],
    "'": KINDS["APOSTROPHE"],
    "’": KINDS["APOSTROPHE"],
    "‘": KINDS["APOSTROPHE"],
    "`": KINDS["APOSTROPHE"],
    "!": STOP,
    "?": STOP,
    ";": STOP,
}
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?")
# "11/25/2020", "25.11.2020", "25-11-2020" and "2020/11/25".
_SLASH_DATE = re.compile(
    r"\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}-\d{1,2}-\d{4}"
    r"|[12]\d{3}/\d{1,2}/\d{1,2}"
)
_SLASH_MONTH = re.compile(r"(?:0?[1-9]|1[0-2])/[12]\d{3}")
_BETWEEN_FIGURES = re.compile(r"[/.-]")
_FRACTION = re.compile(r"\d/\d\d?")
_FIGURES = (
    ("CLOCK", _CLOCK),
    ("SLASH_DATE", _SLASH_DATE),
    ("SLASH_MONTH", _SLASH_MONTH),
    ("FRACTION", _FRACTION),
)


class Tokens:
    """The tokens of a text in parallel lists; `kinds` has one character for each token."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[str] = []
        kinds: list[str] = []
        lookup = _WORD_KIND.get
        for match in _TOKEN.finditer(text):
            token = match.group()
            start, end = match.span()
            form = match.lastgroup
            if form == "word":
                word = token.lower()
                kinds.append(lookup(word, OTHER))
            else:
                word = token if form == "mark" else token.lower()
                is_end = word == "." and bool(kinds) and self.words[-1] in _WHOLE_MONTHS
                kinds.append(STOP if is_end else _form_kind(form, word))
            self.starts.append(start)
            self.ends.append(end)
            self.words.append(word)
        self.kinds = "".join(kinds)

    def __len__(self) -> int:
        return len(self.kinds)

    @cached_property
    def is_day_first(self) -> bool | None:
        """Whether the text's dates in figures put the day first; None if it does not tell."""
        orders = set()
        for word, kind in zip(self.words, self.kinds, strict=True):
            if kind == KINDS["SLASH_DATE"] and "/" in word:
                first, second, _ = figures_of(word)
                is_told = first <= 31 and first != second
                orders.add(puts_day_first(first, second) if is_told else None)
        orders.discard(None)
        return orders.pop() if len(orders) == 1 else None

    def is_capitalised(self, place: int) -> bool:
        """Say whether a token starts with a capital."""
        return 0 <= place < len(self) and self.text[self.starts[place]].isupper()

    def touches(self, place: int) -> bool:
        """Say whether there is no space between a token and the next one."""
        return place + 1 < len(self) and self.ends[place] == self.starts[place + 1]

    def word(self, place: int) -> str:
        """Return a token in lower case; the empty string outside the text."""
        return self.words[place] if 0 <= place < len(self) else ""


def figures_of(written: str) -> list[int]:
    """Return the numbers of a date in figures."""
    return [int(figure) for figure in _BETWEEN_FIGURES.split(written)]


def puts_day_first(first: int, second: int) -> bool | None:
    """Say whether the first of a date's two numbers is the day; None if either could be."""
    if first > 12 or first == second:
        return True
    return False if second > 12 else None


_FORM_NAMES = {"iso": "ISO_DATE", "dashed": "SLASH_DATE", "quarter": "QUARTER_NAME"}


def _form_kind(form: str | None, word: str) -> str:
    match form:
        case "mark":
            return _MARKS.get(word, OTHER)
        case "figure":
            return _figure_kind(word)
        case "blank":
            return STOP
        case _:
            return KINDS[_FORM_NAMES.get(form or "", (form or "other").upper())]


def _figure_kind(word: str) -> str:
    """Return the kind of a number in figures: a day, year, clock time, fraction or other."""
    if word.isascii() and word.isdecimal():
        if len(word) <= 2:
            return KINDS["SMALL"]
        return KINDS["YEAR"] if len(word) == 4 and "1000" <= word < "3000" else KINDS["NUMBER"]
    for name, pattern in _FIGURES:
        if pattern.fullmatch(word):
            return KINDS[name]
    return KINDS["NUMBER"]

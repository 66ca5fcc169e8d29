"""Finds where a text takes back what was reported before, and what it says instead.

Outlets correct themselves in a column of corrections, in an article whose headline announces a
correction, in a note at the foot of the corrected article, and in a running text by the minute. An
agency that cannot correct a story kills it. All of them use few phrases, which are here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rag.text.calendar import MONTH, WEEKDAY
from rag.text.numerals import NUMERALS
from rag.text.patterns import any_of
from rag.text.sentences import Span, split_sentences

_ITEM = r"article|stor(?:y|ies)|report|piece|post|item|dispatch|headline|caption|review|table|chart"
_ITEM += r"|graphic|column|obituary|recipe|interview|version|edition|profile|entry|list|feature"
# Whose earlier words a sentence tells: "an earlier version said", "we gave the number as".
_EARLIER = re.compile(
    rf"""\b(?:
      (?:earlier|previous|original|initial|first|early|online|printed|same)\s+(?:\w+\s+)?
        (?:{_ITEM})s?\b
    | (?:an?|our|the|this|that|in)\s+(?:\w+\s+){{0,2}}(?:{_ITEM})\b(?!\s+(?:on\s+)?below)
    | (?<!\btold\s)(?<!\bto\s)(?<!\bwith\s)(?:this|our)\s+
        (?:(?:news)?paper|agency|(?:web)?site|magazine|channel|bulletin)\b
    | (?:we|it)\s+(?:also\s+)?(?:\w+ly\s+)?
        (?:said|gave|reported|stated|named|put|wrote|called|described|identified|misstated)\b
    | (?:was|were|had\s+been)\s+(?:\w+ly\s+)?
        (?:given|named|described|reported|stated|spelled|identified|shown)\s+as\b
    | \w+ly\s+(?:said|gave|reported|stated|named|put|described|identified|attributed|reported)\b
    | mis(?:stated|identified|spelled|spelt|reported|named|attributed|quoted)\b
    | (?:first|originally|initially)\s+(?:said|gave|reported|stated|named|put)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_TELLS = re.compile(
    r"\b(?:said|says|gave|given|reported|stated|named|put|wrote|called|described|identified|showed"
    r"|shown|attributed|referred|claimed|quoted|spelled|spelt|mis\w+ed|listed)\b",
    re.IGNORECASE,
)
# "A report on 30 August gave the fine as": the day is that of the report.
_REPORT_OF = re.compile(
    r"(?<!\bin\s)\b(?:an?|our|the|this)\s+(?:\w+\s+){0,2}(?P<item>report|article|story|version|item)"
    r"\s+(?:(?:that\s+)?(?:was\s+)?(?:published|printed|posted)\s+)?(?:(?:on|of|from|in)\s+)?$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    rf"\s+(?:(?:on|about)\s+(?:[\w'’-]+\s+){{1,8}}?)?(?:\w+ly\s+)?{_TELLS.pattern}", re.IGNORECASE
)
# What is right although the sentence speaks of an earlier version.
_RIGHT = re.compile(
    r"\b(?:should\s+have\s+(?:been|said|read)|(?:correct|right|actual|true|proper)\s+\w+\s+(?:is|was)"
    r"|(?:the\s+\w+\s+)?(?:was|were|is|are)\s+(?:in\s+fact\s+)?(?:right|correct)\b)",
    re.IGNORECASE,
)
# The part of a sentence that is denied: "290 people, not 340", "290 and not, as we had it, 340",
# "not 340 people but 290".
_PART = r"(?:[^,.;]|[.,](?=\d))+"
_DENIED = re.compile(
    rf"(?:,\s+(?:and\s+)?not|\s+and\s+not|,?\s+rather\s+than|,?\s+instead\s+of)"
    rf"(?:,\s+as\s+[^,.;]+,)?\s+(?P<part>{_PART})",
    re.IGNORECASE,
)
_DENIED_FIRST = re.compile(
    rf"\bnot(?!\s+(?:only|just)\b)(?:,\s+as\s+[^,.;]+,)?\s+(?P<part>{_PART}?),?\s+but\s",
    re.IGNORECASE,
)
# "Amended to correct it from 9 to 6", "corrected to fix the cost to £4m from £2m in paragraph 2".
_CORRECTS = r"\b(?:correct|fix|amend)(?:s|ed|ing)?\b(?:[^.;]|\.(?=\d))*?"
_NUMBER_IN = rf"(?=[^,;]{{0,40}}?(?:\d|\b{any_of(NUMERALS)}\b))"
_CHANGED = (
    re.compile(rf"{_CORRECTS}\bfrom\s+{_NUMBER_IN}(?P<part>{_PART}?)\s+to\b", re.IGNORECASE),
    re.compile(
        rf"{_CORRECTS}\bto\s+{_PART}?\s+from\s+{_NUMBER_IN}(?P<part>{_PART}?)"
        r"(?=\s+in\s+(?:the\s+)?(?:\w+\s+)?(?:para|headline)|[);]|\.(?!\d)|$)",
        re.IGNORECASE,
    ),
)
# It says that something was wrong, and perhaps only what is right.
_ERROR = re.compile(
    r"\b(?:incorrect|wrong|inaccurate|erroneous|error|mistake|misprint|transposed|misplaced|mistyped"
    r"|changed\s+places|swapped|overstated|understated|miscounted|garbled)\b",
    re.IGNORECASE,
)
# What is right may follow in the same sentence: "said 21 had come; the number is 12".
_NEXT_STATEMENT = re.compile(r";\s+")
# "Corrections officer charged": an officer of a prison.
_NO_OFFICE = r"(?!s?\s+(?:officers?|officials?|department|facility|centers?)\b)"
_LABEL = re.compile(
    r"^\W*(?:\d{1,2}[:.]\d{2}\W*)?"
    r"(?:(?:editors?['’]?s?|readers['’])\s+note|corrections?|clarifications?|correct(?:s|ed)|amendment"
    r"|for\s+the\s+record|note(?=\s*:))\b(?!\s+\d)" + _NO_OFFICE,
    re.IGNORECASE,
)
_OWN = re.compile(
    rf"\b(?:version|edition)s?\s+of\s+this\s+(?:{_ITEM})\b"
    rf"|\bthis\s+(?:{MONTH}\.?\s+\d{{1,2}}\s+)?(?:{_ITEM})\s+(?:was|has\s+been|is\s+being)\s+"
    r"(?:amended|corrected|updated|changed|revised)\b"
    rf"|\bthis\s+(?:{_ITEM})\s+(?:corrects|amends|fixes)\b"
    rf"|\bthis\s+(?:{_ITEM})\s+(?:first|originally|initially|earlier|previously)\b"
    rf"|\bas\s+this\s+(?:{_ITEM})\s+(?:has|had|says|said|puts|put)\b"
    rf"|\bthe\s+(?:{_ITEM})\s+above\s+(?:says|said|has|gives|gave|puts|put)\b",
    re.IGNORECASE,
)
_NOTICE_TITLE = re.compile(
    r"^\W*(?:(?:(?:update|wrapup)\s+\d+|rpt|refile)\s*-\s*)?"
    r"(?:(?:corrections?|clarifications?)(?=\W*$|\W*[:–—(|,/-]|\s+(?:and|&|to|for|from|\d))"
    rf"|(?:corrected|corrects|correcting)(?=\s*[:–—(|-]|\s+on\s+(?:\d|{MONTH}\b|{WEEKDAY}\b))"
    r"|(?-i:CORRECTED|CORRECTS|CORRECTING)"
    r"|refile|for the record"
    r"|we got it wrong|putting it right|setting the record straight)\b" + _NO_OFFICE,
    re.IGNORECASE,
)
# "Measles cases in Holm: correction".
_NOTICE_TITLE_END = re.compile(
    r"\w{3,}\W+\w+.*(?::|[–—]|\s-)\s*(?:corrections?|clarifications?)\W*$", re.IGNORECASE
)
_FILED_AGAIN = re.compile(r"\W*(?:corrected|corrects|correcting|refile)\b", re.IGNORECASE)
# "Corrections & clarifications", "News/Corrections", but not "Crime & Corrections" of prisons.
_NOTICES = r"(?:corrections?|clarifications?|amplifications?|apolog(?:y|ies)|for\s+the\s+record)"
_NOTICE_SECTION = re.compile(
    rf"(?:^|[/|>:])\s*{_NOTICES}(?:\s*(?:,|&|\band\b)\s*{_NOTICES})*\s*$", re.IGNORECASE
)
_KILLED = rf"(?:{_ITEM}|copy)"
_KILL = re.compile(
    rf"""\b(?:
      (?:kill|withdraw|disregard|retract|spike|delete)(?:s|ing|ed)?\b(?:\W+\w+){{0,4}}?\W+{_KILLED}
    | {_KILLED}\b(?:\W+\w+){{0,12}}?\W+(?:has|have|had|is|was|were|are)\W+(?:been\W+)?
        (?:killed|withdrawn|retracted|removed|taken\W+down)
    | do\W+not\W+(?:use|publish|run)\b(?:\W+\w+){{0,4}}?\W+{_KILLED}
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_KILL_TITLE = re.compile(
    r"^\W*(?:(?:mandatory\s+)?kill\b|withdrawn\b|withdrawal\b|retract(?:ion|ed)\b|story\s+withdrawn)",
    re.IGNORECASE,
)
# What a headline says of its own article, and not of the news: a label at either end of it, such as
# "RETRACTED: ...", "Kill notice" and "... [corrected]". "Withdrawal: last troops leave", "Kill or
# cure" and "Killed: four men" are news. A line of its notes may go on: "Withdrawn on 3 May: ...".
_LABEL_ENDS = r"(?=\W*$|\s*[:–—|\])]|\s+-+\s|\s+\(|\s+(?:notice|bulletin|advisory)\b)"
_LABEL_BEGINS = r"(?:[(\[]|[–—|]|\s-)\s*"
_WITHDRAWN = rf"(?:(?:{_ITEM})\s+)?(?:withdrawn|retract(?:ed|ion))(?:\s+(?:{_ITEM}))?"
_WITHDRAWN_LABEL = re.compile(
    rf"^\W*(?:{_WITHDRAWN}|(?:(?:mandatory|editors?)\s+)?kill|(?-i:KILLED|WITHDRAWAL)){_LABEL_ENDS}"
    # "RETRACTED Bridge to close" and "KILL-Bridge to close", if not all of it is in capitals.
    r"|^\W*(?-i:RETRACTED|WITHDRAWN)\b(?-i:(?=.*[a-z]))"
    r"|^\W*(?-i:KILL(?:ED)?-[A-Z][a-z])"
    rf"|{_LABEL_BEGINS}{_WITHDRAWN}\W*$",
    re.IGNORECASE,
)
_WITHDRAWN_NOTE = re.compile(
    rf"^\W*(?:withdrawn|retracted|kill(?:ed)?)\b"
    rf"(?:{_LABEL_ENDS}|(?=\s*[.;,-])|(?=\s+(?:on|by|at|because|after|following|pending)\b))",
    re.IGNORECASE,
)
_CORRECTED = r"(?:correct(?:ed|ion|s)|clarifi(?:ed|cation))"
_CORRECTED_LABEL = re.compile(
    rf"^\W*[(\[]\s*{_CORRECTED}{_LABEL_ENDS}|{_LABEL_BEGINS}{_CORRECTED}\W*$", re.IGNORECASE
)
# A kill says so at once.
_KILL_LEAD = 400
_PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Retraction:
    """One item of a text that takes something back, in characters of the text.

    `wrong` are the parts that say what was reported before, without the words that name the
    report, and `right` the sentences beside them. In a column, an item may say only what is right.
    """

    item: Span
    wrong: tuple[Span, ...]
    right: tuple[Span, ...]


def report_dated(sentence: str, start: int, end: int) -> str:
    """Return what a time in a sentence dates, if that is an earlier report: "article", "report".

    The time is in the characters `[start, end)`, and the sentence goes on with what the report
    said.
    """
    found = _REPORT_OF.search(sentence[:start])
    return found["item"].lower() if found and _GOES_ON.match(sentence, end) else ""


def is_correction(title: str, section: str = "") -> bool:
    """Say whether an article is a correction, or a column of them, by headline or section."""
    patterns = (_NOTICE_TITLE, _NOTICE_TITLE_END)
    return any(p.search(title) for p in patterns) or bool(_NOTICE_SECTION.search(section))


def is_column(title: str, section: str = "") -> bool:
    """Say whether each paragraph of an article corrects something, as in a column of corrections.

    A story that is filed again says so in its headline too, and tells the whole story: "CORRECTED".
    """
    return is_correction(title, section) and not _FILED_AGAIN.match(title)


def is_correction_note(paragraph: str) -> bool:
    """Say whether a paragraph announces itself as a note on the article that it stands in."""
    return bool(_LABEL.search(paragraph) or _OWN.search(paragraph))


def announced_in(title: str) -> Literal["", "corrected", "withdrawn"]:
    """Return what a headline announces of its own article; empty if it announces neither."""
    if _WITHDRAWN_LABEL.search(title):
        return "withdrawn"
    return "corrected" if is_correction(title) or _CORRECTED_LABEL.search(title) else ""


def is_kill(title: str, text: str) -> bool:
    """Say whether an article withdraws another one as a whole."""
    return bool(_KILL_TITLE.search(title)) and bool(_KILL.search(text[:_KILL_LEAD]))


def tells_withdrawal(note: str) -> bool:
    """Say whether a line of an article's notes says that the article was taken back."""
    return bool(_WITHDRAWN_NOTE.search(note))


def tells_correction(paragraph: str) -> bool:
    """Say whether a paragraph below or above a story says that the story was corrected."""
    return (
        bool(_OWN.search(paragraph) or _FILED_AGAIN.match(paragraph))
        or is_correction(paragraph)
        or bool(find_retractions(paragraph))
    )


def find_retractions(text: str, *, all_items: bool = False) -> list[Retraction]:
    """Return what a text takes back: in its notes, or with `all_items` in each paragraph."""
    found = []
    for paragraph in _PARAGRAPH.finditer(text):
        if all_items or is_correction_note(paragraph[0]):
            wrong, right = _parts(text, Span(*paragraph.span()))
            if wrong or (all_items and _ERROR.search(paragraph[0])):
                found.append(Retraction(Span(*paragraph.span()), tuple(wrong), tuple(right)))
    return found


def _parts(text: str, item: Span) -> tuple[list[Span], list[Span]]:
    """Return the parts of an item that are wrong, and its sentences that say what is right."""
    wrong: list[Span] = []
    right: list[Span] = []
    for sentence in _sentences(text, item):
        words = text[sentence.start : sentence.end]
        told = _told_earlier(words)
        denied = _denied(words)
        # "On 9 October, not 9 November as we reported" tells the earlier version at its end.
        if told is not None and not any(clause.start < told for clause, _ in denied):
            after = _NEXT_STATEMENT.search(words, told)
            end = sentence.start + after.start() if after else sentence.end
            wrong.append(Span(sentence.start + told, end))
            right += [Span(sentence.start + after.end(), sentence.end)] if after else []
            continue
        wrong += [
            Span(sentence.start + part.start, sentence.start + part.end) for _, part in denied
        ]
        # "In 'Nine boats sink' two digits changed places" has no figure that is right.
        if denied or _RIGHT.search(words) or not _ERROR.search(words):
            right.append(sentence)
    return wrong, right


def _denied(sentence: str) -> list[tuple[Span, Span]]:
    """Return the clauses of a sentence that deny something, each with the part that is denied."""
    patterns = (_DENIED, _DENIED_FIRST)
    found = [clause for pattern in patterns for clause in pattern.finditer(sentence)]
    if not found:
        changed = (pattern.search(sentence) for pattern in _CHANGED)
        found = [clause for clause in changed if clause][:1]
    return [(Span(*clause.span()), Span(*clause.span("part"))) for clause in found]


def _told_earlier(sentence: str) -> int | None:
    """Return where a sentence of a correction begins to tell what was said before.

    None is for one that tells what is right. What is before the place says in which report it was.
    """
    earlier = _EARLIER.search(sentence)
    if earlier is None or _RIGHT.search(sentence):
        return None
    tells = _TELLS.search(sentence, earlier.start())
    return tells.start() if tells else None


def _sentences(text: str, item: Span) -> Iterator[Span]:
    for span in split_sentences(text[item.start : item.end]):
        yield Span(span.start + item.start, span.end + item.start)

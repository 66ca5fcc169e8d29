"""Finds that a sentence counts the part where the question asks for the rest, or the other way.

"Twelve of the 20 mills were working" does not say how many were not, at least not by its "twelve".
Nor does a number of those who died, who were laid off or who are under 20 say how many survived,
kept their jobs or are 20 or over.
"""

import re
from collections.abc import Set

from rag.evidence.fitness.records import Candidate, Misfit
from rag.question.premises.rests import keys_of
from rag.text.figures import find_figures
from rag.text.words import words_of

_KINDS = frozenset({"number", "who"})
# A clause with one of these tells of the rest too, or of somebody who did not.
_TELLS_OF_REST = re.compile(
    r"\b(?:not|never|no|none|nobody|neither|nor|without|cannot|hardly|barely|fail\w*|refus\w+|declin\w+"
    r"|yet\s+to|unable|rest|others?|remain\w*|still|missing|lack\w*|(?:all|everyone|nothing)\s+but"
    r"|except\w*|exclud\w+|apart\s+from|aside\s+from|other\s+than|bar|only\s+on|too|stopped|ceased)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[;:—–]\s|,\s+(?:and|though|although)\s|(?<!\b[Aa]ll),?\s\b(?:but|while|whereas)\s"
)

_KEPT = r"(?:remain(?:s|ed|ing)?|surviv(?:e[sd]?|ing)|stay(?:s|ed|ing)?|kept|spared|saved|retained)"
_GONE = (
    r"(?:cut|axed|shed|scrapped|sacked|fired|dismissed|laid\s+off|made\s+redundant|lost|clos(?:ed?|es)|shut"
    r"|demolished|destroyed|killed|die[sd]?|drown(?:s|ed)?|perish(?:es|ed)?)"
)
_ASKS_KEPT = re.compile(
    rf"\b(?:{_KEPT}|keep|(?:are|is|was|were|be|been|has|have|had)\s+(?:\w+\s+)?left"
    r"(?=\W*$|,|\s+(?:in|at|on|after|standing|over|when)\b))\b",
    re.IGNORECASE,
)
_ASKS_GONE = re.compile(
    rf"\b(?:{_GONE}|lose|die|drown|(?:go|goes|went|gone|sent)\s+home)\b", re.IGNORECASE
)
# Right before a number: "cut another 900", "laid off nine".
_LOSES = re.compile(
    r"\b(?:cut(?:s|ting)?|ax(?:e[sd]?|ing)|shed(?:s|ding)?|scrap(?:s|ped|ping)?|sack(?:s|ed|ing)?"
    r"|dismiss(?:es|ed|ing)?|l(?:ay|ays|aid|aying)\s+off|los(?:es?|t|ing)|clos(?:e[sd]?|ing)"
    r"|shut(?:s|ting)?|demolish(?:es|ed|ing)?|destroy(?:s|ed|ing)?|kill(?:s|ed|ing)?)\s+"
    r"(?:(?!(?:to|from|by|in|on|at|for)\b)[a-z]+\s+){0,2}$",
    re.IGNORECASE,
)
_KEEPS = re.compile(
    r"\b(?:keep(?:s|ing)?|kept|sav(?:e[sd]?|ing)|spar(?:e[sd]|ing)|retain(?:s|ed|ing)?)\s+"
    r"(?:(?!(?:to|from|by|in|on|at|for)\b)[a-z]+\s+){0,2}$",
    re.IGNORECASE,
)
# Behind a number: "of its 38 mills were closed", "people died", "jobs will be kept".
_NOUNS = r"(?:(?!(?:who|that|which|when|after|as|if)\b)[\w’'%-]+\s+){0,6}?"
_ARE = (
    r"(?:(?:will|would|were|was|are|is|be|been|have|has|had|to|also|now|could|must)\s+){1,4}"
    r"(?:\w+ly\s+)?"
)
_ARE_GONE = re.compile(rf"\s+{_NOUNS}(?:{_ARE}{_GONE}|died|drowned|perished)\b", re.IGNORECASE)
_ARE_KEPT = re.compile(
    rf"\s+{_NOUNS}(?:{_ARE}(?:{_KEPT}|stay)|remain(?:ed)?|survived?|stayed)\b", re.IGNORECASE
)

_AT_LEAST = (
    r"(?:(?P<{0}>\d[\d,.]*\d|\d)\s+(?:or|and)\s+(?:over|older|above|more)"
    r"|(?:over|above|older\s+than|more\s+than|at\s+least)\s+(?:the\s+age\s+of\s+)?[$£€]?(?P<{1}>\d[\d,.]*\d|\d))\b"
)
_AT_MOST = (
    r"(?:(?P<{0}>\d[\d,.]*\d|\d)\s+(?:or|and)\s+(?:under|younger|below|less)"
    r"|(?:under|below|younger\s+than|less\s+than)\s+(?:the\s+age\s+of\s+)?[$£€]?(?P<{1}>\d[\d,.]*\d|\d))\b"
)
_BOUNDS = tuple(
    re.compile(pattern.format("before", "behind"), re.IGNORECASE)
    for pattern in (_AT_LEAST, _AT_MOST)
)


def check_rest(candidate: Candidate) -> Misfit | None:
    """Return the words by which a sentence counts or names those whom the question leaves out.

    They are looked for in the clause of what the reader marked. Of 5,506 answers to the questions
    of the drills none is so.
    """
    wanted = candidate.asked.wanted
    is_which = bool(wanted.noun) or wanted.shape == "list"
    if wanted.shape == "yes-no" or not (candidate.asked.kind in _KINDS or is_which):
        return None
    clause, start = _clause_of(candidate)
    told = _told_as_done(candidate.premises.denied, clause)
    if not told and candidate.asked.kind == "number":
        told = _told_of_others(candidate, clause, start) or _within_other_bound(candidate, clause)
    return Misfit(kind="denial", value=told) if told else None


def _clause_of(candidate: Candidate) -> tuple[str, int]:
    """Return the clause of a sentence that has the marked words, and where it starts."""
    text = candidate.text
    if candidate.marked is None:
        return text, 0
    first, last = candidate.marked
    ends = [found.span() for found in _CLAUSE_END.finditer(text)]
    start = max((end for _, end in ends if end <= first), default=0)
    stop = min((begin for begin, _ in ends if begin >= last), default=len(text))
    return text[start:stop], start


def _told_as_done(denied: Set[int | str], clause: str) -> str:
    """Return the word that a question denies, where a clause has it and denies nothing."""
    if not denied or _TELLS_OF_REST.search(clause):
        return ""
    told = (word.text for word in words_of(clause))
    return next((word for word in told if not denied.isdisjoint(keys_of(word))), "")


def _told_of_others(candidate: Candidate, clause: str, start: int) -> str:
    """Return the words that say that those who are counted are gone, where the rest is asked for.

    Where those who are gone are asked for, these are the words that say that others are not.
    """
    question = candidate.asked.text
    asks_kept, asks_gone = _ASKS_KEPT.search(question), _ASKS_GONE.search(question)
    if candidate.answer is None or bool(asks_kept) == bool(asks_gone):
        return ""
    before_it, behind_it = (_LOSES, _ARE_GONE) if asks_kept else (_KEEPS, _ARE_KEPT)
    own = _ASKS_KEPT if asks_kept else _ASKS_GONE
    if own.search(clause):
        return ""
    first, last = (place - candidate.span.start - start for place in candidate.answer)
    for figure in find_figures(clause):
        if figure.end <= first or last <= figure.start:
            continue
        found = before_it.search(clause[: figure.start]) or behind_it.match(clause, figure.end)
        return found[0].strip() if found else ""
    return ""


def _within_other_bound(candidate: Candidate, clause: str) -> str:
    """Return the bound of a clause that leaves out whom a question asks for: "under 20"."""
    for asked, told in (_BOUNDS, _BOUNDS[::-1]):
        bound, other = asked.search(candidate.asked.text), told.search(clause)
        if bound and other and not asked.search(clause) and _limit(bound) == _limit(other):
            return other[0]
    return ""


def _limit(bound: re.Match[str]) -> str:
    return (bound["before"] or bound["behind"]).replace(",", "")

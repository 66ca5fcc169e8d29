"""Finds that a sentence tells who held an office before, where another holder is asked for."""

import re

from rag.evidence.fitness.records import Candidate, Misfit, told_by
from rag.records import Article
from rag.text.known_names import has_name_word

_ASKED = re.compile(r"^\W*who(?:['’]s|\s+(?:is|are))\b", re.IGNORECASE)
_ASKED_NEXT = re.compile(
    r"^\W*who\s+(?:(?:has|had|will)\s+)?(?:became?|becomes?|t(?:ook|akes?|aken)\s+over"
    r"|succeed\w*|replac\w+|(?:was|were)\s+(?:\w+\s+)?(?:elected|appointed|named|chosen|made))\b",
    re.IGNORECASE,
)
# "Orr resigned as chair" tells who holds the office no more, and not who does.
_LEFT = re.compile(
    r"\b(?:resign(?:s|ed)?|step(?:s|ped)\s+(?:down|aside)|stood\s+down|quit|retir(?:es|ed))\s+"
    r"(?:(?:on\s+)?\w+\s+)?as\s+(?P<office>(?:[\w’'-]+\s*){1,4})",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\b(?:succe\w+|replac\w+|t(?:ook|akes?|aking)\s+over|appoint\w+|elect\w*|named|becom\w+"
    r"|became|new|interim|acting|w[io]ns?|hir\w+|chos\w+|pick\w*|promot\w+|sworn|after|when|since)\b",
    re.IGNORECASE,
)
# "The former mayor", "ex-mayor", "then-mayor": these stand before the office.
_FORMER = r"(?:former|ex|previous|outgoing|onetime|one-time)"
_BEFORE = rf"\b(?:{_FORMER}[\s-]+(?:[\w-]+\s+)?|then[\s-])"
_ONCE = re.compile(
    r"\b(?:was|were|had\s+been)\s+(?:the\s+|its\s+|their\s+)?(?:[\w-]+\s+)?until\b"
    r"|\b(?:until\s+(?:now|recently|last)|used\s+to\s+be)\b",
    re.IGNORECASE,
)
# Who fills in does so no more once somebody is appointed.
_UNTIL_NEXT = re.compile(
    r"\buntil\s+(?:an?|the|his|her|its|their)\s+(?:\w+\s+)?(?:successor|replacement)\s+"
    r"(?:is|are|was|were|can\s+be|could\s+be|has\s+been)\s+"
    r"(?:found|appointed|named|chosen|elected|hired|picked)\b",
    re.IGNORECASE,
)
_APPOINTED = re.compile(
    r"\b(?i:appoint(?:s|ed)|nam(?:es|ed)|hir(?:es|ed)|cho(?:se|sen|oses)|elect(?:s|ed)|unveil(?:s|ed))"
    r"\s+(?:[A-Z][\w’'-]+\s+){1,3}(?:as|to)\b"
    r"|\b[A-Z][\w’'-]+\s+(?:was|were|has\s+been|is)\s+(?:appointed|named|chosen|elected|hired)\b"
)


def check_holder(candidate: Candidate) -> Misfit | None:
    """Return the words that say that somebody held the office before.

    Of 2,318 sentences that tell who, the words for leaving are in none, and of 923 that share the
    most words with such a question that nothing answers in 2.
    """
    asked = _ASKED.match(candidate.asked.text)
    if asked or _ASKED_NEXT.match(candidate.asked.text):
        left = _LEFT.search(candidate.text)
        if (
            left
            and not _NEXT.search(candidate.text)
            and _shares(left["office"], candidate.asked.text)
        ):
            return Misfit(kind="holder", value=left[0])
    if not asked or re.search(rf"\b{_FORMER}\b", candidate.asked.text, re.IGNORECASE):
        return None
    filling_in = _UNTIL_NEXT.search(candidate.text)
    if filling_in and any(_tells_of_next(other, candidate) for other in candidate.articles):
        return Misfit(kind="holder", value=filling_in[0])
    rest = candidate.asked.text[asked.end() :]
    office = [re.escape(word) for word in re.findall(r"\b[a-z]{3,}\b", rest) if word != "the"]
    if not office:
        return None
    held = rf"(?:{'|'.join(office)})\b"
    # "The president defeated the former president": one of them holds it.
    holders = [*re.finditer(rf"(?P<former>{_BEFORE})?\b{held}", candidate.text, re.IGNORECASE)]
    former = next(iter(holders), None) if all(one["former"] for one in holders) else None
    once = _ONCE.search(candidate.text)
    if once and not re.search(rf"\b{held}", candidate.text, re.IGNORECASE):
        once = None
    found = former or once
    return Misfit(kind="holder", value=found[0]) if found else None


def _tells_of_next(other: Article, candidate: Candidate) -> bool:
    """Say whether a later article tells that somebody was appointed where the question names."""
    published = candidate.article.published
    if published is None or other.published is None or other.published <= published:
        return False
    told = told_by(other)
    words = [word for name in candidate.premises.names for word in name.words]
    return all(has_name_word(told, word) for word in words) and bool(_APPOINTED.search(told))


def _shares(office: str, question: str) -> bool:
    """Say whether a question names an office: "chair" of "as chair of the trust"."""
    named = set(re.findall(r"[a-z]{4,}", question.lower()))
    return not named.isdisjoint(re.findall(r"[a-z]{4,}", office.lower()))

"""Finds that a sentence tells who held an office before, where another holder is asked for."""

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache

from rag.evidence.fitness.records import Candidate, Misfit, told_by
from rag.records import Article
from rag.text.known_names import has_name_word
from rag.text.names import TITLES, find_names
from rag.text.sentences import split_sentences
from rag.text.verbs import base_form
from rag.text.words import Word, plain, words_of

_ASKED = re.compile(
    r"^\W*(?:so\s+|and\s+|but\s+)?who(?:['’]s|\s+(?:(?:is|are)\b|(?:\w+ly\s+|now\s+)?"
    r"(?P<does>leads?|heads?|chairs?|runs?|manages?|coach(?:es)?|captains?|governs?|rules?|edits?)\b))",
    re.IGNORECASE,
)
# What they are called who do it.
_OFFICES = {
    "lead": "leader leads led",
    "head": "head heads director chief leader chair",
    "chair": "chair chairman chairwoman chairs",
    "run": "head director chief boss manager leader chair president",
    "manage": "manager managing boss head",
    "coach": "coach manager trainer",
    "captain": "captain skipper",
    "govern": "governor premier president chancellor",
    "rule": "king queen president ruler emir sultan",
    "edit": "editor",
}
_ASKED_NEXT = re.compile(
    r"^\W*who\s+(?:(?:has|had|will)\s+)?(?:became?|becomes?|t(?:ook|akes?|aken)\s+over"
    r"|succeed\w*|replac\w+|(?:was|were)\s+(?:\w+\s+)?(?:elected|appointed|named|chosen|made))\b",
    re.IGNORECASE,
)
# "Orr resigned as chair" tells who holds the office no more, and not who does.
_GOES = (
    r"(?:resign(?:s|ed)?|step(?:s|ped)\s+(?:down|aside)|stood\s+down|quit|retir(?:es|ed)"
    r"|(?:was|is|were|been)\s+(?:sacked|fired|ousted|dismissed|removed|replaced|voted\s+out))"
)
_LEFT = re.compile(
    rf"\b{_GOES}\s+(?:(?:on\s+)?\w+\s+)?as\s+(?P<office>(?:[\w’'-]+\s*){{1,4}})", re.IGNORECASE
)
_GONE = re.compile(rf"\b{_GOES}\b", re.IGNORECASE)
# Who resigns in the time to come, or stays until a successor is found, holds the office.
_AHEAD = re.compile(
    r"\b(?:will|would|to|may|might|could|should|not|never|n[’']t)\s+(?:\w+ly\s+)?$", re.I
)
_STAYS = re.compile(
    r"\b(?:will|to|would)\s+(?:remain|stay|continue|carry\s+on|serve)\s+(?:on|in|until|as|at)\b"
    r"|\b(?:stays|remains)\s+(?:on|in|until|as|at)\b",
    re.I,
)
_NEXT = re.compile(
    r"\b(?:succe\w+|replac\w+|t(?:ook|akes?|aking)\s+over|appoint\w+|elect(?:s|ed|ing)?|named|becom\w+"
    r"|became|new|interim|acting|w[io]ns?|hir\w+|chos\w+|pick\w*|promot\w+|sworn)\b",
    re.IGNORECASE,
)
# "Lee Osk has led it since Ana Orr stepped down as mayor."
_SINCE = re.compile(r"\b(?:after|when|since|once|until)\b", re.IGNORECASE)
# Between who leaves and the verb: "Ana Orr, 44, the mayor of Tarn, has".
_ABOUT_THEM = re.compile(
    r"(?:,[^;.]{1,60},|\s+\([^)]*\)|\s+of\s+(?:the\s+)?[A-Z][\w-]+|,?\s+who)?\s+"
    r"(?:(?:has|have|had|was|also|\w+ly|been)\s+)*"
)
_BEFORE_NAME = 40
_HAD = re.compile(r"\bhad\s+(?:\w+ly\s+)?([a-z]+)\b")
_TAKES_OVER = re.compile(r"\b(?:succe\w+|replac\w+|t(?:ook|akes?|aking)\s+over|follow\w+)\b", re.I)
_OF_WHAT = re.compile(r"\b(?:of|at|in|for|after|when|from|on)\b", re.IGNORECASE)
# "The former mayor", "ex-mayor", "then-mayor": these stand before the office.
_FORMER = r"(?:former|ex|previous|outgoing|onetime|one-time)"
_ABOUT_FORMER = re.compile(rf"\b{_FORMER}\b", re.IGNORECASE)
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
    most words with such a question that nothing answers in 2. Where a later article says that they
    left, the earlier one does not tell who holds it now.
    """
    question = candidate.asked.text
    asked = _ASKED.match(question)
    if _ABOUT_FORMER.search(question) or _GONE.search(question):
        return None
    if (asked or _ASKED_NEXT.match(question)) and (left := _left_in(candidate)):
        return Misfit(kind="holder", value=left)
    if not asked:
        return None
    if left := _left_since(candidate) or _filled_in(candidate) or _had_done(asked, candidate.text):
        return Misfit(kind="holder", value=left)
    rest = question[asked.end() :]
    if does := asked["does"]:
        rest = _OFFICES[base_form(does)]
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


def _filled_in(candidate: Candidate) -> str:
    """Return the words that say that whoever answers only filled in, if somebody came since."""
    filling_in = _UNTIL_NEXT.search(candidate.text)
    is_over = filling_in and any(_tells_of_next(a, candidate) for a in candidate.articles)
    return filling_in[0] if filling_in and is_over else ""


def _tells_of_next(other: Article, candidate: Candidate) -> bool:
    """Say whether a later article tells that somebody was appointed where the question names."""
    published = candidate.article.published
    if published is None or other.published is None or other.published <= published:
        return False
    told = told_by(other)
    words = [word for name in candidate.premises.names for word in name.words]
    return all(has_name_word(told, word) for word in words) and bool(_APPOINTED.search(told))


def check_gone(candidate: Candidate) -> Misfit | None:
    """Return the name that was marked, if the question says that it asks for somebody else.

    "Who led the council before Orr?" is not answered by Orr.
    """
    gone = candidate.premises.gone
    if candidate.answer is None or not gone:
        return None
    start, text = candidate.span.start, candidate.text
    first, last = candidate.answer.start - start, candidate.answer.end - start
    if _TAKES_OVER.search(text[max(0, first) : last]):
        return None
    named = (name for name in _names(text) if first < name[-1].end and name[0].start < last)
    words = [w for w in map(plain, (word.text for word in next(named, []))) if w not in TITLES]
    is_gone = any(words and set(name) <= set(words) for name in gone)
    return Misfit(kind="holder", value=" ".join(words)) if is_gone else None


def _had_done(asked: re.Match[str], text: str) -> str:
    """Return the words that say that somebody had done what is asked as present: "had led"."""
    does = base_form(asked["does"]) if asked["does"] else ""
    told = (found for found in _HAD.finditer(text) if does and base_form(found[1]) == does)
    return next((found[0] for found in told), "")


def _left_in(candidate: Candidate) -> str:
    """Return the words that say that whoever answers has left the office; empty if none do."""
    text, question = candidate.text, candidate.asked.text
    if candidate.answer is None:
        left = _LEFT.search(text)
        is_next = left and (_NEXT.search(text) or _SINCE.search(text[: left.start()]))
        return left[0] if left and not is_next and _shares(left["office"], question) else ""
    start = candidate.span.start
    marked = text[max(0, candidate.answer.start - start) : candidate.answer.end - start]
    return next(_leavings(text, _last_names(marked), question), "")


def _left_since(candidate: Candidate) -> str:
    """Return the words of a later article that say that whoever answers has left the office."""
    answer, published = candidate.answer, candidate.article.published
    if answer is None or published is None:
        return ""
    last = _last_names(candidate.article.text[answer.start : answer.end])
    if not last:
        return ""
    named = [*last, *(word for name in candidate.premises.names for word in name.words)]
    later = (a for a in candidate.articles if a.published is not None and a.published > published)
    texts = (a.text for a in later if all(has_name_word(told_by(a), word) for word in named))
    found = (left for text in texts for left in _leavings(text, last, candidate.asked.text))
    return next(found, "")


def _last_names(words: str) -> frozenset[str]:
    """Return the last words of the names among some words, such as "orr" of "Ana Orr, 44"."""
    # A word before them keeps the first one from opening a sentence.
    names = find_names(f"as {words}")
    named = [
        [w for w in map(plain, (word.text for word in name)) if w not in TITLES] for name in names
    ]
    return frozenset(name[-1] for name in named[:1] if name)


def _leavings(text: str, last: Set[str], question: str) -> Iterator[str]:
    """Yield the words by which a text tells that one of a last name left the office asked about."""
    for left in _GONE.finditer(text):
        begins = text.rfind("\n", 0, left.start()) + 1
        for sentence in split_sentences(text[begins : left.end()])[-1:]:
            until = text[begins + sentence.start : left.start()]
            leaving = (n for n in _names(until) if plain(n[-1].text) in last)
            name = next((n for n in leaving if _is_subject(until, n)), None)
            if name is None or _AHEAD.search(until):
                continue
            behind = re.split(r"(?<=[.!?])\s", text[left.start() :], maxsplit=1)[0]
            office = _LEFT.match(behind)
            around = office["office"] if office else until[max(0, name[0].start - _BEFORE_NAME) :]
            if _shares(around, question) and not _STAYS.search(behind):
                yield left[0]


def _names(text: str) -> list[list[Word]]:
    words = words_of(text)
    names = list(find_names(text))
    first = next((word for word in words if word.is_capitalised and word.start == 0), None)
    is_known = first is None or any(name[0].start == 0 for name in names)
    return names if first is None or is_known else [[first], *names]


def _is_subject(until: str, name: Sequence[Word]) -> bool:
    """Say whether a name is that of who leaves, by what stands between it and the verb."""
    return _ABOUT_THEM.fullmatch(until, name[-1].end) is not None


def _shares(office: str, question: str) -> bool:
    """Say whether a question names an office: "chair" of "as chair of the trust"."""
    return not _offices_of(question).isdisjoint(re.findall(r"[a-z]{4,}", office.lower()))


@lru_cache(maxsize=16)
def _offices_of(question: str) -> frozenset[str]:
    """Return the words for the office that a question asks about: "mayor" of "the mayor of Tarn".

    Who leads something is its leader.
    """
    asked = _ASKED.match(question) or _ASKED_NEXT.match(question)
    if asked is None:
        return frozenset()
    if does := asked.groupdict().get("does"):
        return frozenset(_OFFICES[base_form(does)].split())
    office = _OF_WHAT.split(question[asked.end() :], maxsplit=1)[0]
    return frozenset(re.findall(r"\b[a-z]{4,}\b", office)) - {"over"}

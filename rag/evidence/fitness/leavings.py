"""Finds that whoever answers left the office that a question asks about.

The sentence itself may say so, or an article of a later day that was found.
"""

import re
from collections.abc import Iterator, Sequence, Set

from rag.evidence.fitness.offices import offices_of
from rag.evidence.fitness.records import Candidate, naming
from rag.text.known_names import has_name_word
from rag.text.names import find_names, without_titles
from rag.text.sentences import split_sentences
from rag.text.words import Word, plain, words_of

# "Orr resigned as chair" tells who holds the office no more, and not who does.
_GOES = (
    r"(?:resign(?:s|ed)?|step(?:s|ped)\s+(?:down|aside)|stood\s+down|quit|retir(?:es|ed)"
    r"|(?:was|is|were|been)\s+(?:sacked|fired|ousted|dismissed|removed|replaced|voted\s+out))"
)
_LEFT = re.compile(
    rf"\b{_GOES}\s+(?:(?:on\s+)?\w+\s+)?as\s+(?P<office>(?:[\w’'-]+\s*){{1,4}})", re.IGNORECASE
)
# "The board dismissed Ana Orr as chair", "Lee Osk, who succeeded Ana Orr": whom it is done to.
_REMOVES = re.compile(
    r"\b(?:(?:dismiss|oust|sack|fire|remove|replace|succeed)(?:e?s|e?d)"
    r"|t(?:akes|ook|aken)\s+over\s+from)\s+(?P<name>(?:[A-Z][\w’'.-]*\s+){0,3}[A-Z][\w’'-]+)"
    r"(?:\s+(?:on\s+)?(?!as\b)\w+)?(?:\s+as\s+(?P<office>(?:[\w’'-]+\s*){1,4}))?"
)
# "The former interior minister, Ana Orr": a later article knows them as former.
_FORMER = re.compile(
    r"\b(?:former|ex|previous|onetime|one-time)[\s-]+"
    r"(?P<office>(?:(?!(?:and|or|who|of)\b)[a-z][\w’'-]*\s*){1,4}?)"
    r"(?:\s*\bof\s+(?:the\s+)?(?P<where>[A-Z][\w-]+))?,?\s+"
    r"(?P<name>(?:[A-Z][\w’'.-]*\s+){0,3}[A-Z][\w’'-]+)"
)
# "Orr offered her resignation and the president accepted it."
_OFFERS = r"(?:offer(?:s|ed)|tender(?:s|ed)|submit(?:s|ted)|hand(?:s|ed)\s+in|announc(?:es|ed))"
_RESIGNATION = re.compile(
    rf"\b{_OFFERS}\s+(?:his|her|their)\s+resignation\b(?=[^.]*\baccept(?:s|ed)\b)", re.IGNORECASE
)
_REFUSED = re.compile(r"\b(?:not|never|n[’']t|refused|declined)\s+(?:\w+\s+){0,2}accept", re.I)
GONE = re.compile(rf"\b{_GOES}\b", re.IGNORECASE)
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
# Between who leaves and the verb: "Ana Orr, 44, the mayor of Tarn, has", "the mayor, Ana Orr, has".
_ABOUT_THEM = re.compile(
    r"(?:,[^;.]{1,60},|,|\s+\([^)]*\)|\s+of\s+(?:the\s+)?[A-Z][\w-]+|,?\s+who)?\s+"
    r"(?:(?:has|have|had|was|also|\w+ly|been)\s+)*"
)
_BEFORE_NAME = 40


def left_in(candidate: Candidate) -> str:
    """Return the words that say that whoever answers has left the office; empty if none do."""
    text, question = candidate.text, candidate.asked.text
    if candidate.answer is None:
        left = _LEFT.search(text)
        is_next = left and (_NEXT.search(text) or _SINCE.search(text[: left.start()]))
        return left[0] if left and not is_next and _shares(left["office"], question) else ""
    start = candidate.span.start
    marked = text[max(0, candidate.answer.start - start) : candidate.answer.end - start]
    return next(_leavings(text, _last_names(marked), question), "")


def left_since(candidate: Candidate) -> str:
    """Return the words of a later article that say that whoever answers has left the office."""
    answer = candidate.answer
    if answer is None:
        return ""
    last = _last_names(candidate.article.text[answer.start : answer.end])
    if not last:
        return ""
    named = [*last, *(word for name in candidate.premises.names for word in name.words)]
    later = list(naming(candidate.later, named))
    question = candidate.asked.text
    found = (left for a in later for left in _known_as_former(a.text, last, question))
    left = next(found, "")
    return left or next((n for a in later for n in _leavings(a.text, last, question)), "")


def _known_as_former(text: str, last: Set[str], question: str) -> Iterator[str]:
    """Yield the words by which a text calls one of a last name the former holder of the office."""
    for former in _FORMER.finditer(text):
        words = words_of(former["name"])
        where = former["where"]
        if where and not has_name_word(question, plain(where)):
            continue
        if plain(words[-1].text) in last and _is_whole_office(former["office"], question):
            yield former[0]


def _is_whole_office(office: str, question: str) -> bool:
    """Say whether words name all of the office: a former deputy minister may be the minister."""
    asked = offices_of(question)
    return bool(asked) and set(re.findall(r"[a-z]{4,}", office.lower())) == asked


def _last_names(words: str) -> frozenset[str]:
    """Return the last words of the names among some words, such as "orr" of "Ana Orr, 44"."""
    # A word before them keeps the first one from opening a sentence.
    names = find_names(f"as {words}")
    named = [without_titles(name) for name in names]
    return frozenset(name[-1] for name in named[:1] if name)


def _leavings(text: str, last: Set[str], question: str) -> Iterator[str]:
    """Yield the words by which a text tells that one of a last name left the office asked about."""
    yield from _removals(text, last, question)
    accepted = (
        found
        for found in _RESIGNATION.finditer(text)
        if not _REFUSED.search(text[found.end() :].split(".", maxsplit=1)[0])
    )
    for left in (*GONE.finditer(text), *accepted):
        begins = text.rfind("\n", 0, left.start()) + 1
        for sentence in split_sentences(text[begins : left.end()])[-1:]:
            until = text[begins + sentence.start : left.start()]
            leaving = (n for n in names_in(until) if plain(n[-1].text) in last)
            name = next((n for n in leaving if _is_subject(until, n)), None)
            if name is None or _AHEAD.search(until):
                continue
            behind = re.split(r"(?<=[.!?])\s", text[left.start() :], maxsplit=1)[0]
            office = _LEFT.match(behind)
            around = office["office"] if office else until[max(0, name[0].start - _BEFORE_NAME) :]
            if _shares(around, question) and not _STAYS.search(behind):
                yield left[0]


def _removals(text: str, last: Set[str], question: str) -> Iterator[str]:
    """Yield the words by which a text tells that one of a last name was removed or succeeded."""
    for removed in _REMOVES.finditer(text):
        is_asked = removed["office"] is None or _shares(removed["office"], question)
        is_ahead = _AHEAD.search(text[max(0, removed.start() - _BEFORE_NAME) : removed.start()])
        named = words_of(removed["name"])
        if named and plain(named[-1].text) in last and is_asked and not is_ahead:
            yield removed[0]


def names_in(text: str) -> list[list[Word]]:
    """Return the names in a text, with a capitalised word that begins it."""
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
    return not offices_of(question).isdisjoint(re.findall(r"[a-z]{4,}", office.lower()))

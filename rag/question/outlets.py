"""Finds the outlets that are meant: by a filter, and by a question such as "according to Reuters".

Names are compared without case, accents and a leading "the", and short names with full ones. Only
outlets that the archive has are found. A question that asks about an outlet ("Who bought Reuters?")
names none to search in.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from rag.models.known_words import is_known_word
from rag.question.capitals import lacks_capitals
from rag.question.kinds import AUXILIARY, QUESTION_WORD
from rag.text.folding import without_accents
from rag.text.outlets import is_called_as_outlets_are, is_web_address, outlet_name
from rag.text.sentences import Span

# Longer names are not looked for.
_MOST_WORDS = 6
_NAME = rf"(?P<name>[\w.&'’-]+(?:\s+[\w.&'’-]+){{0,{_MOST_WORDS - 1}}})"
_REPORTING = (
    r"report(?:ed)?|say|said|write|written|publish(?:ed)?|claim(?:ed)?|describe[d]?|quote[d]?"
    r"|tell|told|call(?:ed)?|put|give|given|cover(?:ed)?|find|found|reveal(?:ed)?"
)
# Words that only say where to look, and are not read as a part of what is asked.
_ASIDE = re.compile(
    rf"(?P<aside>,?\s*\b(?:according\s+to|as\s+(?:was\s+)?reported\s+(?:by|in)"
    rf"|(?P<reported>reported\s+(?:by|in))|in\s+reports?\s+(?:by|from|of)|going\s+by)\s+"
    rf"(?:(?:an?\s+|the\s+)?reports?\s+(?:by|from|in|of)\s+)?(?:the\s+|(?P<one>an?\s+))?){_NAME}",
    re.IGNORECASE,
)
# What the outlet has made, or is: "a Reuters report", "the Guardian newspaper".
_OF_OUTLET = re.compile(
    r"(?:['’]s)?\s+(?:reports?|reporting|articles?|story|newspaper|magazine|website)\b",
    re.IGNORECASE,
)
# Where the aside may end. "The Times of Israel" is not The Times, and a "Metro official" not Metro.
_ASIDE_ENDS = re.compile(
    rf"\s*(?:$|[,;:?!.)])|\s+(?:in|on|at|during|since|about|{QUESTION_WORD}|{AUXILIARY})\b",
    re.IGNORECASE,
)
_NEXT_OUTLET = re.compile(rf"(?:,?\s+(?P<joint>and|or)|,)\s+(?:the\s+)?{_NAME}", re.IGNORECASE)
# "What was reported by Reuters?" has nothing without it.
_IS_PREDICATE = re.compile(r"\b(?:is|are|was|were|been|being)\b[^,]*$", re.IGNORECASE)
_TOLD = re.compile(
    rf"\b(?:did|does|do|has|have|had)\s+(?P<the>the\s+)?{_NAME}",
    re.IGNORECASE,
)
_THEN_REPORTS = re.compile(rf"\s+(?:ever\s+|also\s+)?(?:{_REPORTING})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedOutlets:
    """The outlets that a question names as its sources, and the question without these words.

    `name` is how it writes the outlet, and `outlets` are the names that the archive has for it.
    """

    name: str = ""
    outlets: tuple[str, ...] = ()
    rest: str = ""


def known_as(name: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the outlets of an archive that a name means; none if it has none of that name.

    A name that is spelled as the archive spells it, but for case and accents, means only these. A
    web address means no other address.
    """
    folded = _folded(name)
    same = tuple(outlet for outlet in known if outlet and _folded(outlet) == folded)
    if same or is_web_address(name):
        return same
    own = outlet_name(name)
    return tuple(outlet for outlet in known if own and outlet and outlet_name(outlet) == own)


def resolve_outlets(wanted: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """Return the names that an archive has for the outlets of a filter.

    An outlet that it does not have stays as it is, so that it finds nothing.
    """
    return tuple(dict.fromkeys(o for name in wanted for o in known_as(name, known) or (name,)))


def narrower_name(one: str, other: str) -> str:
    """Return the one of two names that finds fewer outlets; empty if they mean different outlets.

    A web address is narrower than a name, and two names find the same.
    """
    if _folded(one) == _folded(other):
        return one
    if outlet_name(one) != outlet_name(other) or not outlet_name(one):
        return ""
    if is_web_address(one):
        return "" if is_web_address(other) else one
    return other if is_web_address(other) else one


def may_name_outlets(question: str) -> bool:
    """Say whether a question may name an outlet, before the outlets are known."""
    return any(True for _ in _candidates(question))


def read_outlets(question: str, known: Collection[str]) -> NamedOutlets:
    """Return the outlets that a question names as its sources."""
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    for outlet in filter(None, known):
        by_name[outlet_name(outlet)].append(outlet)

    def outlets_at(place: Span) -> tuple[str, ...]:
        name = _name_at(place, question)
        return tuple(by_name.get(outlet_name(name)) or known_as(name, known))

    for found in _candidates(question):
        is_aside = found.re is _ASIDE
        for end in _ends(found):
            place = Span(found.start("name"), end)
            outlets = outlets_at(place) if _is_written_as_name(place, question, found) else ()
            if not outlets:
                continue
            if not is_aside and _THEN_REPORTS.match(question, end):
                name = _name_at(place, question)
                return NamedOutlets(name=name, outlets=outlets, rest=question)
            if is_aside and (told := _aside(found, place, outlets, question, outlets_at)):
                return told
    return NamedOutlets(rest=question)


def _aside(
    found: re.Match[str],
    place: Span,
    outlets: tuple[str, ...],
    question: str,
    outlets_at: Callable[[Span], tuple[str, ...]],
) -> NamedOutlets | None:
    """Return what an aside names from an outlet on, with those joined to it, if it ends there."""
    end = last_end = place.end
    listed = outlets
    while following := _NEXT_OUTLET.match(question, last_end):
        start = following.start("name")
        places = [Span(start, last) for last in _ends(following)]
        joined = next((span for span in places if outlets_at(span)), None)
        if joined is None:
            break
        listed, last_end = (*listed, *outlets_at(joined)), joined.end
        # "According to Reuters, the Courier was sold when?" joins nothing.
        if following["joint"]:
            outlets, end = listed, last_end
    name = question[place.start : end].rstrip(".,'’")
    own = _OF_OUTLET.match(question, end)
    end = own.end() if own else end
    if (found["one"] and not own) or not _ASIDE_ENDS.match(question, end):
        return None
    rest = _without(question, found, end)
    return NamedOutlets(name=name, outlets=tuple(dict.fromkeys(outlets)), rest=rest)


def _name_at(place: Span, question: str) -> str:
    return re.sub(r"['’]s$", "", question[place.start : place.end].rstrip(".,'’"))


def _is_written_as_name(place: Span, question: str, found: re.Match[str]) -> bool:
    """Say whether words may be a name: "What did the independent report say?" names no outlet.

    A usual word in small letters is a name only if the whole question is in them, and its place is
    that of a name.
    """
    name = _name_at(place, question)
    if name != name.lower() or is_web_address(name):
        return True
    if not lacks_capitals(question):
        return False
    is_unknown = not all(map(is_known_word, name.split()))
    has_place = found.re is _ASIDE or found["the"]
    is_clear = question == question.lower() and bool(has_place)
    return is_unknown or is_clear or is_called_as_outlets_are(name.title())


def _ends(found: re.Match[str]) -> list[int]:
    """Return where the name may end, the longest first."""
    start = found.start("name")
    words = list(re.finditer(r"\S+", found["name"]))
    # "The Guardian's report" names the Guardian.
    own = [re.sub(r"['’]s$", "", word[0]) for word in words]
    return [start + word.start() + len(text) for word, text in zip(words, own, strict=True)][::-1]


def _candidates(question: str) -> Iterator[re.Match[str]]:
    yield from _ASIDE.finditer(question)
    yield from (m for m in _TOLD.finditer(question) if _THEN_REPORTS.search(question, m.start()))


def _without(question: str, found: re.Match[str], end: int) -> str:
    """Return a question without an aside; all of it if the aside is what it says."""
    if found["reported"] and _IS_PREDICATE.search(question, 0, found.start("reported")):
        return question
    before, after = question[: found.start()].rstrip(" ,"), question[end:].lstrip(" ,")
    joint = "" if not before or after[:1] in "?.!" else " "
    rest = f"{before}{joint}{after}"
    return rest[:1].upper() + rest[1:]


def _folded(name: str) -> str:
    return " ".join(without_accents(name).split())

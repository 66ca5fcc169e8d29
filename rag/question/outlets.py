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
from rag.question.near_names import close_outlets, did_you_mean, mistyped_outlets
from rag.store.interface import MOST_SOURCES
from rag.text.folding import without_accents
from rag.text.outlets import (
    is_called_as_outlets_are,
    is_named_as_outlets_are,
    is_web_address,
    outlet_name,
)
from rag.text.sentences import Span

# Longer names are not looked for.
_MOST_WORDS = 6
_NAME = rf"(?P<name>[\w.&'’-]+(?:\s+[\w.&'’-]+){{0,{_MOST_WORDS - 1}}})"
_REPORTING = (
    r"report(?:ed)?|say|said|write|written|publish(?:ed)?|claim(?:ed)?|describe[d]?|quote[d]?"
    r"|reveal(?:ed)?"
)
# These may also be what an outlet does as others do: "Did the BBC give its presenters a rise?"
_MAY_REPORT = r"tell|told|call(?:ed)?|put|give|given|cover(?:ed)?|find|found"
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
_JOINED = re.compile(r"\s+(?:and|or)\b", re.IGNORECASE)
_NEXT_OUTLET = re.compile(rf"(?:,?\s+(?P<joint>and|or)|,)\s+(?:the\s+)?{_NAME}", re.IGNORECASE)
# "What was reported by Reuters?" has nothing without it.
_IS_PREDICATE = re.compile(r"\b(?:is|are|was|were|been|being)\b[^,]*$", re.IGNORECASE)
_TOLD = re.compile(
    rf"\b(?:did|does|do|has|have|had)\s+(?P<the>the\s+)?{_NAME}",
    re.IGNORECASE,
)
_FIRST = r"\s+(?:ever\s+|also\s+)?"
_THEN_REPORTS = re.compile(rf"{_FIRST}(?:{_REPORTING})\b", re.IGNORECASE)
_MAY_BE_TOLD = re.compile(rf"{_FIRST}(?:{_REPORTING}|{_MAY_REPORT})\b", re.IGNORECASE)
_THEN_MAY_REPORT = re.compile(rf"{_FIRST}(?P<verb>{_MAY_REPORT})\b", re.IGNORECASE)
# "What did Reuters find in Holm?" and "What did Reuters call the deal?" want what it told.
_TELLS_OF_ANYTHING = frozenset(("find", "found", "call", "called"))
# What a report gives: "What figure did Reuters give?", "Did Reuters put the death toll at 40?"
_FACT = (
    r"(?:account|cause|count|date|detail|estimate|evidence|explanation|figure|number|reason|toll"
    r"|total|version)s?"
)
_THEN_WHAT_IT_TOLD = re.compile(
    rf"(?:\s+(?:its\s+|the\s+)?(?:readers|viewers|listeners|us))?\s+(?:that|how|about|as|whether|why)\b"
    rf"|\s+(?:(?:an?|another|any|no|some|the|what|which)\s+)?(?:\w+\s+)?{_FACT}\b",
    re.IGNORECASE,
)
_WANTS_FACT = re.compile(rf"\b(?:what|which)\s+(?:\w+\s+)?{_FACT}\s+$", re.IGNORECASE)
_WANTS_WHAT = re.compile(
    r"\b(?:what(?:\s+else)?|which\s+\w+|how\s+(?:many|much)(?:\s+\w+){0,2})\s+$", re.IGNORECASE
)
_WANTS_HOW = re.compile(r"\bhow\s+$", re.IGNORECASE)
# "And?", which is left of "And according to Reuters?", asks nothing.
_SAYS_SOMETHING = re.compile(r"\b(?!(?:and|but|so)\b)[^\W_]", re.IGNORECASE)
_NOTHING_MORE = re.compile(r"\s*(?:$|[?.!,])")
_IT = re.compile(r"\s+it\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedOutlets:
    """The outlets that a question names as its sources, and the question without these words.

    `name` is how it writes the outlet, and `outlets` are the names that the archive has for it. If
    it has none, `notes` say so in words.
    """

    name: str = ""
    outlets: tuple[str, ...] = ()
    rest: str = ""
    notes: tuple[str, ...] = ()


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
    return _resolved(wanted, known, known_as)


def sections_known_as(name: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the sections of an archive that a name means, whatever its case and its accents."""
    folded = _folded(name)
    return tuple(section for section in known if section and _folded(section) == folded)


def resolve_sections(wanted: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """Return the names that an archive has for the sections of a filter.

    A section that it does not have stays as it is, so that it finds nothing.
    """
    return _resolved(wanted, known, sections_known_as)


def _resolved(
    wanted: Sequence[str],
    known: Collection[str],
    known_as: Callable[[str, Collection[str]], tuple[str, ...]],
) -> tuple[str, ...]:
    """Return what an archive calls each of some names, or the name itself if it has none such."""
    meant = (known_as(name, known) or (name,) for name in wanted)
    return tuple(dict.fromkeys(one for names in meant for one in names))


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
            if not is_aside and _reports(question, found.start(), end):
                name = _name_at(place, question)
                return NamedOutlets(name=name, outlets=outlets, rest=question)
            if is_aside and (told := _aside(found, place, outlets, question, outlets_at)):
                return told
    # If there are too many outlets to know them all, it may have the one that is named.
    return (len(known) < MOST_SOURCES and _unknown_outlet(question, known)) or NamedOutlets(
        rest=question
    )


def _unknown_outlet(question: str, known: Collection[str]) -> NamedOutlets | None:
    """Return what a question names as its source that is no outlet of the archive but looks so.

    Whoever else it names ("according to Ana Orr", "according to the police") is a speaker, whom the
    articles quote.
    """
    for found in _candidates(question):
        for end in _ends(found):
            place = Span(found.start("name"), end)
            name = _name_at(place, question)
            if not _ends_as_outlet(found, end, question) or known_as(name, known):
                continue
            the = "the " if re.search(r"\bthe\s+$", question[: place.start], re.I) else ""
            is_called_so = _has_capitals(name) and is_named_as_outlets_are(f"{the}{name}")
            if is_called_so or mistyped_outlets(name, known):
                hint = did_you_mean(close_outlets(name, known))
                said = f"no article is from “{name}”{f' ({hint})' if hint else ''}"
                return NamedOutlets(
                    name=name,
                    rest=_without_unknown(question, found, end),
                    notes=(f"{said}; all outlets were asked",),
                )
    return None


def _without_unknown(question: str, found: re.Match[str], end: int) -> str:
    """Return a question without the aside that ends with an outlet; all of it if it goes on."""
    aside_end = _aside_end(found, end, question) if found.re is _ASIDE else None
    return question if aside_end is None else _without(question, found, aside_end)


def _ends_as_outlet(found: re.Match[str], end: int, question: str) -> bool:
    """Say whether a name that ends here may be that of the source of what is asked."""
    if found.re is not _ASIDE:
        return _reports(question, found.start(), end)
    return _aside_end(found, end, question, or_before=_JOINED) is not None


def _has_capitals(name: str) -> bool:
    """Say whether each word of a name has a capital; a web address needs none."""
    return is_web_address(name) or all(word[0].isupper() for word in name.split())


def _reports(question: str, start: int, end: int) -> bool:
    """Say whether a question from `start` on asks what an outlet, whose name ends at `end`, tells.

    "Did the BBC find that it rained?" does, and "Did the BBC find a new chairman?" does not.
    """
    if _THEN_REPORTS.match(question, end):
        return True
    found = _THEN_MAY_REPORT.match(question, end)
    if found is None:
        return False
    verb, after = found["verb"].lower(), found.end()
    if _THEN_WHAT_IT_TOLD.match(question, after) or _WANTS_FACT.search(question, 0, start):
        return True
    if _WANTS_HOW.search(question, 0, start):
        return verb.startswith("cover") or (
            verb == "put" and _IT.match(question, after) is not None
        )
    is_alone = verb in _TELLS_OF_ANYTHING or _NOTHING_MORE.match(question, after) is not None
    return is_alone and _WANTS_WHAT.search(question, 0, start) is not None


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
    aside_end = _aside_end(found, end, question)
    if aside_end is None:
        return None
    rest = _without(question, found, aside_end)
    return NamedOutlets(name=name, outlets=tuple(dict.fromkeys(outlets)), rest=rest)


def _aside_end(
    found: re.Match[str], end: int, question: str, *, or_before: re.Pattern[str] | None = None
) -> int | None:
    """Return where an aside ends whose outlet ends at a place; None if it does not end there.

    It may also go on with what `or_before` matches.
    """
    own = _OF_OUTLET.match(question, end)
    end = own.end() if own else end
    if found["one"] and not own:
        return None
    is_end = _ASIDE_ENDS.match(question, end) or (or_before and or_before.match(question, end))
    return end if is_end else None


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
    yield from (m for m in _TOLD.finditer(question) if _MAY_BE_TOLD.search(question, m.start()))


def _without(question: str, found: re.Match[str], end: int) -> str:
    """Return a question without an aside; all of it if the aside is what it says."""
    if found["reported"] and _IS_PREDICATE.search(question, 0, found.start("reported")):
        return question
    before, after = question[: found.start()].rstrip(" ,"), question[end:].lstrip(" ,")
    joint = "" if not before or after[:1] in "?.!" else " "
    rest = f"{before}{joint}{after}"
    if not _SAYS_SOMETHING.search(rest):
        return question
    return rest[:1].upper() + rest[1:]


def _folded(name: str) -> str:
    return " ".join(without_accents(name).split())

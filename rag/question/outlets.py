"""Finds the outlets that are meant: by a filter, and by a question such as "according to Reuters".

Names are compared without case, accents and a leading "the", and short names with full ones. Only
outlets that the archive has are found. A question that asks about an outlet ("Who bought Reuters?")
names none to search in.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rag.question.capitals import lacks_capitals
from rag.text.folding import without_accents
from rag.text.outlets import is_web_address, outlet_name

# Longer names are not looked for.
_MOST_WORDS = 6
_NAME = rf"(?P<name>[\w.&'’-]+(?:\s+[\w.&'’-]+){{0,{_MOST_WORDS - 1}}})"
_REPORTING = (
    r"report(?:ed)?|say|said|write|written|publish(?:ed)?|claim(?:ed)?|describe[d]?|quote[d]?"
    r"|tell|told|call(?:ed)?|put|give|given|cover(?:ed)?|find|found|reveal(?:ed)?"
)
# Words that only say where to look, and are not read as a part of what is asked.
_ASIDE = re.compile(
    rf"(?P<aside>,?\s*\b(?:according\s+to|as\s+(?:was\s+)?reported\s+(?:by|in)|reported\s+(?:by|in)"
    rf"|in\s+reports?\s+(?:by|from|of)|going\s+by)\s+(?:the\s+)?){_NAME}",
    re.IGNORECASE,
)
_TOLD = re.compile(
    rf"\b(?:did|does|do|has|have|had)\s+(?:the\s+)?{_NAME}",
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


def may_name_outlets(question: str) -> bool:
    """Say whether a question may name an outlet, before the outlets are known."""
    return any(True for _ in _candidates(question))


def read_outlets(question: str, known: Collection[str]) -> NamedOutlets:
    """Return the outlets that a question names as its sources."""
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    for outlet in filter(None, known):
        by_name[outlet_name(outlet)].append(outlet)
    for found in _candidates(question):
        for end in _ends(found):
            name = re.sub(r"['’]s$", "", question[found.start("name") : end].rstrip(".,'’"))
            outlets = by_name.get(outlet_name(name)) or known_as(name, known)
            # "What did the independent report say?" names none.
            is_name = name != name.lower() or lacks_capitals(question) or is_web_address(name)
            if outlets and is_name and _reports(found, question, end):
                rest = _without(question, found, end)
                return NamedOutlets(name=name, outlets=tuple(outlets), rest=rest)
    return NamedOutlets(rest=question)


def _ends(found: re.Match[str]) -> list[int]:
    """Return where the name may end, the longest first."""
    start = found.start("name")
    return [start + word.end() for word in re.finditer(r"\S+", found["name"])][::-1]


def _candidates(question: str) -> Iterator[re.Match[str]]:
    yield from _ASIDE.finditer(question)
    yield from (m for m in _TOLD.finditer(question) if _THEN_REPORTS.search(question, m.start()))


def _reports(found: re.Match[str], question: str, end: int) -> bool:
    """Say whether the outlet is a source: after "according to", or before a verb of telling."""
    return found.re is _ASIDE or _THEN_REPORTS.match(question, end) is not None


def _without(question: str, found: re.Match[str], end: int) -> str:
    if found.re is not _ASIDE:
        return question
    before, after = question[: found.start()].rstrip(" ,"), question[end:].lstrip(" ,")
    joint = "" if not before or after[:1] in "?.!" else " "
    rest = f"{before}{joint}{after}"
    return rest[:1].upper() + rest[1:]


def _folded(name: str) -> str:
    return " ".join(without_accents(name).split())

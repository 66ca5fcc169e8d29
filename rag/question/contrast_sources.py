"""Asks the last question of another source, or of the same one again.

"According to the Courier?" asks what the last question asked of the Courier. "And in Tarn?" after
"According to the Courier, who won in Holm?" asks the Courier too.
"""

import re
from collections.abc import Sequence

from rag.question.contrast import in_place
from rag.question.contrast_named import read_named
from rag.question.kinds import QUESTION_WORD
from rag.question.outlets import may_name_outlets
from rag.text.outlets import is_named_as_outlets_are

# Not "according to whom", which asks for the source.
_ASIDE = rf"according\s+to\s+(?P<source>(?!{QUESTION_WORD}\b)[^?!,;:]+?)"
_ONLY_ASIDE = re.compile(
    rf"^\W*(?:(?:and|but|so|no|ok|okay)\b\W*)*(?:what\s+about\s+)?{_ASIDE}[\s?!.]*$", re.IGNORECASE
)
_FIRST = re.compile(rf"^{_ASIDE},\s*", re.IGNORECASE)
_LAST = re.compile(rf",?\s*\b{_ASIDE}[\s?!.]*$", re.IGNORECASE)
_ANYWHERE = re.compile(r"\baccording\s+to\b", re.IGNORECASE)


def in_place_or_of_source(question: str, before: str, outlets: Sequence[str]) -> str:
    """Return the question before, asked of what a follow-up names; empty if it is no such one.

    `outlets` are those that were asked, which `before` does not name. They are asked again unless
    the follow-up names another.
    """
    named = read_named(question)
    if only := _ONLY_ASIDE.match(question):
        return _of_source(before, only["source"])
    if outlets and named and is_named_as_outlets_are(source := named.article + named.words):
        return _of_source(before, source)
    return placed_of(in_place(question, before), outlets)


def placed_of(question: str, outlets: Sequence[str]) -> str:
    """Return a question with the outlets that it is asked of; as it is if it names some itself."""
    if not question or not outlets or may_name_outlets(question):
        return question
    return _of_source(question, " and ".join(outlets))


def _of_source(question: str, source: str) -> str:
    """Return a question that is asked of a source instead of its own; empty if it has it inside."""
    rest = question
    if first := _FIRST.match(question):
        rest = question[first.end() :][:1].upper() + question[first.end() + 1 :]
    body = _LAST.sub("", rest).rstrip(" ?!.")
    return f"{body}, according to {source}?" if body and not _ANYWHERE.search(body) else ""

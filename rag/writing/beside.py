"""Tells the quotes that answer from those beside them: other events, and what holds no more.

A language model that sees both would tell them as one. `written_answers` gives it the first, and
puts the lines of the others below what it wrote, as they stand in an answer in quotes.
"""

import re
from collections.abc import Iterator

from rag.records import ALSO_FOUND, HOLDS_NO_MORE, Answer, Citation

_HEADINGS = (ALSO_FOUND, HOLDS_NO_MORE)
_NUMBER = re.compile(r"” \[(\d+)\]$")


def quotes_that_answer(answer: Answer) -> dict[int, Citation]:
    """Return by number the quotes that answer, without those that only tell what was replaced.

    Of a list, all quotes with members of it answer, and not only the best one.
    """
    told = {number for heading, line in _lines(answer) if not heading for number in _named(line)}
    answering = {citation.number for citation in answer.citations} | told
    standing = {number for value in answer.values if value.stands for number in value.citations}
    fallen = {number for value in answer.values for number in value.citations} - standing
    return {
        citation.number: citation
        for citation in (*answer.citations, *answer.also_found)
        if citation.number in answering
        # What is cited first answers, whatever else it tells.
        and (citation.number not in fallen or citation is answer.citations[0])
    }


def lines_beside(answer: Answer) -> list[str]:
    """Return the lines of an answer in quotes that tell other events, and what holds no more."""
    beside: dict[str, list[str]] = {heading: [] for heading in _HEADINGS}
    for heading, line in _lines(answer):
        if heading:
            beside[heading].append(line)
    return [
        line for heading in _HEADINGS if beside[heading] for line in (heading, *beside[heading])
    ]


def _lines(answer: Answer) -> Iterator[tuple[str, str]]:
    """Yield the lines of an answer, each with the heading that it stands under, if any."""
    heading = ""
    for line in answer.text.split("\n"):
        if any(line.startswith(f"{part.question} ") for part in answer.parts):
            heading = ""
        if line in _HEADINGS:
            heading = line
        else:
            yield heading, line


def _named(line: str) -> list[int]:
    found = _NUMBER.search(line)
    return [int(found[1])] if found else []

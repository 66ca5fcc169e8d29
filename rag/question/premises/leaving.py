"""Finds who is gone in a question that asks who came: "Who leads it now that Orr has left?"."""

import re

from rag.text.names import TITLES, find_names, plain_parts

# Whoever is named behind these is not asked for, whatever else the question says.
_NAMES_ANOTHER = re.compile(
    r"\b(?:succeed(?:s|ed|ing)?|replac(?:e|es|ed|ing)|(?:took|take|takes|taken)\s+over\s+from"
    r"|(?:stand|stands|standing|stood)\s+in\s+for)\s+(?:[a-z]+\s+){0,2}$"
)
_BEFORE_OR_AFTER = re.compile(r"\b(?:before|after)\s+(?:[a-z]+\s+)?$")
_AND_THEN = re.compile(r"\b(?:after|once|since|now\s+that)\s+(?:[a-z]+\s+)?$")
_GONE = re.compile(
    r"(?:['’]s)?\s+(?:(?:has|have|had|was|is|were|been|being)\s+)*(?:left|leav\w+|gone|going|goes"
    r"|resign\w*|quit\w*|died?|death|departure|exit|retir\w+|stood\s+down|step\w*\s+(?:down|aside)"
    r"|sacked|sacking|fired|ousted|ousting|dismiss\w+|removed|removal|suspended)\b"
)
_ENDS = re.compile(r"\s*[?.!]*\s*$")


def who_is_gone(question: str) -> frozenset[tuple[str, ...]]:
    """Return the names, in plain words without titles, that cannot be the answer to "who"."""
    found = set()
    for name in find_names(question):
        before, behind = question[: name[0].start], question[name[-1].end :]
        if (
            _NAMES_ANOTHER.search(before)
            or (_BEFORE_OR_AFTER.search(before) and _ENDS.match(behind))
            or (_AND_THEN.search(before) and _GONE.match(behind))
        ):
            found.add(tuple(word for word in plain_parts(name) if word not in TITLES))
    return frozenset(found)

"""Finds the amounts of a sentence, and which of them replaces which."""

import re
from collections.abc import Sequence

from rag.records import Hit
from rag.text.datelines import dateline_end
from rag.text.figures import Figure, find_figures, whole_durations
from rag.text.names import TIME_WORDS
from rag.text.places import place_at
from rag.text.replacing import (
    Replaced,
    replaced_in,
)
from rag.text.sentences import Span
from rag.text.words import plain

# "Phase 3", "the Solace 2 pumps".
_IN_A_NAME = re.compile(r"[a-z’,]\s+(?P<name>[A-Z][a-z]+)\s$")
# "Two digits were transposed" tells no amount of what the article is about.
_OF_WRITING = re.compile(r"\s+(?:digits?|figures?|numbers?|letters?|words?|characters?)\b", re.I)


def amounts_in(hit: Hit, span: Span, text: str) -> tuple[Sequence[Figure], Sequence[Replaced]]:
    """Return the amounts of a sentence, without its dates and its dateline, and what they replace.

    Their places are those in the sentence.
    """
    sentence = text[span.start : span.end]
    dated = [
        (time.start - span.start, time.end - span.start)
        for time in hit.times
        if time.type in ("DATE", "TIME") and span.start <= time.start < span.end
    ]
    dated.append((0, dateline_end(sentence)))
    figures = [
        figure
        for figure in whole_durations(sentence, find_figures(sentence))
        if not any(first <= figure.start < last for first, last in dated)
        and not _OF_WRITING.match(sentence, figure.end)
        and not _is_in_a_name(figure, sentence)
    ]
    return figures, list(replaced_in(sentence, figures))


def _is_in_a_name(figure: Figure, sentence: str) -> bool:
    """Say whether a number belongs to a name: "Phase 3", but not "in Peru 26" or "on Sunday 12"."""
    if figure.unit or "," in sentence[figure.start : figure.end]:
        return False  # "Orr got 5,400 votes and Vesk 3,900"
    found = _IN_A_NAME.search(sentence[: figure.start])
    if found is None or not sentence[figure.start].isdigit():
        return False
    return plain(found["name"]) not in TIME_WORDS and place_at([plain(found["name"])], 0) is None

"""Finds the amount that a sentence itself calls the largest or the smallest of its kind.

"Its third fine since 2019; the largest was £7.1m" answers a question for the biggest fine, however
sure the reader is of the fine that the article is about.
"""

import re
from collections.abc import Iterable, Sequence

from rag.evidence.reader import Evidence
from rag.evidence.values.amounts_told import amount_in
from rag.evidence.values.told import Told
from rag.question.asked import AskedPart
from rag.question.wanted import Which
from rag.text.figures import Figure, unhedged
from rag.text.rounding import same_unit
from rag.text.words import stems_of

_MOST = r"(?:largest|biggest|highest|greatest|heaviest|longest|tallest)"
_LEAST = r"(?:smallest|lowest|shortest|lightest|cheapest)"
# Right before the amount: "the largest was", "its largest fine so far, of", "the biggest,".
_CALLED = (
    r"\b(?:the|its|their|his|her)\s+{0}(?P<things>(?:\s+(?!(?:was|is|were|of|being|at)\b)[\w-]+){{0,3}}?)"
    r"(?:\s+of\s+(?:them|these|those|which|all))?(?:(?:,?\s+(?:was|is|of|being|at))|,)\s+(?:for\s+)?$"
)
_CALLS: dict[Which, re.Pattern[str]] = {
    "highest": re.compile(_CALLED.format(_MOST), re.IGNORECASE),
    "lowest": re.compile(_CALLED.format(_LEAST), re.IGNORECASE),
}
_FILLER = re.compile(r"\b(?:ever|yet|so|far|until|now|single|one|ones)\b", re.IGNORECASE)


def amount_called_so(
    part: AskedPart, sentences: Iterable[Evidence], anchor: Told, *, least: float
) -> Told | None:
    """Return the amount that a sentence calls the largest, or the smallest, if that is asked for.

    It is in the unit of the anchor, in the surest of the sentences that are as sure as `least`.
    """
    pattern = _CALLS.get(part.wanted.which)
    if pattern is None or anchor.figure is None:
        return None
    unit = anchor.figure.measure[0]

    def is_called_so(sentence: str, figure: Figure) -> bool:
        found = pattern.search(unhedged(sentence[: figure.start]))
        if found is None or not same_unit(figure.measure[0], unit):
            return False
        return stems_of(_FILLER.sub(" ", found["things"])) <= part.wanted.stems

    def choose(sentence: str, figures: Sequence[Figure]) -> Figure | None:
        return next((figure for figure in figures if is_called_so(sentence, figure)), None)

    sure = (piece for piece in sentences if piece.confidence >= least)
    return next((told for piece in sure if (told := amount_in(piece, choose)) is not None), None)

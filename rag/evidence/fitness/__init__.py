"""Holds a sentence against the question, and finds why it does not answer this very question.

`rag.evidence.reader` weighs how likely a sentence answers. Some wrong sentences look as likely as
right ones: the day that somebody went to prison, for the day of the release. Each module here knows
one such kind of misfit, and `check` asks them all. To add a kind, write a module with a function
from a `Candidate` to a `Misfit` or None, and name it in `check`. What each gains and costs is in
`docs/decisions/0018-fitness.md` and `0037-more-kinds-of-misfit.md`.
"""

from rag.evidence.fitness.check import cost_of, find_misfits
from rag.evidence.fitness.periods import other_figure_of_period, value_of_period
from rag.evidence.fitness.records import Candidate, Misfit

__all__ = [
    "Candidate",
    "Misfit",
    "cost_of",
    "find_misfits",
    "other_figure_of_period",
    "value_of_period",
]

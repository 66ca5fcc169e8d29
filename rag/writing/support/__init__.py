"""A written sentence and the quotes it cites -> whether they carry it: each thing in it checked.

In the line of the product this stands behind `writing`: a language model writes, and what its
quotes do not carry is never shown as fact. No model judges a model here: numbers, dates, quoted
words, names and outlets are compared one by one, denials by the words that they turn, and the rest
by the words and the meaning that sentence and quotes share.
"""

from rag.writing.support.check import SUPPORT_THRESHOLD, check_sentence
from rag.writing.support.problems import Problem, Support

__all__ = ["SUPPORT_THRESHOLD", "Problem", "Support", "check_sentence"]

"""Checks whether the quotes that a written sentence cites support it.

A language model writes the sentence (`rag.writing`), and a sentence that its quotes do not support
is never shown as fact. No language model judges it here. Numbers, dates, quoted words, names and
outlets are compared one by one. Denials are compared by the words that they negate. The rest is
compared by the words and the meaning that sentence and quotes share. To change what is checked,
start with `check`.
"""

from rag.writing.support.check import SUPPORT_THRESHOLD, check_sentence
from rag.writing.support.problems import Problem, Support

__all__ = ["SUPPORT_THRESHOLD", "Problem", "Support", "check_sentence"]

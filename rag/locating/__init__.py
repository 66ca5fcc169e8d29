"""Finds where a text comes from: the article, the place in it, and what was changed.

The entry point is `locate`. `matching` asks the store for articles with the same words and finds
the text in them, and `aligning` finds one that was altered and says where.
"""

from rag.locating.locate import locate
from rag.locating.records import Difference, Located

__all__ = ["Difference", "Located", "locate"]

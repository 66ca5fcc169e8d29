"""Finds time expressions in English news and says which days they mean.

The days count from an anchor, which is a given day. For an article the anchor is its own date, and
for a question it is today. The results have the form of TIMEX3. The entry point is `find_times`. To
understand one more phrase, add a rule to a module in `rules`.

Source: TimeML 1.2.1 annotation guidelines (Saurí et al. 2006) for extents, types and values;
UzZaman et al. 2013 (TempEval-3) for how they are scored (`bench.timex`).
"""

from rag.timex.expressions import TimeExpression
from rag.timex.ranges import TimeRange, find_ranges, is_old_time
from rag.timex.tagger import find_times

__all__ = ["TimeExpression", "TimeRange", "find_ranges", "find_times", "is_old_time"]

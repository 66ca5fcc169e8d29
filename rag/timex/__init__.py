"""Text + anchor date -> time expressions: found in English news and resolved to the calendar.

In the line of the product this stands beside the sentences: at ingest every article's expressions
are resolved against its own date, and a question's against today. TIMEX3 says what is given back.

Source: TimeML 1.2.1 annotation guidelines (Saurí et al. 2006) for extents, types and values;
UzZaman et al. 2013 (TempEval-3) for how they are scored (`bench.timex`).
"""

from rag.timex.expressions import TimeExpression
from rag.timex.ranges import TimeRange, find_ranges
from rag.timex.tagger import find_times

__all__ = ["TimeExpression", "TimeRange", "find_ranges", "find_times"]

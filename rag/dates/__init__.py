"""When the events of an article happened: its time expressions, counted from the right day.

`rag.timex` reads the expressions of any text; this package knows articles, their versions and
their passages. To change which day an article's "yesterday" counts from, see `anchors`.
"""

"""Works out when the events of an article happened, by counting its time expressions from a day.

`rag.timex` reads the time expressions of any text. This package also knows articles, their versions
and their passages. To change the day from which an article's "yesterday" counts, see `anchors`.
"""

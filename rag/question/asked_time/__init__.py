"""Tells which days a question asks about, and whether it asks for the present state.

The search turns these days into a filter. A wrong filter hides the answer, so an expression that
leaves doubt sets no filter and is named as unresolved. To change what a phrase asks, find its rule
here:

- An event whose day is unknown sets no limit, and neither does a year in the event's phrase or
  name: "after the election of 2020", "the 2020 Olympics", "the class of 2012", "Vision 2030". A
  year after a preposition and a possessive do set one: "in 2020", "the war in 2020", "yesterday's
  vote".
- "Around" a time adds half of its length on each side, and at least three days. "Early", "mid" and
  "late" mean its thirds.
- "Since", "until", "by" and "as of" include the days that they name. "Before" and "after" do not.
- Days without a year follow the question's tense. They are never wholly after now if the question
  looks back, and never wholly before now if it looks ahead.
- If nothing is found for days without a year, `Archive` counts them from its last day, and if
  nothing found answers, from a day in earlier years.
- If one end of a range is an event, only the other end sets a limit: "from 2019 to the election".
- A day that comes every year, named with its occasion and without a year, sets no limit: "Why is
  Victory Day marked on 8 November?", "What happens every 4 July?". "What happened on 8 November?"
  does set one.
- "Published", "reported", "wrote" and "articles from" a time filter by publication. They do not if
  they have an object ("wrote the constitution in 1787") or if another verb is nearer to the time.
- Several times make one window that covers them, or one that is cut out: "since 2018 but before
  2020". So do times that are compared: "more in 2019 than in 2018". If only some of them are times
  of publication, only these become the filter.
"""

from rag.question.asked_time.model import AskedTime
from rag.question.asked_time.reading import read_asked_time

__all__ = ["AskedTime", "read_asked_time"]

"""A question + an explicit now -> the days that it asks about, and whether it wants the present.

In the line of the product this stands between a question and its search. A filter fails closed, so
where the words leave doubt nothing is asked of it, and the expression is named as unresolved:

- An event whose day is unknown bounds nothing, nor does a year in its phrase or name: "after the
  election of 2020", "the 2020 Olympics", "the class of 2012", "Vision 2030". A preposition or a
  possessive does date: "in 2020", "the war in 2020", "yesterday's vote".
- "Around" a time takes half of its length more on each side, and at least three days; "early",
  "mid" and "late" are its thirds.
- "Since", "until", "by" and "as of" include the days that they name, "before" and "after" do not.
- Days without a year follow the question's tense: never wholly after now if it looks back, never
  wholly before now if it looks ahead.
- Of a range whose one end is an event the other end bounds: "from 2019 to the election".
- A day of every year, named with its occasion and without a year, bounds nothing: "Why is Victory
  Day marked on 8 November?", "What happens every 4 July?". "What happened on 8 November?" does.
- "Published", "reported", "wrote" and "articles from" a time filter the publication, unless they
  have an object, "wrote the constitution in 1787", or another verb stands nearer to the time.
- Several times are covered by one window, or cut one out: "since 2018 but before 2020". Where only
  some are times of publication, these are what is filtered.
"""

from rag.question.asked_time.model import AskedTime
from rag.question.asked_time.reading import read_asked_time

__all__ = ["AskedTime", "read_asked_time"]

"""Defines what was reported for the fact that a question asks: each value, and who reported it.

`Answer.values` holds these records, newest first. `rag.evidence.values` makes them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from rag.records.sources import Copy, Source

ValueStatus = Literal["stands", "superseded", "corrected", "withdrawn"]
ValueKind = Literal["", "amount", "days", "name", "yes-no"]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Report(Source):
    """One article that reports a value: `article.text[start:end] == quote`, which is checked.

    `number` is that of the citation with this quote, 0 if the answer does not cite it. `copies` are
    articles with the same story, which count with it as one source. `note` is the editors' note on
    the article, and `text_hash` the SHA-256 of its text, empty if an older version of Dateline made
    the answer.
    """

    quote: str
    start: int
    end: int
    number: int = 0
    copies: tuple[Copy, ...] = ()
    note: str = ""
    text_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One of the values that were found for what a question asks, and who reported it when.

    `text` is the value in the words of the report that the answer cites first, or else of the
    newest. `normalised` is the same in a form that can be compared: an amount with its unit
    ("5021", "28000000 $"), or the day or days in ISO 8601 ("2020-11-10", "2020-11-01/2020-11-30").
    It is empty for a name. For a question of yes or no, both are "yes" for reports that state what
    is asked, and "no" for those that state the contrary.

    `status` says if the value stands, was replaced by a later report, was corrected, or was
    withdrawn with its article. `replaced_by` is the value that took its place, in words, if that is
    known. `first` and `last` are the days of its first and its last report.

    `sources` counts independent sources: copies of one story, the articles of one outlet and those
    of one agency count once. `outlets` are the names of those that report it, and `reports` the
    articles with the sentences that do, both newest first. `citations` are the numbers of those
    quotes that the answer cites.
    """

    text: str
    kind: ValueKind = ""
    normalised: str = ""
    status: ValueStatus = "stands"
    replaced_by: str = ""
    first: date | None = None
    last: date | None = None
    sources: int = 1
    outlets: tuple[str, ...] = ()
    reports: tuple[Report, ...] = ()
    citations: tuple[int, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether no correction and no later report takes its place."""
        return self.status == "stands"

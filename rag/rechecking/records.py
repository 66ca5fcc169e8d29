"""Defines what `recheck` returns: what has become of each quote of a saved answer."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from rag.interchange import Record
from rag.locating.records import Difference
from rag.records import Source

RecheckStatus = Literal[
    "there", "moved", "altered", "corrected", "withdrawn", "expired", "embargoed", "removed"
]
# The article still has these words.
STANDING: tuple[RecheckStatus, ...] = ("there", "moved")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RecheckedQuote(Source):
    """A quote of a saved answer, and what the archive has of it now.

    It is *there* at its place, or has *moved* in the text. It is *altered* if the text, or the
    headline that answered, has other words now, and *corrected* if a correction says so, in the
    article or in another one. Its article was *withdrawn* by its outlet, has *expired*, is under
    embargo, or was *removed*: the archive has none with its id.

    `start` and `end` are where the quote stood. `now` is what stands in its place, at `now_start`
    and `now_end` in the article, with the `differences`; it is empty if nothing like it is there.
    `note` is what was said of the article since the answer: an editors' note, a correction, why it
    was withdrawn, or that its headline or its day of publication is another one. `changed` is the
    day of the present text, if the text is another one. `found_in` is the id of another article
    that has the words of one that was removed. `remark` tells if only spaces, quotation marks or
    dashes were changed in the words; then they still stand.

    `number` is that of the citation. Reports that the answer does not cite are numbered after them.
    """

    number: int
    quote: str
    start: int
    end: int
    status: RecheckStatus
    now: str = ""
    now_start: int = 0
    now_end: int = 0
    differences: tuple[Difference, ...] = ()
    note: str = ""
    changed: date | None = None
    found_in: str = ""
    remark: str = ""

    @property
    def stands(self) -> bool:
        """Whether the article still says this, and nothing new is said about the article."""
        return self.status in STANDING and not self.note


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Recheck(Record):
    """What has become of the quotes of a saved answer.

    `quotes` are those of its citations, and `reports` those of the reports in its table of values
    that it does not cite; an older version of Dateline saved none of these.

    `asked` is when the question was asked, and `generation` the state of the archive then; `now`
    is the present state, which was `checked` at that time. The first two are missing if an older
    version of Dateline saved the answer.
    """

    question: str
    quotes: tuple[RecheckedQuote, ...]
    checked: datetime
    now: str
    asked: datetime | None = None
    generation: str = ""
    reports: tuple[RecheckedQuote, ...] = ()
    archive: str = ""

    @property
    def lacks_all(self) -> bool:
        """Whether the archive has none of the articles, as if it were another one."""
        every = (*self.quotes, *self.reports)
        return bool(every) and all(quote.status == "removed" for quote in every)

    @property
    def stands(self) -> bool:
        """Whether every quote still stands, those of the reports too."""
        return all(quote.stands for quote in (*self.quotes, *self.reports))

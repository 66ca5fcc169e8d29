"""Defines the records of an answer: hits, citations, values, and the answer itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from rag.interchange import Record
from rag.records.articles import EventTime
from rag.records.provenance import Provenance
from rag.records.reported import Value
from rag.records.searching import TimeWindow
from rag.records.sources import Copy, Source
from rag.text.genres import Genre
from rag.text.sentences import Span

if TYPE_CHECKING:
    from rag.export.formats import ExportFormat

Status = Literal["answered", "not_in_archive"]
# In words, to people and to language models.
NOT_SAID = "The archive does not say."
# The lines above quotes that stand beside an answer: of other events, and of what was replaced.
ALSO_FOUND = "Also found:"
HOLDS_NO_MORE = "No longer holds:"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Hit(Source):
    """A passage that a search found, with everything needed to show and cite it.

    `score` is how near it is to the question, at most 1. After reranking it is the confidence that
    the passage answers, 0 to 1. `copies` are other articles with the same story, which are not hits
    of their own. `times` are the resolved time expressions in the passage. `section` is the part of
    the newspaper that the article stood in, such as "politics", empty if it is not known. `genre`
    says if it is opinion, analysis or satire, and is empty for news. `marks` are the places, as
    offsets in `text`, of words that the question has in quotes.
    """

    start: int
    end: int
    text: str
    score: float
    sentences: tuple[Span, ...] = ()
    copies: tuple[Copy, ...] = ()
    note: str = ""
    times: tuple[EventTime, ...] = ()
    section: str = ""
    genre: Genre = ""
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Citation(Source):
    """A quote and its place: `article.text[start:end] == quote`, which is always checked.

    `copies` are articles with the same story, which count with it as one source. `note` is the
    editors' note on the article. `times` are the resolved time expressions in the quote, at their
    offsets in the article. `highlight` is the place of the short answer, as offsets inside the
    quote. `link` is the address that opens the page at the quote, or that of the page if nothing
    tells the quote apart. `text_hash` is the SHA-256 of the article's text. With `is_headline` the
    headline answers, which tells what the text does not, and the quote is a sentence below it.
    """

    number: int
    quote: str
    start: int
    end: int
    copies: tuple[Copy, ...] = ()
    note: str = ""
    times: tuple[EventTime, ...] = ()
    highlight: tuple[int, int] | None = None
    genre: Genre = ""
    link: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    text_hash: str = ""
    is_headline: bool = False

    def __str__(self) -> str:
        """Return its number and its article, and the address in a line of its own."""
        address = f"\n    {self.url}" if self.url else ""
        return f"[{self.number}] {self.byline}{address}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSentence:
    """A sentence that a language model wrote, and whether its quotes support it.

    `citations` are the numbers of the quotes that it names. `support` is the probability, 0 to 1,
    that they support it. `problems` says in words what they do not support. A sentence that is not
    `supported` is never shown as fact.
    """

    text: str
    citations: tuple[int, ...]
    support: float
    supported: bool
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPart:
    """One thing that a question asked beside others: whether it is answered, and by which quotes.

    `citations` are the numbers of its quotes. `lead` is what is said before them, as in an answer.
    """

    question: str
    status: Status
    citations: tuple[int, ...] = ()
    lead: str = ""


Certainty = Literal["likely", "uncertain", "weak", "none"]

# The least confidence of each word. Of answers to questions on news and on invented archives, each
# left out of the fit, seven of ten that are likely are right, and half of the uncertain (`bench
# calibration`). None is called sure: of the surest quarter, one of five is wrong.
CERTAINTY: Mapping[Certainty, float] = {"likely": 0.6, "uncertain": 0.4, "weak": 0.0}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Answer(Record):
    """What the archive says to a question, and the evidence for it.

    `question` is the question as the user put it. `carried` are the words of earlier questions that
    were added to it, and `follows` is the question before it, if it was read with that one too.
    `understood` is the question that was searched and read, empty if at most capitals differ.

    `lead` is what `text` says before the quotes, on one or more lines: that these are from other
    outlets than the question names, or that there may be more of them. Where nothing is quoted, it
    is what is said in place of "the archive does not say", as to a turn that asks nothing.

    `citations` hold the answer, best first. `also_found` are quotes that answer the question about
    another event, or with a value that does not hold any more. `values` are the amounts, days or
    names that were found, newest first, if the answer is one of these. `nearest` are the hits that
    were read, and those that are cited beside them. `confidence` is the estimated probability, 0 to
    1, that the first citation answers the question. `searched` says in words which part of the
    archive was searched. `time_window` is the days that the question, or its filter, asks about.

    For a when-question, `when` is the time it asks for, `when_day` is that time in words, and
    `when_follows` is what it follows from, empty if the quote writes it out. `short` is the few
    words that answer, if the reader marked them and only one value stands. `sentences` are those
    that a language model wrote, if one is configured, each checked against its quotes. `text` then
    has the supported ones. `remark` says if the writing failed or stopped, or why none of it
    stands; the quotes do all the same. `parts` are the things that a question asks, if it asks
    several. `outlets` are those that the question names ("according to Reuters"), if only these
    were asked.

    `provenance` says when, by what and from which state of the archive the answer was made. Two
    answers that differ in nothing else are equal.
    """

    question: str
    status: Status
    text: str
    understood: str = ""
    carried: tuple[str, ...] = ()
    follows: str = ""
    citations: tuple[Citation, ...] = ()
    also_found: tuple[Citation, ...] = ()
    nearest: tuple[Hit, ...] = ()
    time_window: TimeWindow | None = None
    confidence: float = 0.0
    searched: str = ""
    when: EventTime | None = None
    when_day: str = ""
    when_follows: str = ""
    short: str = ""
    values: tuple[Value, ...] = ()
    sentences: tuple[AnswerSentence, ...] = ()
    parts: tuple[AnswerPart, ...] = ()
    outlets: tuple[str, ...] = ()
    remark: str = ""
    lead: str = ""
    provenance: Provenance | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if (self.status == "answered") != bool(self.citations):
            raise ValueError("an answer has citations, and only an answer has them")

    @property
    def asked(self) -> str:
        """The question as it was searched and read."""
        return self.understood or self.question

    @property
    def certainty(self) -> Certainty:
        """How sure the answer is, in a word that was measured; "none" if there is no answer."""
        if self.status != "answered":
            return "none"
        return next(word for word, least in CERTAINTY.items() if self.confidence >= least)

    @property
    def support(self) -> tuple[Value, ...]:
        """The values that were reported, newest first: who says what, and what was replaced."""
        return self.values

    @property
    def sources(self) -> list[Citation]:
        """The citations of the answer and those of other events, in the order of their numbers."""
        return sorted((*self.citations, *self.also_found), key=lambda citation: citation.number)

    @property
    def uncited(self) -> list[Citation]:
        """The quotes of reports in `values` that no citation has, numbered after the citations.

        Those of an answer that an older version of Dateline saved are left out: it noted too little
        of their articles to check them again.
        """
        told = {
            (report.article_id, report.start): (value, report)
            for value in self.values
            for report in value.reports
            if not report.number and report.text_hash
        }
        last = max((citation.number for citation in self.sources), default=0)
        return [
            Citation(
                **report.fields,
                number=number,
                quote=report.quote,
                start=report.start,
                end=report.end,
                copies=report.copies,
                note=report.note,
                highlight=_place_in(report.quote, value.text),
                text_hash=report.text_hash,
            )
            for number, (value, report) in enumerate(told.values(), start=last + 1)
        ]

    def export(
        self,
        format: "ExportFormat" = "markdown",  # noqa: A002  the word that people look for
        *,
        accessed: str | date | None = None,
    ) -> str:
        """Return this answer as an evidence pack, or the articles that it cites as references.

        A pack is "markdown", "html" or "json"; references are "csl-json", "bibtex", "ris" or
        "footnotes". `accessed` is the day on which you opened the pages, for references: a date, or
        text such as "2026-11-27". Without it, they have none.

        Raises:
            QuestionError: there is no such format, or `accessed` is no day.
        """
        from rag.export.formats import export_answer

        return export_answer(self, format, accessed=accessed)

    def __str__(self) -> str:
        """Return the text, and below it the numbered sources, each with its address."""
        return "\n".join([self.text, *([""] if self.sources else []), *map(str, self.sources)])


def _place_in(quote: str, words: str) -> tuple[int, int] | None:
    """Return where a quote has the words of its value; None if it words the value otherwise."""
    start = quote.find(words) if words else -1
    return (start, start + len(words)) if start >= 0 else None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class QuotedAnswer(Record):
    """An answer in quotes, given at once, while a language model begins to write about them."""

    answer: Answer

"""Defines the frozen records that all modules share, with their invariants.

`articles` has what is stored, and `sources` what is told of it beside words. `searching` has what a
search is restricted to, and `answers` what is found and said, with its `provenance` and with the
values that were `reported`. Those that are a `Record` can be written as JSON and read back, and
their `repr` is short.
"""

from rag.records.answers import (
    ALSO_FOUND,
    CERTAINTY,
    HOLDS_NO_MORE,
    NOT_SAID,
    Answer,
    AnswerPart,
    AnswerSentence,
    Certainty,
    Citation,
    Hit,
    QuotedAnswer,
    Status,
)
from rag.records.articles import (
    Article,
    Days,
    EventTime,
    Passage,
    Version,
    hash_text,
    word_count,
)
from rag.records.ids import derive_id, parse_day, rank_version
from rag.records.provenance import Provenance
from rag.records.reported import Report, Value, ValueKind, ValueStatus
from rag.records.searching import SearchFilter, TimeWindow
from rag.records.sources import Copy, Source, SourceFields
from rag.records.versions import version_as_of

__all__ = [
    "ALSO_FOUND",
    "CERTAINTY",
    "HOLDS_NO_MORE",
    "NOT_SAID",
    "Answer",
    "AnswerPart",
    "AnswerSentence",
    "Article",
    "Certainty",
    "Citation",
    "Copy",
    "Days",
    "EventTime",
    "Hit",
    "Passage",
    "Provenance",
    "QuotedAnswer",
    "Report",
    "SearchFilter",
    "Source",
    "SourceFields",
    "Status",
    "TimeWindow",
    "Value",
    "ValueKind",
    "ValueStatus",
    "Version",
    "derive_id",
    "hash_text",
    "parse_day",
    "rank_version",
    "version_as_of",
    "word_count",
]

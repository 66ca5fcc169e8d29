"""Defines the frozen records that all modules share, with their invariants.

`articles` has what is stored, `searching` what a search is restricted to, and `answers` what is
found and said, with its `provenance`. Those that are a `Record` can be written as JSON and read
back, and their `repr` is short.
"""

from rag.records.answers import (
    CERTAINTY,
    NOT_SAID,
    Answer,
    AnswerPart,
    AnswerSentence,
    Certainty,
    Citation,
    Copy,
    Hit,
    Source,
    Status,
    Value,
    ValueStatus,
)
from rag.records.articles import (
    Article,
    Days,
    EventTime,
    Passage,
    SourceFields,
    Version,
    announces_correction,
    hash_text,
    word_count,
)
from rag.records.ids import derive_id, parse_day, rank_version
from rag.records.provenance import Provenance
from rag.records.searching import SearchFilter, TimeWindow

__all__ = [
    "CERTAINTY",
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
    "SearchFilter",
    "Source",
    "SourceFields",
    "Status",
    "TimeWindow",
    "Value",
    "ValueStatus",
    "Version",
    "announces_correction",
    "derive_id",
    "hash_text",
    "parse_day",
    "rank_version",
    "word_count",
]

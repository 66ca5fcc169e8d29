"""Makes the evidence pack of an answer: the answer, how it was made, and hashes to check it by.

`html_pages` and `markdown` write a pack for people. As JSON, it is read back here, and checked
again by `rag/rechecking`.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Self

from rag.errors import InputError
from rag.interchange import Record
from rag.records import Answer, Citation, hash_text


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedQuote:
    """The hashes of a quote, by its number: SHA-256 of UTF-8. Reports are numbered after citations.

    `text_hash` is that of the whole article, empty if an older version of Dateline made the answer.
    """

    number: int
    article_id: str
    quote_hash: str
    text_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class EvidencePack(Record):
    """An answer as it is filed; each quote must have its hash.

    `reports` are the quotes in the table of values that the answer does not cite. An older version
    of Dateline filed none.
    """

    answer: Answer
    quotes: tuple[PackedQuote, ...]
    reports: tuple[PackedQuote, ...] = ()
    kind: Literal["evidence pack"] = "evidence pack"

    def __post_init__(self) -> None:
        if (self.quotes, self.reports) != _hashes_of(self.answer):
            raise ValueError(
                "its quotes do not have the hashes that were filed with them, so that somebody has "
                "changed it; ask again, or take the file as it was exported"
            )

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """Return the pack of an answer."""
        quotes, reports = _hashes_of(answer)
        return cls(answer=answer, quotes=quotes, reports=reports)

    def hashes_of(self, citation: Citation) -> PackedQuote:
        """Return the hashes of a citation of the answer."""
        return next(quote for quote in self.quotes if quote.number == citation.number)


def read_saved_answer(text: str | bytes) -> Answer:
    """Return the answer that was saved as JSON, by itself or in an evidence pack.

    Raises:
        InputError: it is neither, the pack was changed, or a newer version of Dateline wrote it.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"this is not JSON ({error}); give an answer or an evidence pack that Dateline saved "
            "as JSON"
        ) from error
    if _is_other(found):
        raise InputError(
            "this is JSON, and no saved answer; give what 'dateline ask --json' printed, or an "
            "evidence pack (.json)"
        )
    is_pack = "kind" in found
    return EvidencePack.from_json(text).answer if is_pack else Answer.from_json(text)


def _is_other(found: object) -> bool:
    """Say whether JSON is something else than an answer or a pack, such as the hits of a search."""
    if not isinstance(found, dict):
        return True
    return "schema_version" in found and not found.keys() & {"kind", "question"}


def _hashes_of(answer: Answer) -> tuple[tuple[PackedQuote, ...], tuple[PackedQuote, ...]]:
    """Return the hashes of what an answer cites, and of the reports that it does not cite."""
    return _hashed(answer.sources), _hashed(answer.uncited)


def _hashed(citations: Iterable[Citation]) -> tuple[PackedQuote, ...]:
    return tuple(
        PackedQuote(
            number=citation.number,
            article_id=citation.article_id,
            quote_hash=hash_text(citation.quote),
            text_hash=citation.text_hash,
        )
        for citation in citations
    )

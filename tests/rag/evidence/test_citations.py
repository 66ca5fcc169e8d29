from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.archive import Archive
from rag.errors import QuoteError
from rag.evidence.citations import cite, highlight, require_quote
from rag.evidence.reader import Evidence
from rag.records import Article, Citation, Copy
from rag.store.interface import Store
from rag.text.sentences import Span
from tests.rag.stories import THURSDAY, evidence, found, story

TEXT = "The truce took effect at midnight. Both armies stayed put."
CITATION = Citation(
    number=1,
    article_id="truce",
    title="",
    source="",
    url="",
    published=None,
    quote=TEXT[:34],
    start=0,
    end=34,
)


def test_a_quote_at_its_offsets_is_let_through() -> None:
    require_quote(CITATION, TEXT)


@given(st.integers(0, 33), st.characters())
def test_any_altered_character_is_caught(place: int, character: str) -> None:
    altered = TEXT[:place] + character + TEXT[place + 1 :]
    if altered != TEXT:
        with pytest.raises(QuoteError, match="citation 1 quotes 'The truce"):
            require_quote(CITATION, altered)


@pytest.mark.parametrize(
    "change", [{"start": 1}, {"end": 33}, {"quote": ""}, {"start": 90, "end": 99}]
)
def test_wrong_offsets_and_empty_quotes_are_caught(change: dict[str, object]) -> None:
    with pytest.raises(QuoteError):
        require_quote(replace(CITATION, **change), TEXT)  # type: ignore[arg-type]


def test_an_article_that_is_gone_is_never_quoted() -> None:
    with pytest.raises(QuoteError, match="run 'dateline doctor'"):
        require_quote(CITATION, "")


def test_given_citations_number_on_from_the_answer_to_what_was_also_found(archive: Archive) -> None:
    answer = archive.ask("When did the truce take effect?")
    numbers = [c.number for c in [*answer.citations, *answer.also_found]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(f"[{number}]" in answer.text for number in numbers)


@pytest.mark.parametrize(
    ("text", "marked", "short"),
    [
        ("The truce took effect on 10 November 2020, it says.", "November", "10 November 2020"),
        ("The shop was fined £1,978.42 on Tuesday.", "£1", "£1,978.42"),
        ("The prize went to Captain Ines Falk.", "Falk", "Captain Ines Falk"),
        ("The blast hurt at least 12 people.", "12", "at least 12"),
        ("The blast hurt 12 or more people.", "12", "12 or more"),
        ("Orr got six weeks, suspended.", "six", "six weeks, suspended"),
        ("The row was over two mills in Holm.", "two mills", "two mills"),
    ],
)
def test_the_highlight_cuts_no_date_number_or_name(text: str, marked: str, short: str) -> None:
    passage = found(story(text, published=THURSDAY))
    start = text.index(marked)
    piece = Evidence(
        found=passage,
        span=passage.hit.sentences[0],
        vector=passage.vectors[0],
        score=1.0,
        confidence=1.0,
        signals={},
        answer=Span(start, start + len(marked)),
    )
    first, last = highlight(piece) or (0, 0)
    assert piece.text[first:last] == short


class Stored:
    """Has articles, and nothing else of a store."""

    def __init__(self, *articles: Article) -> None:
        self._articles = {article.id: article for article in articles}

    def articles(self, article_ids: Sequence[str]) -> dict[str, Article]:
        return {key: self._articles[key] for key in article_ids}


def test_a_citation_names_no_reprint_that_was_cut_before_its_quote() -> None:
    whole = found(story(TEXT, name="whole"))
    reprints = (story(TEXT, name="town"), story(TEXT[:34], name="cut"))
    copies = tuple(Copy(**found(reprint).hit.fields) for reprint in reprints)
    item = replace(whole, hit=replace(whole.hit, copies=copies), reprints=reprints)
    pieces = [replace(piece, found=item) for piece in evidence(whole.article)]
    store = cast(Store, Stored(whole.article))
    first, second = sorted(cite(pieces, store), key=lambda citation: citation.start)
    assert [copy.article_id for copy in first.copies] == ["town", "cut"]
    assert [copy.article_id for copy in second.copies] == ["town"]

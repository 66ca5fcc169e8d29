"""Turns evidence into citations and checks each quote byte for byte against the stored article."""

from rag.dates.event_times import times_within
from rag.errors import QuoteError
from rag.evidence.carriers import tells_some_of
from rag.evidence.headlines import Headline, below_headline
from rag.evidence.reader import Evidence
from rag.export.links import link_to_quote
from rag.records import Citation
from rag.store.interface import Store
from rag.text.enumerations import whole_enumeration
from rag.text.figures import with_hedges
from rag.text.sentences import Span
from rag.text.suspended import with_suspension
from rag.text.whole_spans import whole_span


def cite(evidence: list[Evidence], store: Store, *, first: int = 1) -> tuple[Citation, ...]:
    """Return one verified citation for each piece of evidence, numbered from `first`.

    The article is read from the store again. The retrieved text may have changed on its way here,
    and the stored text may be damaged. Neither may be shown as a quote.

    Raises:
        QuoteError: a quote is not at its offsets in the stored article, or its headline is another.
    """
    stored = store.articles(list(dict.fromkeys(e.found.article.id for e in evidence)))
    citations = tuple(_citation(first + i, piece) for i, piece in enumerate(evidence))
    for citation in citations:
        article = stored.get(citation.article_id)
        require_quote(citation, article.text if article else "")
        if citation.is_headline and article and article.title != citation.title:
            raise QuoteError(
                f"citation {citation.number} rests on the headline {citation.title[:60]!r}, but "
                f"article {citation.article_id} has {article.title[:60]!r}; run 'dateline doctor'"
            )
    return citations


def require_quote(citation: Citation, text: str) -> None:
    """Do nothing if the quote is at its offsets in `text`.

    Raises:
        QuoteError: the quote is not at its offsets.
    """
    found = text[citation.start : citation.end]
    if not citation.quote or found != citation.quote:
        raise QuoteError(
            f"citation {citation.number} quotes {citation.quote[:60]!r}, but article "
            f"{citation.article_id} has {found[:60]!r} at {citation.start}:{citation.end}; "
            "run 'dateline doctor'"
        )


def _citation(number: int, evidence: Evidence) -> Citation:
    is_headline = isinstance(evidence.found, Headline)
    evidence = below_headline(evidence)
    hit = evidence.found.hit
    span, article = evidence.span, evidence.found.article
    quote = hit.text[span.start - hit.start : span.end - hit.start]
    # A reprint may have the beginning of a passage, and not the sentence that is quoted.
    cut = {one.id for one in evidence.found.reprints if not tells_some_of(quote, one.text)}
    return Citation(
        number=number,
        **hit.fields,
        quote=quote,
        start=span.start,
        end=span.end,
        copies=tuple(copy for copy in hit.copies if copy.article_id not in cut),
        note=hit.note,
        times=times_within(hit.times, span.start, span.end),
        highlight=highlight(evidence),
        genre=hit.genre,
        link=link_to_quote(article.url, article.text, span, title=article.title),
        authors=article.authors,
        language=article.language,
        text_hash=article.text_hash,
        is_headline=is_headline,
    )


def highlight(evidence: Evidence) -> tuple[int, int] | None:
    """Return where the short answer is in the quote, widened until it cuts nothing and no list."""
    if evidence.answer is None:
        return None
    whole, quote = whole_answer(evidence, evidence.answer), evidence.span
    return whole.start - quote.start, whole.end - quote.start


def whole_answer(evidence: Evidence, answer: Span, *, is_amount: bool = False) -> Span:
    """Return words of a sentence, widened until they cut nothing, no list and no hedge.

    If what they answer `is_amount`, "over" before a number says how large it is, and not where
    something is.
    """
    start, end = answer
    for time in evidence.found.hit.times:
        # "10 November" of "10 November 2020" is a day of every year.
        if time.start < start < time.end or time.start < end < time.end:
            start, end = min(start, time.start), max(end, time.end)
    words, text = evidence.words, evidence.found.article.text
    inside = Span(max(start, words.start), min(end, words.end))
    whole = whole_enumeration(text, whole_span(text, inside, words), words)
    whole = with_suspension(text, whole, words)
    return with_hedges(text, whole, words, is_amount=is_amount)

"""Cut an article into passages: runs of whole sentences of nearly equal length, without overlap.

Each entry of a live blog is a passage of its own, or several if it is long.
"""

from collections.abc import Sequence

from rag.records import Article, Passage, word_count
from rag.text.live_entries import LiveEntry, find_live_entries
from rag.text.sentences import Span, split_sentences


def split_article(article: Article, *, words: int) -> list[Passage]:
    """Return the passages of an article, each about `words` words long, covering all of it."""
    return [
        Passage(
            article_id=article.id,
            start=spans[0].start,
            end=spans[-1].end,
            sentences=tuple(spans),
        )
        for run in _runs(article)
        for spans in _dealt(run, article.text, words=words)
    ]


def _dealt(sentences: Sequence[Span], text: str, *, words: int) -> list[list[Span]]:
    """Return sentences in runs of about so many words.

    The number of runs is the length of all over `words`, rounded; sentences are then dealt so that
    all are nearly equal: a last passage of one line would score by its shortness alone.
    """
    lengths = [word_count([text[s.start : s.end]]) for s in sentences]
    target = sum(lengths) / max(1, round(sum(lengths) / words))
    runs: list[list[Span]] = [[]]
    done = 0
    for sentence, length in zip(sentences, lengths, strict=True):
        # A sentence goes where its middle lies.
        if runs[-1] and done + length / 2 > target * len(runs):
            runs.append([])
        runs[-1].append(sentence)
        done += length
    return runs


def _runs(article: Article) -> list[list[Span]]:
    """Return the sentences of an article, those of each entry of a live blog by themselves."""
    text, sentences = article.text, split_sentences(article.text)
    entries = find_live_entries(text, article.title)
    if not entries:
        return [sentences]
    lead = [span for span in sentences if span.start < entries[0].start]
    runs = [_within(lead, 0, entries[0].start, text)] if lead else []
    return runs + [_sentences_of(entry, sentences, text) for entry in entries]


def _sentences_of(entry: LiveEntry, sentences: Sequence[Span], text: str) -> list[Span]:
    """Return the sentences of an entry; a line with its time alone belongs to its first sentence.

    A quote then shows the time, and no quote is a time alone.
    """
    spans = _within(sentences, entry.start, entry.end, text)
    above = sum(span.end <= entry.body for span in spans)
    if 0 < above < len(spans):
        return [Span(spans[0].start, spans[above].end), *spans[above + 1 :]]
    return spans


def _within(sentences: Sequence[Span], start: int, end: int, text: str) -> list[Span]:
    """Return the parts of sentences between two places, without white space at their ends."""
    spans = []
    for span in sentences:
        first, last = max(span.start, start), min(span.end, end)
        words = text[first:last]
        if words.strip():
            spans.append(
                Span(first + len(words) - len(words.lstrip()), first + len(words.rstrip()))
            )
    return spans

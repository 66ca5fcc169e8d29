"""Cut an article into passages: runs of whole sentences of nearly equal length, without overlap."""

from rag.records import Article, Passage, word_count
from rag.text.sentences import Span, split_sentences


def split_article(article: Article, *, words: int) -> list[Passage]:
    """Return the passages of an article, each about `words` words long, covering all of it.

    The number of passages is the article's length over `words`, rounded; sentences are then dealt
    so that all are nearly equal: a last passage of one line would score by its shortness alone.
    """
    sentences = split_sentences(article.text)
    lengths = [word_count([article.text[s.start : s.end]]) for s in sentences]
    target = sum(lengths) / max(1, round(sum(lengths) / words))
    passages: list[list[Span]] = [[]]
    done = 0
    for sentence, length in zip(sentences, lengths, strict=True):
        # A sentence goes where its middle lies.
        if passages[-1] and done + length / 2 > target * len(passages):
            passages.append([])
        passages[-1].append(sentence)
        done += length
    return [
        Passage(
            article_id=article.id,
            start=spans[0].start,
            end=spans[-1].end,
            sentences=tuple(spans),
        )
        for spans in passages
    ]

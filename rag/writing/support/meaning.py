"""Estimates how likely quotes support a sentence, by the words and the meaning that they share.

The estimate is a logistic model over a few cheap signals, which `bench/fit_support.py` fitted. It
uses no language model.
"""

import re
from collections import Counter
from collections.abc import Hashable, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from rag.models.embedding import Embedder
from rag.models.linear import logistic
from rag.records import Citation
from rag.text.figures import find_figures
from rag.text.names import find_names
from rag.text.sentences import split_sentences
from rag.text.words import Word, is_inside, stems_of, words_of
from rag.timex import TimeExpression
from rag.writing.support.problems import Problem

# How many sentences of a long quote are embedded: those that share the most words.
_EMBEDDED = 8
_MOST_PROBLEMS = 3
_MOST_UNHEARD = 6

SIGNALS = "coverage best_sentence pairs unheard similarity figures names denials".split()
_OF_FIGURES = ("number", "date")
_OF_NAMES = ("name", "outlet", "quote")


@dataclass(frozen=True, slots=True)
class Model:
    """One weight for each signal, in the order of SIGNALS, and the offset."""

    weights: tuple[float, ...]
    offset: float

    def probability(self, signals: Sequence[float]) -> float:
        """Return how likely the quotes support the sentence, 0 to 1."""
        total = sum(w * s for w, s in zip(self.weights, signals, strict=True)) + self.offset
        return logistic(total)


def longest_unheard(
    sentence: str,
    times: Sequence[TimeExpression],
    quotes: Sequence[Citation],
    question: str,
) -> list[Word]:
    """Return the longest run of words that are not in the quotes, titles and question."""
    checked = _checked(sentence, times)
    texts = [text for quote in quotes for text in (quote.quote, quote.title)]
    heard = set().union(*map(stems_of, [*texts, question]))
    longest: list[Word] = []
    run: list[Word] = []
    for word in words_of(sentence):
        if word.stem is not None and not is_inside(word.start, checked):
            run = [] if word.stem in heard else [*run, word]
            longest = max(longest, run, key=len)
    return longest


def weigh(
    sentence: str,
    times: Sequence[TimeExpression],
    quotes: Sequence[Citation],
    problems: Sequence[Problem],
    *,
    unheard: int,
    embedder: Embedder | None,
) -> list[float]:
    """Return the signals; without an embedder the similarity is 0.

    Dates, numbers and names have checks of their own. If these find no problem, the words count as
    said, however the quotes write them. `unheard` is the length of the longest run of words that
    the quotes, titles and question do not have.
    """
    checked = _checked(sentence, times)
    words = [word for word in words_of(sentence) if word.stem is not None]
    plain = [word.stem for word in words if not is_inside(word.start, checked)]
    said = len(words) - len(plain) - _spoiled(sentence, words, checked, problems)
    titles = {stem for quote in quotes for stem in stems_of(quote.title)}
    texts = [quote.quote for quote in quotes]
    every = [_stems(text) for text in texts]
    pieces = [piece for text in texts for piece in _pieces(text)]
    shares = [_share(plain, said, stems_of(piece) | titles, of=len(words)) for piece in pieces]
    nearest = sorted(range(len(pieces)), key=lambda i: -shares[i])[:_EMBEDDED]
    pairs = {pair for stems in every for pair in pairwise(stems)}
    counts: Counter[str] = Counter(problem.kind for problem in problems)
    return [
        _share(plain, said, titles.union(*every), of=len(words)),
        max(shares, default=0.0),
        _share(list(pairwise(_stems(sentence))), 0, pairs, of=max(0, len(words) - 1)),
        min(unheard, _MOST_UNHEARD) / _MOST_UNHEARD,
        _similarity(sentence, [pieces[i] for i in nearest], embedder),
        _counted(counts, _OF_FIGURES),
        _counted(counts, _OF_NAMES),
        _counted(counts, ("negation",)),
    ]


def _checked(sentence: str, times: Sequence[TimeExpression]) -> list[tuple[int, int]]:
    """Return where the dates, numbers and names are."""
    return [
        *((time.start, time.end) for time in times),
        *((figure.start, figure.end) for figure in find_figures(sentence)),
        *((name[0].start, name[-1].end) for name in find_names(sentence)),
    ]


def _spoiled(
    sentence: str,
    words: Sequence[Word],
    checked: Sequence[tuple[int, int]],
    problems: Sequence[Problem],
) -> int:
    """Return how many of the checked words have a problem."""
    wrong = [match.span() for p in problems for match in re.finditer(re.escape(p.value), sentence)]
    return sum(is_inside(w.start, checked) and is_inside(w.start, wrong) for w in words)


def _share(wanted: Sequence[Hashable], said: int, given: Set[Hashable], *, of: int) -> float:
    """Return the share of `of` words that is said or given; 1 if there are no words."""
    return (said + sum(item in given for item in wanted)) / of if of else 1.0


def _stems(text: str) -> list[int]:
    return [word.stem for word in words_of(text) if word.stem is not None]


def _pieces(text: str) -> list[str]:
    """Return the sentences of a quote, and each pair of sentences in a row."""
    spans = split_sentences(text)
    pairs = pairwise(spans)
    return [text[s.start : s.end] for s in spans] + [text[a.start : b.end] for a, b in pairs]


def _counted(counts: Counter[str], kinds: Sequence[str]) -> float:
    return float(min(_MOST_PROBLEMS, sum(counts[kind] for kind in kinds)))


def _similarity(sentence: str, pieces: Sequence[str], embedder: Embedder | None) -> float:
    if embedder is None or not pieces:
        return 0.0
    vectors = embedder.embed([sentence, *pieces])
    return float((vectors[1:] @ vectors[0]).max())

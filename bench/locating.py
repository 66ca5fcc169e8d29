"""Where a text comes from: excerpts of all of realtimeqa, as they are and altered, and absent ones.

An excerpt is one to three sentences. A third is of articles that have near-copies. Another third is
altered: in a number, in a word, by a cut, or by joining a sentence from elsewhere in the article or
from another one. An absent one is of an article that the archive does not have: of the same outlets
and weeks, or of CNN, years before (NewsQA). No article has twelve words in a row of it, as outlets
use their sentences again with small changes, and then it is right to find them.
"""

import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench import data
from bench.tables import Table
from bench.whole_realtimeqa import kept_out, whole_archive
from rag.locating import Located, locate
from rag.locating.aligning import words_of
from rag.records import Article, SearchFilter
from rag.text.sentences import split_sentences

_SEED = 5
_EACH, _ABSENT = 667, 250
_LEAST_WORDS = 6
_RUN = 12
_LONG = 800
_OTHER_WORDS = ("window", "Tuesday", "never", "purple", "Marchetti")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A text and the articles that it is from; none if it is in no article of the archive.

    `others` are those of a second part, if the text was joined of two.
    """

    kind: str
    text: str
    articles: tuple[Article, ...] = ()
    others: tuple[Article, ...] = ()

    @property
    def is_altered(self) -> bool:
        """Whether something was changed in it."""
        return self.kind in _CHANGES


def measure() -> list[Table]:
    """Return how many excerpts are found rightly, by what was done to them, and how fast."""
    store = whole_archive()
    ids = [head.id for head in store.heads()]
    articles = [a for a in store.articles(ids).values() if len(a.text) > _LONG]
    counts: Counter[tuple[str, str]] = Counter()
    seconds = []
    both = 0
    for excerpt in _excerpts(articles):
        started = time.perf_counter()
        found = locate(excerpt.text, store, where=SearchFilter())
        seconds.append(time.perf_counter() - started)
        rows = (excerpt.kind, *(["all altered"] if excerpt.is_altered else []))
        if excerpt.others:
            both += _has_both(found, excerpt)
        for row in (*rows, "all in the archive" if excerpt.articles else "all absent"):
            counts[row, "of"] += 1
            counts[row, "article"] += _is_found(found, excerpt)
            counts[row, "judged"] += _is_judged(found, excerpt)
    table = Table(
        title=f"Where a text comes from, realtimeqa: {len(ids):,} articles, words only",
        columns=["excerpt", "right article or its copy first", "verbatim or not told right", "of"],
    )
    for row in (*_KINDS, *_CHANGES, *_ALL):
        of = counts[row, "of"]
        shares = (counts[row, what] / of for what in ("article", "judged"))
        table.add(row, *(f"{share:.3f}" for share in shares), str(of))
    table.notes.append(
        "For an absent text, right is that it is in no article. A sentence that several articles "
        "have is right with any of them, and one that was joined of two articles with either; "
        f"{both} of {counts[_JOINED, 'of']} of these name both."
    )
    return [table, _speed_table(seconds)]


def _speed_table(seconds: Sequence[float]) -> Table:
    table = Table(title="Where a text comes from: time, one thread", columns=["what", "ms"])
    ordered = sorted(seconds)
    table.add("median", f"{1000 * statistics.median(ordered):.0f}")
    table.add("of 95 in 100, at most", f"{1000 * ordered[int(0.95 * len(ordered))]:.0f}")
    return table


# -- excerpts ---------------------------------------------------------------------------------


def _excerpts(articles: Sequence[Article]) -> Iterator[Excerpt]:
    rng = random.Random(_SEED)
    everywhere = _Everywhere(articles)
    copied = [article for article in articles if article.cluster]
    for kind, among in ((_AS_IT_IS, articles), (_COPIED, copied)):
        for _ in range(_EACH):
            text = _taken(among, rng)
            yield Excerpt(kind, text, everywhere.having(text))
    for number in range(_EACH):
        kind, change = list(_CHANGES.items())[number % len(_CHANGES)]
        yield _altered(kind, change, articles, everywhere, rng)
    for kind, foreign in ((_ABSENT_NEAR, kept_out()), (_ABSENT_FAR, _newsqa())):
        texts = [record["text"] for record in foreign if len(record["text"]) > _LONG]
        for text in _absent(texts, everywhere, rng):
            yield Excerpt(kind, text)


def _altered(
    kind: str,
    change: "_Change",
    articles: Sequence[Article],
    everywhere: "_Everywhere",
    rng: random.Random,
) -> Excerpt:
    """Return an excerpt with a change that makes it another text than any article has."""
    while True:
        text = _taken(articles, rng)
        having = everywhere.having(text)
        changed, added = change(text, having[0], articles, rng)
        if changed and not everywhere.having(changed):
            return Excerpt(kind, changed, having, everywhere.having(added) if added else ())


def _absent(texts: Sequence[str], everywhere: "_Everywhere", rng: random.Random) -> list[str]:
    """Return texts that are in no article, nor twelve words in a row of them."""
    taken = [_take(rng.choice(texts), rng) for _ in range(2 * _ABSENT)]
    long = [text for text in taken if len(words_of(text)) >= _LEAST_WORDS]
    absent = [text for text in everywhere.without_runs(long) if not everywhere.having(text)]
    assert len(absent) >= _ABSENT, "too few texts are absent"
    return absent[:_ABSENT]


def _taken(articles: Sequence[Article], rng: random.Random) -> str:
    """Return one to three sentences of an article, with enough words to tell where they are."""
    while True:
        text = _take(rng.choice(articles).text, rng)
        if len(words_of(text)) >= _LEAST_WORDS:
            return text


def _take(text: str, rng: random.Random) -> str:
    sentences = split_sentences(text)
    count = rng.choice((1, 1, 2, 3))
    first = rng.randrange(max(1, len(sentences) - count))
    return text[sentences[first].start : sentences[min(len(sentences), first + count) - 1].end]


class _Everywhere:
    """Knows which articles have a text, without looking at the order of words in an index."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._texts = [(_folded(article.text), article) for article in articles]

    def having(self, text: str) -> tuple[Article, ...]:
        """Return the articles that have a text word for word."""
        words = _folded(text)
        return tuple(article for known, article in self._texts if words in known)

    def without_runs(self, texts: Sequence[str]) -> list[str]:
        """Return those of some texts of which no article has so many words in a row."""
        runs = {text: set(_runs(text)) for text in texts}
        wanted = set().union(*runs.values())
        had = {run for _, article in self._texts for run in _runs(article.text) if run in wanted}
        return [text for text in texts if not runs[text] & had]


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield all runs of so many words of a text."""
    words = [word.same for word in words_of(text)]
    return zip(*(words[n:] for n in range(_RUN)), strict=False)


_EDGES = re.compile(r"^\W+|\W+$")
_UNSEEN = re.compile("[\u00ad\u200b\u200c\u200d\ufeff]")
_FORMS = str.maketrans("’‘“”–—−‑", "''\"\"----")


def _folded(text: str) -> str:
    """Return a text without what does not count: white space, forms of marks, marks around it."""
    return " ".join(_UNSEEN.sub("", _EDGES.sub("", text.translate(_FORMS))).split())


# -- changes ----------------------------------------------------------------------------------

# Takes an excerpt, its article and all articles; returns the changed text, empty if there is none,
# and what of it is from another article.
_Change = Callable[[str, Article, Sequence[Article], random.Random], tuple[str, str]]


def _other_number(
    text: str, _: Article, __: Sequence[Article], rng: random.Random
) -> tuple[str, str]:
    numbers = list(re.finditer(r"\d{1,9}", text))
    if not numbers:
        return "", ""
    number = rng.choice(numbers)
    other = str(int(number[0]) + rng.randrange(1, 9))
    return text[: number.start()] + other + text[number.end() :], ""


def _other_word(
    text: str, _: Article, __: Sequence[Article], rng: random.Random
) -> tuple[str, str]:
    words = text.split()
    words[rng.randrange(len(words))] = rng.choice(_OTHER_WORDS)
    return " ".join(words), ""


def _cut(text: str, _: Article, __: Sequence[Article], rng: random.Random) -> tuple[str, str]:
    words = text.split()
    if len(words) <= 2 * _LEAST_WORDS:
        return "", ""
    place = rng.randrange(2, len(words) - _LEAST_WORDS)
    return " ".join(words[:place] + words[place + rng.randrange(1, 5) :]), ""


def _joined(
    text: str, article: Article, _: Sequence[Article], rng: random.Random
) -> tuple[str, str]:
    return f"{text} {_take(article.text, rng)}", ""


def _joined_with_other(
    text: str, _: Article, articles: Sequence[Article], rng: random.Random
) -> tuple[str, str]:
    other = _taken(articles, rng)
    return f"{text} {other}", other


_AS_IT_IS, _COPIED = "as it is", "as it is, of near-copies"
_JOINED = "joined, of two"
_ABSENT_NEAR, _ABSENT_FAR = "absent, of the same outlets and weeks", "absent, of other years"
_CHANGES: dict[str, _Change] = {
    "another number": _other_number,
    "another word": _other_word,
    "cut": _cut,
    "joined, of one article": _joined,
    _JOINED: _joined_with_other,
}
_KINDS = (_AS_IT_IS, _COPIED, _ABSENT_NEAR, _ABSENT_FAR)
_ALL = ("all altered", "all in the archive", "all absent")


# -- right or wrong ---------------------------------------------------------------------------


def _is_found(found: Sequence[Located], excerpt: Excerpt) -> bool:
    if not excerpt.articles or not found:
        return not excerpt.articles and not found
    wanted = {article.id for article in (*excerpt.articles, *excerpt.others)}
    return not wanted.isdisjoint({found[0].article_id, *(c.article_id for c in found[0].copies)})


def _has_both(found: Sequence[Located], excerpt: Excerpt) -> bool:
    """Say whether the articles of both parts of a text are named."""
    named = {
        p for place in found for p in (place.article_id, *(c.article_id for c in place.copies))
    }
    return all(
        any(article.id in named for article in part) for part in (excerpt.articles, excerpt.others)
    )


def _is_judged(found: Sequence[Located], excerpt: Excerpt) -> bool:
    if not excerpt.articles or not found:
        return not excerpt.articles and not found
    return (found[0].verbatim and not found[0].stitched) != excerpt.is_altered


def _newsqa() -> list[data.Record]:
    """Return articles of CNN from years before those of the archive."""
    more = data.DATA / "newsqa-more" / "articles.jsonl.xz"
    return [*data.read_lines(data.newsqa_articles()), *data.read_lines(more)]

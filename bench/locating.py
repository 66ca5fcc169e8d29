"""Where a text comes from: excerpts of realtimeqa 2024, as they are and altered, and absent ones.

An excerpt is one to three sentences. It is altered in a number, a word, by a cut, or by joining a
sentence from elsewhere in the article. A third of the excerpts is of articles that have copies. An
absent one is of an article that the archive does not have.
"""

import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench import data
from bench.tables import Table
from rag.locating import Located, locate
from rag.locating.aligning import words_of
from rag.records import Article, SearchFilter
from rag.store.interface import Store
from rag.text.sentences import split_sentences

_SEED = 5
_EXCERPTS, _ABSENT = 1500, 500
_LEAST_WORDS = 6
_LONG = 800
_OTHER_WORDS = ("window", "Tuesday", "never", "purple", "Marchetti")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A text and the article that it is from; none if it is in no article of the archive."""

    kind: str
    text: str
    article: Article | None


def measure() -> list[Table]:
    """Return how many excerpts are found rightly, by what was done to them, and how fast."""
    rng = random.Random(_SEED)
    store = data.realtimeqa_archive("test")
    ids = [head.id for head in store.heads()]
    articles = [a for a in store.articles(ids).values() if len(a.text) > _LONG]
    foreign = _texts_from_elsewhere({article.text[:200] for article in articles})
    counts: Counter[tuple[str, str]] = Counter()
    seconds = []
    for excerpt in _excerpts(articles, foreign, rng):
        started = time.perf_counter()
        found = locate(excerpt.text, store, where=SearchFilter())
        seconds.append(time.perf_counter() - started)
        counts[excerpt.kind, "of"] += 1
        counts[excerpt.kind, "article"] += _is_found(found, excerpt)
        counts[excerpt.kind, "verbatim"] += _is_judged(found, excerpt)
    table = Table(
        title=f"Where a text comes from, realtimeqa 2024: {len(articles)} articles",
        columns=["excerpt", "right article or its copy first", "verbatim or not told right", "of"],
    )
    for kind in dict.fromkeys(kind for kind, _ in counts):
        of = counts[kind, "of"]
        shares = (counts[kind, what] / of for what in ("article", "verbatim"))
        table.add(kind, *(f"{share:.3f}" for share in shares), str(of))
    table.notes.append(
        f"Median {1000 * statistics.median(seconds):.0f} ms. For an absent text, right is that it "
        "is in no article. A sentence that many articles have, such as a request to subscribe, "
        "counts as wrong if another article comes first."
    )
    return [table]


def _excerpts(
    articles: Sequence[Article], foreign: Sequence[str], rng: random.Random
) -> Iterator[Excerpt]:
    copied = [article for article in articles if article.cluster] or articles
    for number in range(_EXCERPTS):
        article = rng.choice(copied if number % 3 == 0 else articles)
        text = _take(article.text, rng)
        if len(words_of(text)) < _LEAST_WORDS:
            continue
        excerpt = Excerpt("as it is", text, article)
        if number % 3 == 1:
            excerpt = _altered(excerpt, article, rng)
        yield excerpt
    for _ in range(_ABSENT):
        text = _take(rng.choice(foreign), rng)
        if len(words_of(text)) >= _LEAST_WORDS:
            yield Excerpt("absent", text, None)


def _take(text: str, rng: random.Random) -> str:
    sentences = split_sentences(text)
    count = rng.choice((1, 1, 2, 3))
    first = rng.randrange(max(1, len(sentences) - count))
    return text[sentences[first].start : sentences[min(len(sentences), first + count) - 1].end]


def _altered(excerpt: Excerpt, article: Article, rng: random.Random) -> Excerpt:
    """Return an excerpt with a change; the same one if the change gives what is there too."""
    words = excerpt.text.split()
    numbers = list(re.finditer(r"\d{1,9}", excerpt.text))
    kind = rng.choice(("number", "word", "cut", "joined"))
    text = excerpt.text
    if kind == "number" and numbers:
        number = rng.choice(numbers)
        other = str(int(number[0]) + rng.randrange(1, 9))
        text = text[: number.start()] + other + text[number.end() :]
    elif kind == "cut" and len(words) > 2 * _LEAST_WORDS:
        place = rng.randrange(2, len(words) - _LEAST_WORDS)
        text = " ".join(words[:place] + words[place + rng.randrange(1, 5) :])
    elif kind == "joined":
        text = f"{text} {_take(article.text, rng)}"
    else:
        kind = "word"
        words[rng.randrange(len(words))] = rng.choice(_OTHER_WORDS)
        text = " ".join(words)
    is_there = " ".join(text.split()) in " ".join(article.text.split())
    return excerpt if is_there else Excerpt(kind, text, article)


def _is_found(found: Sequence[Located], excerpt: Excerpt) -> bool:
    if excerpt.article is None or not found:
        return excerpt.article is None and not found
    first, wanted = found[0], excerpt.article
    is_copy = wanted.id in {copy.article_id for copy in first.copies}
    return first.article_id == wanted.id or is_copy


def _is_judged(found: Sequence[Located], excerpt: Excerpt) -> bool:
    if excerpt.article is None or not found:
        return excerpt.article is None and not found
    whole = found[0].verbatim and not found[0].stitched
    return whole == (excerpt.kind == "as it is")


def _texts_from_elsewhere(known: set[str]) -> list[str]:
    """Return texts of articles of another year, which are not in the archive."""
    store: Store = data.realtimeqa_archive("tune")
    ids = [head.id for head in store.heads()]
    texts = (article.text for article in store.articles(ids).values())
    return [text for text in texts if len(text) > _LONG and text[:200] not in known]

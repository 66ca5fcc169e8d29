"""News articles -> questions made of their own sentences, to pretrain on.

Two stories of one matter say the same thing in different words. A sentence of one, with a name, a
number or a phrase taken out, is the question; the passage of another story that BM25 finds for it
and that has those words among others of the sentence is the passage, the words its answer. After
Fabbri et al. 2020 (questions from retrieved sentences) and Ram et al. 2021 (recurring spans).
"""

import itertools
import math
import multiprocessing
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tqdm import tqdm

from bench.data import DATA, read_lines
from bench.splits import part_of, part_of_day
from ingest.passages import split_article
from rag.reading import Text
from rag.records import Article
from rag.sentences import split_sentences
from rag.settings import Settings
from rag.timex import find_times
from training.examples import Example, Span
from training.ranking import Ranking

FILES = (
    "newsqa/articles.jsonl",
    "realtimeqa/articles-2022.jsonl.xz",
    "realtimeqa/articles-2023.jsonl.xz",
)
_PASSAGE_WORDS = int(Settings.model_fields["passage_words"].default)
_SENTENCE_WORDS = range(8, 46)
_HITS = 12
# Longer common runs are quotations and copies: nothing to learn in finding them again.
_LONGEST_RUN = 8
# What other words of the sentence stand beside the answer, by how rare they are (the sum of their
# inverse document frequencies); with less it is there by chance.
_SUPPORT = 10.0
_WORDS_BESIDE = 2
_SHORTEST_QUESTION = 4  # words
_EACH_SIDE = (3, 9)  # words of the sentence kept on a side of the gap
_LOOKALIKES = 4
_AT_ONCE = 500

_clozes: "Clozes"

_WORD = re.compile(r"\w+(?:['’.,-]\w+)*")
_SMALL = frozenset(
    "a an the of in on at to for by with from and or but as that this these those it its he "
    "she his her they their them we our us you your i my me is are was were be been being has "
    "have had do does did will would could should can may might not no so than then there "
    "here which who whom whose what when where how if while also just into over about after "
    "before up out more said says say told one".split()
)
_TITLES = frozenset(
    "president mr mrs ms dr sen gov rep minister secretary judge chief sheriff justice actor "
    "spokesman spokeswoman king queen prince princess senator coach director".split()
)
_SAID = frozenset("said says told wrote added tweeted asked announced testified argued".split())
_PLACED = frozenset("in at near from to outside across".split())
_LINKS = _PLACED | {"on", "by", "of", "for", "with", "the", "a", "an", "during", "since"}


def make_clozes(tries: int, *, seed: int, processes: int) -> list[Example]:
    """Return what comes of so many sentences of the articles, the same for the same seed."""
    global _clozes  # noqa: PLW0603  # the forked processes share its memory
    _clozes = Clozes()
    rng = random.Random(seed)  # noqa: S311  # drawing sentences
    every = range(len(_clozes.passages))
    rounds = -(-tries // len(every))
    places = [place for _ in range(rounds) for place in rng.sample(every, len(every))]
    parts = [places[n : n + _AT_ONCE] for n in range(0, tries, _AT_ONCE)]
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        made = pool.imap(_of_part, [(seed + n, part) for n, part in enumerate(parts)])
        return [example for part in tqdm(made, total=len(parts), desc="clozes") for example in part]


def _of_part(task: tuple[int, list[int]]) -> list[Example]:
    seed, places = task
    return list(_clozes.make(places, random.Random(seed)))  # noqa: S311  # drawing words


class Word(NamedTuple):
    """A word of a text: as it is compared, and where it stands."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """Words that a sentence and a passage share: `[first, last)` in the sentence's words."""

    first: int
    last: int
    places: tuple[Span, ...]
    beside: frozenset[str]
    weight: float


class Clozes:
    """Questions made of the articles of the time for training."""

    def __init__(self) -> None:
        self.passages: list[Text] = []
        self._article_of: list[int] = []
        for number, article in enumerate(_articles()):
            for span in split_article(article, words=_PASSAGE_WORDS):
                self.passages.append(Text(article.title, article.text[span.start : span.end]))
                self._article_of.append(number)
        self._ranking = Ranking([passage.joined for passage in self.passages])
        held = Counter(key for p in self.passages for key in {w.key for w in _words(p.body)})
        self._rarity = {key: math.log(len(self.passages) / count) for key, count in held.items()}

    def make(self, places: Sequence[int], rng: random.Random) -> Iterator[Example]:
        """Yield at most one question of each of these passages."""
        for place in places:
            body = self.passages[place].body
            sentences = [
                span
                for span in split_sentences(body)
                if len(_words(body[span.start : span.end])) in _SENTENCE_WORDS
            ]
            if not sentences:
                continue
            chosen = rng.choice(sentences)
            example = self._of_sentence(place, body[chosen.start : chosen.end], rng)
            if example:
                yield example

    def _of_sentence(self, place: int, sentence: str, rng: random.Random) -> Example | None:
        words = _words(sentence)
        hits = [
            hit
            for hit in self._ranking.best(sentence, _HITS + 4)
            if self._article_of[hit] != self._article_of[place]
        ][:_HITS]
        for hit in hits:
            passage = self.passages[hit].body
            runs = [run for run in _runs(words, sentence, passage) if self._is_supported(run)]
            if not runs:
                continue
            run = rng.choices(runs, [run.weight for run in runs])[0]
            question = _question(words, sentence, run, rng)
            if len(question.split()) < _SHORTEST_QUESTION:
                continue
            said = " ".join(word.key for word in words[run.first : run.last])
            others = [
                self.passages[other]
                for other in hits
                if said not in " ".join(word.key for word in _words(self.passages[other].body))
            ]
            return Example(
                "clozes",
                question,
                self.passages[hit],
                run.places,
                tuple(others[:_LOOKALIKES]),
            )
        return None

    def _is_supported(self, run: Run) -> bool:
        support = sum(self._rarity.get(key, 0) for key in run.beside)
        return len(run.beside) >= _WORDS_BESIDE and support >= _SUPPORT


def _articles() -> Iterator[Article]:
    for name in FILES:
        for record in read_lines(DATA / name):
            published = record.get("published")
            part = part_of_day(published) if published else part_of(record["id"])
            if part == "train":
                title = record.get("title") or ""
                yield Article(id=record["id"], title=title, text=record["text"])


def _words(text: str) -> list[Word]:
    return [
        Word(found.group().lower().removesuffix("'s").removesuffix("’s"), *found.span())
        for found in _WORD.finditer(text)
    ]


def _runs(words: list[Word], sentence: str, passage: str) -> Iterator[Run]:
    """Yield the words that a sentence and a passage share and that could be an answer."""
    read = _Passage(passage)
    longest = [read.common(words, n) for n in range(len(words))]
    if max(longest) > _LONGEST_RUN:
        return
    first = 0
    while first < len(words):
        start, end = _trimmed(words, first, first + longest[first])
        first += max(1, longest[first])
        weight = _weight(words[start:end], sentence)
        rest = {w.key for n, w in enumerate(words) if not start <= n < end} - _SMALL
        if not weight or any(word.key in rest for word in words[start:end]):
            continue
        places, beside = read.places(words[start:end], rest)
        if places:
            yield Run(start, end, places, beside, weight)


def _trimmed(words: list[Word], start: int, end: int) -> Span:
    """Return a run without the small words at its ends."""
    while start < end and words[start].key in _SMALL:
        start += 1
    while end > start and words[end - 1].key in _SMALL:
        end -= 1
    return start, end


class _Passage:
    """A passage's words, where each stands, and its sentences."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words = _words(text)
        self._sentences = split_sentences(text)
        self._at: dict[str, list[int]] = {}
        for number, word in enumerate(self._words):
            self._at.setdefault(word.key, []).append(number)

    def common(self, words: list[Word], first: int) -> int:
        """Return how many words from the first on stand here in the same order."""
        best = 0
        for place in self._at.get(words[first].key, ()):
            both = zip(words[first:], self._words[place:], strict=False)
            same = itertools.takewhile(lambda pair: pair[0].key == pair[1].key, both)
            best = max(best, sum(1 for _ in same))
        return best

    def places(self, run: list[Word], rest: set[str]) -> tuple[tuple[Span, ...], frozenset[str]]:
        """Return where the run stands in sentences with words of the rest, and those words."""
        places: list[Span] = []
        beside: set[str] = set()
        for first in self._at[run[0].key]:
            last = first + len(run)
            if [w.key for w in self._words[first:last]] != [w.key for w in run]:
                continue
            start = self._words[first].start
            around = next(s for s in self._sentences if s.start <= start < s.end)
            shared = rest & {w.key for w in _words(self._text[around.start : around.end])}
            if shared:
                places.append(_widened(self._text, self._words, first, last))
                beside |= shared
        return tuple(dict.fromkeys(places)), frozenset(beside)


def _weight(run: list[Word], sentence: str) -> float:
    """Return how much like an answer the words are; 0 if they are none."""
    if not run:
        return 0
    is_name = all(sentence[w.start].isupper() for w in run if w.key not in _SMALL)
    if any(w.key[0].isdigit() for w in run) or (is_name and run[0].start > 0):
        return 3
    if is_name:
        return 1  # the first word of a sentence may be any
    return 1.5 if len(run) > 1 else 0


def _widened(passage: str, words: list[Word], first: int, last: int) -> Span:
    """Return where the words stand, with the rest of the name or the sum they are of."""
    start, end = words[first].start, words[last - 1].end
    if passage[start].isupper() and passage[words[last - 1].start].isupper():
        while (
            first
            and passage[words[first - 1].end : start] == " "
            and passage[words[first - 1].start].isupper()
            and words[first - 1].key not in _SMALL
        ):
            first -= 1
            start = words[first].start
        while (
            last < len(words)
            and passage[end : words[last].start] == " "
            and passage[words[last].start].isupper()
        ):
            end = words[last].end
            last += 1
    elif start and passage[start - 1] in "$£€":
        start -= 1
    if last < len(words) and words[last].key in {"million", "billion", "percent"}:
        end = words[last].end
    return start, end


def _question(words: list[Word], sentence: str, run: Run, rng: random.Random) -> str:
    """Return the sentence as a question for the words of the run."""
    before, after = words[: run.first], words[run.last :]
    asked = _asked(words, sentence, run, rng)
    if before and before[-1].key in _LINKS and rng.random() < 0.7:
        before = before[:-1]
    dropped = rng.choice((0.0, 0.2, 0.5, 0.8))
    reach = rng.randint(*_EACH_SIDE)

    def some(side: list[Word], near: list[Word]) -> list[str]:
        return [
            sentence[w.start : w.end]
            for w in side
            if w.key in run.beside or (w in near and rng.random() >= dropped)
        ]

    left = some(before, before[-reach:])
    right = some(after, after[:reach])
    form = rng.random()
    if form < 0.45:
        parts = [asked, *right, *left]
    elif form < 0.75:
        parts = [asked, *left, *right]
    else:
        parts = [*left, asked, *right]
    return " ".join(parts) + "?"


def _asked(words: list[Word], sentence: str, run: Run, rng: random.Random) -> str:
    """Return the question word for what was taken out."""
    first, last = words[run.first], words[run.last - 1]
    before = words[run.first - 1].key if run.first else ""
    after = words[run.last].key if run.last < len(words) else ""
    if any(t.start < last.end and first.start < t.end for t in find_times(sentence)):
        return "when"
    if first.key[0].isdigit():
        return "how much" if sentence[first.start - 1] in "$£€" else "how many"
    if not sentence[first.start].isupper():
        return rng.choice(("what", "what", "which", "how", "why"))
    if before in _TITLES or after in _SAID:
        return "who"
    if before in _PLACED:
        return rng.choice(("where", "where", "what", "which"))
    return rng.choice(("who", "who", "what", "which"))

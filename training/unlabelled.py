"""Read news questions without their text, for a teacher to say what news passages answer them.

Nobody said which passage answers such a question, or whether one does. What a teacher says of the
passages that look like it is all that the reader learns from them, its doubts too.
"""

import random
from collections.abc import Iterator, Sequence

from bench.data import DATA, Record, read_lines
from rag.models.reading import Text
from training.examples import Example
from training.news_questions import cut_article
from training.ranking import Ranking

UNLABELLED_FILES = (
    "qa-more/newsquizqa-nopassage.jsonl.xz",
    "realtimeqa/articles-2022.jsonl.xz",
    "realtimeqa/articles-2023.jsonl.xz",
)
# The days that the articles are from: before those of the questions for tuning.
_FIRST_DAY, _DAY_AFTER = "2014-01-01", "2023-11-01"
_OF_AN_ARTICLE = 4  # passages
_SHORTEST_ARTICLE, _SHORTEST_PASSAGE = 600, 350  # characters
_FEWEST_WORDS = 4
_PASSAGES = 4  # a question
_SEED = 14


def unlabelled(others: Sequence[str]) -> Iterator[Example]:
    """Yield the questions of news quizzes, and `others`, with the passages that look like them."""
    quizzes = read_lines(DATA / "qa-more" / "newsquizqa-nopassage.jsonl.xz")
    questions = dict.fromkeys([*(r["question"].strip() for r in quizzes), *others])
    passages = list(_passages())
    ranking = Ranking([passage.joined for passage in passages])
    for question in questions:
        best = ranking.best(question, _PASSAGES) if len(question.split()) >= _FEWEST_WORDS else []
        if len(best) == _PASSAGES:
            first, *beside = (passages[n] for n in best)
            yield Example("unlabelled", question, first, (), tuple(beside), labelled=False)


def _passages() -> Iterator[Text]:
    """Yield a few passages of each article, drawn anew the same in every run."""
    rng = random.Random(_SEED)  # noqa: S311  # drawing passages
    for year in ("2022", "2023"):
        for record in read_lines(DATA / "realtimeqa" / f"articles-{year}.jsonl.xz"):
            if _is_wanted(record):
                cut = [p for p in cut_article(record) if len(p.body) > _SHORTEST_PASSAGE]
                yield from rng.sample(cut, min(_OF_AN_ARTICLE, len(cut)))


def _is_wanted(record: Record) -> bool:
    day = record["published"] or ""
    return _FIRST_DAY <= day < _DAY_AFTER and len(record["text"]) > _SHORTEST_ARTICLE

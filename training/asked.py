"""Read the questions that were written for Dateline on news articles of realtimeqa.

They ask in other words than the article, and a third of them are near misses: the article seems to
answer, and does not. The file holds places in the articles' text, not the text itself.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from bench.data import DATA, Record, read_lines
from bench.splits import Part, part_of
from rag.models.reading import Text
from training.examples import AnswerSpan, Example, make_example
from training.news_questions import Cut, cut_with_places
from training.ranking import Ranking

ASKED = Path(__file__).parent / "asked.jsonl"
ASKED_FILES = ("realtimeqa/articles-2022.jsonl.xz", "realtimeqa/articles-2023.jsonl.xz")
# Passages of the article itself that are kept beside the one that is asked about.
_OF_ITS_OWN = 3


def asked(part: Part) -> Iterator[Example]:
    """Yield the questions on a part of the articles; those for measuring are trained on too.

    `bench.asked` measures on the articles for tuning.
    """
    records = [r for r in map(json.loads, ASKED.read_text().splitlines()) if _is_of(r, part)]
    wanted = {record["article"] for record in records}
    cut: list[Text] = []
    by_article: dict[str, list[tuple[int, Cut]]] = {}
    for name in ASKED_FILES:
        for article in read_lines(DATA / name):
            if article["id"] in wanted and article["id"] not in by_article:
                own = cut_with_places(article)
                by_article[article["id"]] = list(enumerate(own, start=len(cut)))
                cut += [passage for _, passage in own]
    ranking = Ranking([passage.joined for passage in cut])
    for record in records:
        own = by_article[record["article"]]
        example = _example(record, own, ranking, cut)
        if example is not None:
            yield example


def _is_of(record: Record, part: Part) -> bool:
    return (part_of(record["article"]) == "tune") == (part == "tune")


def _example(
    record: Record, own: list[tuple[int, Cut]], ranking: Ranking, cut: list[Text]
) -> Example | None:
    """Return a question with the passage that answers or, for a near miss, tempts; None if cut."""
    first, last = record["near"] if record["kind"] == "miss" else record["answers"][0]
    held = next((n for n, (at, text) in own if at <= first and last <= at + len(text.body)), None)
    if held is None:
        return None
    start = next(at for n, (at, _) in own if n == held)
    length = len(cut[held].body)
    answers: tuple[AnswerSpan, ...] = tuple(
        (a - start, b - start) for a, b in record["answers"] if start <= a and b <= start + length
    )
    ranked = [n for n in ranking.best(record["question"], 60) if n != held]
    places = {n for n, _ in own}
    near = [n for n in ranked if n in places][:_OF_ITS_OWN]
    far = [n for n in ranked if n not in places]
    negatives = [cut[n] for n in [*near, *far]]
    return make_example("asked", record["question"], cut[held], answers, negatives)

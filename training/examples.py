"""Read the data sets into groups of (question, passage) pairs, each with the place of its answer.

A group is one question with its passage and the passages that look like it but do not answer it,
found by the product's own BM25. Passages are cut as the product cuts them.
"""

import hashlib
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bench.data import DATA, Record, read_lines
from bench.splits import Part, part_of, part_of_day
from ingest.passages import split_article
from rag.models.reading import Text
from rag.records import Article
from rag.settings import Settings
from training.ranking import Ranking

# Which files are read, in the order of their names in the model card.
FILES = (
    "newsqa/articles.jsonl",
    "newsqa/questions.jsonl",
    "qa/squad2.jsonl.xz",
    "qa/squadshifts-new_wiki.jsonl.xz",
    "qa/squadshifts-reddit.jsonl.xz",
    "qa/squadshifts-amazon_reviews.jsonl.xz",
    "realtimeqa/questions.jsonl",
    "realtimeqa/articles-2022.jsonl.xz",
    "realtimeqa/articles-2023.jsonl.xz",
)
_SHIFTS = ("new_wiki", "reddit", "amazon_reviews")
_PASSAGE_WORDS = int(Settings.model_fields["passage_words"].default)
# So many look-alikes are kept of a question; each pass over the data draws from them.
_NEGATIVES_KEPT = 12
# A distant label is believed if its passage is among so many of the question's own articles.
_BELIEVED = 3

AnswerSpan = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Example:
    """A question, the passage put to it, where that answers it, and others that do not.

    `answers` are character offsets in `passage.body`; none if it is unanswerable.
    """

    set_name: str
    question: str
    passage: Text
    answers: tuple[AnswerSpan, ...]
    negatives: tuple[Text, ...]


def read_examples(part: Part) -> dict[str, list[Example]]:
    """Return the examples of a part of the data, by the name of their set."""
    sets = {"newsqa": list(_newsqa(part)), "squad2": list(_squad("squad2", part))}
    if part != "test":  # nothing is measured on the shifts; the articles of 2024 are for `bench/`
        sets |= {name: list(_squad(f"squadshifts-{name}", part)) for name in _SHIFTS}
        sets["realtimeqa"] = list(_realtimeqa(part))
    return sets


def file_hashes() -> dict[str, str]:
    """Return the SHA-256 of each file that is read."""
    return {name: hashlib.sha256((DATA / name).read_bytes()).hexdigest() for name in FILES}


def _newsqa(part: Part) -> Iterator[Example]:
    articles = [_article(record) for record in read_lines(DATA / "newsqa" / "articles.jsonl")]
    cut = [(article, passage) for article in articles for passage in _cut(article)]
    ranking = Ranking([f"{p.title}\n{p.body}" for _, (_, p) in cut])
    by_article: dict[str, list[int]] = {}
    for place, (article, _) in enumerate(cut):
        by_article.setdefault(article.id, []).append(place)
    for record in read_lines(DATA / "newsqa" / "questions.jsonl"):
        if part_of(record["article_id"]) != part:
            continue
        own = by_article[record["article_id"]]
        gold = next(
            (n for n in own if cut[n][1][0] <= record["start"] < _end(cut[n][1])),
            None,
        )
        if gold is None:
            continue
        start, passage = cut[gold][1]
        first = record["start"] - start
        span = _trimmed(passage.body, first, min(len(passage.body), first + len(record["answer"])))
        # Look-alikes of the article itself first, then of all that may be trained on.
        ranked = [n for n in ranking.best(record["question"], 60) if n != gold]
        near = [n for n in ranked if n in own][:3]
        far = [n for n in ranked if n not in own and part_of(cut[n][0].id) == part]
        negatives = [cut[n][1][1] for n in [*near, *far]]
        yield _example("newsqa", record["question"], passage, (span,), negatives)


def _squad(name: str, part: Part) -> Iterator[Example]:
    records = read_lines(DATA / "qa" / f"{name}.jsonl.xz")
    if name == "squad2":
        records = [record for record in records if part_of(record["group"]) == part]
    else:
        tuning = part == "tune"
        records = [r for r in records if (part_of(r["context"]) == "tune") == tuning]
    contexts = list(dict.fromkeys(record["context"] for record in records))
    if not contexts:
        return
    ranking = Ranking(contexts)
    for record in records:
        text = record["context"]
        spans = {_trimmed(text, a["start"], a["start"] + len(a["text"])) for a in record["answers"]}
        ranked = ranking.best(record["question"], _NEGATIVES_KEPT + 1)
        negatives = [Text("", contexts[n]) for n in ranked if contexts[n] != text]
        yield _example(
            name.removeprefix("squadshifts-"),
            record["question"],
            Text("", text),
            tuple(sorted(spans)),
            negatives,
        )


def _realtimeqa(part: Part) -> Iterator[Example]:
    """Yield questions with the passage, of their own articles, that holds the answer string."""
    questions = [
        record
        for record in read_lines(DATA / "realtimeqa" / "questions.jsonl")
        if part_of_day(record["date"]) == part
    ]
    wanted = {i for q in questions for i in (*q["retrieved_article_ids"], *q["gold_article_ids"])}
    passages: list[Text] = []
    by_article: dict[str, range] = {}
    for year in ("2022", "2023"):
        for record in read_lines(DATA / "realtimeqa" / f"articles-{year}.jsonl.xz"):
            if record["id"] in wanted and record["id"] not in by_article:
                cut = [passage for _, passage in _cut(_article(record))]
                by_article[record["id"]] = range(len(passages), len(passages) + len(cut))
                passages += cut
    ranking = Ranking([f"{p.title}\n{p.body}" for p in passages])
    for record in questions:
        labelled = {*record["answer_in_retrieved"], *record["answer_in_gold"]}
        own = {n for i in labelled for n in by_article.get(i, ())}
        ranked = ranking.best(record["question"], 400)
        near = [n for n in ranked if n in own][:_BELIEVED]
        spans = {n: tuple(_occurrences(passages[n].body, record["answers"])) for n in near}
        gold = next((n for n in near if spans[n]), None)
        if gold is None:
            continue
        negatives = [passages[n] for n in ranked if not _holds(passages[n], record)]
        yield _example("realtimeqa", record["question"], passages[gold], spans[gold], negatives)


def _example(
    name: str,
    question: str,
    passage: Text,
    answers: tuple[AnswerSpan, ...],
    negatives: Sequence[Text],
) -> Example:
    """Return an example; look-alikes that hold the answer's words are left out of it."""
    said = {passage.body[start:end].lower() for start, end in answers}
    kept = [p for p in negatives if not any(words in p.body.lower() for words in said)]
    return Example(name, question, passage, answers, tuple(kept[:_NEGATIVES_KEPT]))


def _article(record: Record) -> Article:
    return Article(id=record["id"], title=record.get("title") or "", text=record["text"])


def _cut(article: Article) -> list[tuple[int, Text]]:
    """Return the passages of an article, each with where it starts."""
    spans = split_article(article, words=_PASSAGE_WORDS)
    return [(s.start, Text(article.title, article.text[s.start : s.end])) for s in spans]


def _end(cut: tuple[int, Text]) -> int:
    return cut[0] + len(cut[1].body)


def _trimmed(text: str, start: int, end: int) -> AnswerSpan:
    """Return a span without the spaces and commas that crowd answers carry at their ends."""
    while end > start + 1 and text[end - 1] in " \n\t,;:":
        end -= 1
    while start < end - 1 and text[start] in " \n\t,;:":
        start += 1
    return start, end


def _occurrences(text: str, answers: Iterable[str]) -> Iterator[AnswerSpan]:
    for answer in filter(None, answers):
        for found in re.finditer(rf"(?<!\w){re.escape(answer)}(?!\w)", text, re.IGNORECASE):
            yield found.span()


def _holds(passage: Text, record: Record) -> bool:
    text = f"{passage.title}\n{passage.body}"
    return any(True for _ in _occurrences(text, record["answers"]))


def draw(
    examples: Sequence[Example], *, share: float, negatives: float, rng: random.Random
) -> list[tuple[Example, tuple[Text, ...]]]:
    """Return a share of the examples, each with `negatives` of its look-alikes on average."""
    drawn = []
    for example in rng.sample(list(examples), round(share * len(examples))):
        count = int(negatives) + (rng.random() < negatives % 1)
        chosen = rng.sample(example.negatives, min(count, len(example.negatives)))
        drawn.append((example, tuple(chosen)))
    return drawn

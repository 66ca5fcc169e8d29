"""Read the questions on news articles, whose passages are cut as the product cuts them.

The passages that look like the right one but do not answer are found by the product's own BM25.
"""

import re
from collections.abc import Iterable, Iterator

from bench.data import DATA, Record, read_lines
from bench.splits import Part, part_of, part_of_day
from ingest.passages import split_article
from rag.models.reading import Text
from rag.records import Article
from rag.settings import Settings
from training.examples import AnswerSpan, Example, make_example, trimmed
from training.ranking import Ranking

NEWS_FILES = (
    "newsqa/articles.jsonl",
    "newsqa/questions.jsonl",
    "newsqa-more/articles.jsonl.xz",
    "newsqa-more/questions.jsonl",
    "realtimeqa/questions.jsonl",
    "realtimeqa/articles-2022.jsonl.xz",
    "realtimeqa/articles-2023.jsonl.xz",
)
_PASSAGE_WORDS = int(Settings.model_fields["passage_words"].default)
# A passage, and where it starts in its article's text.
Cut = tuple[int, Text]

# A distant label is believed if its passage is among so many of the question's own articles.
_BELIEVED = 3


def newsqa(part: Part) -> Iterator[Example]:
    """Yield the NewsQA questions on a part of the articles; the further ones are for training."""
    articles = read_lines(DATA / "newsqa" / "articles.jsonl")
    questions = [
        record
        for record in read_lines(DATA / "newsqa" / "questions.jsonl")
        if part_of(record["article_id"]) == part
    ]
    asked = {record["article_id"] for record in questions}
    articles = [record for record in articles if record["id"] in asked]
    if part == "train":
        articles += read_lines(DATA / "newsqa-more" / "articles.jsonl.xz")
        questions += read_lines(DATA / "newsqa-more" / "questions.jsonl")
    cut = [(record["id"], passage) for record in articles for passage in cut_with_places(record)]
    ranking = Ranking([f"{p.title}\n{p.body}" for _, (_, p) in cut])
    by_article: dict[str, list[int]] = {}
    for place, (article, _) in enumerate(cut):
        by_article.setdefault(article, []).append(place)
    for record in questions:
        own = by_article[record["article_id"]]
        gold = next((n for n in own if cut[n][1][0] <= record["start"] < _end(cut[n][1])), None)
        if gold is None:
            continue
        start, passage = cut[gold][1]
        first = record["start"] - start
        span = trimmed(passage.body, first, min(len(passage.body), first + len(record["answer"])))
        # Look-alikes of the article itself first, then of all that may be trained on.
        ranked = [n for n in ranking.best(record["question"], 60) if n != gold]
        near = [n for n in ranked if n in own][:3]
        far = [n for n in ranked if n not in own]
        negatives = [cut[n][1][1] for n in [*near, *far]]
        yield make_example("newsqa", record["question"], passage, (span,), negatives)


def realtimeqa(part: Part) -> Iterator[Example]:
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
                cut = cut_article(record)
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
        yield make_example("realtimeqa", record["question"], passages[gold], spans[gold], negatives)


def cut_article(record: Record) -> list[Text]:
    """Return the passages of an article, as the product cuts them."""
    return [passage for _, passage in cut_with_places(record)]


def cut_with_places(record: Record) -> list[Cut]:
    """Return the passages of an article, each with where it starts in the text."""
    article = Article(id=record["id"], title=record.get("title") or "", text=record["text"])
    spans = split_article(article, words=_PASSAGE_WORDS)
    return [(s.start, Text(article.title, article.text[s.start : s.end])) for s in spans]


def spans_inside(cut: Cut, spans: Iterable[AnswerSpan]) -> tuple[AnswerSpan, ...]:
    """Return those spans of an article's text that are in a passage of it, by its own offsets."""
    at, end = cut[0], _end(cut)
    return tuple((first - at, last - at) for first, last in spans if at <= first and last <= end)


def _end(cut: Cut) -> int:
    return cut[0] + len(cut[1].body)


def _occurrences(text: str, answers: Iterable[str]) -> Iterator[AnswerSpan]:
    for answer in filter(None, answers):
        for found in re.finditer(rf"(?<!\w){re.escape(answer)}(?!\w)", text, re.IGNORECASE):
            yield found.span()


def _holds(passage: Text, record: Record) -> bool:
    text = f"{passage.title}\n{passage.body}"
    return any(True for _ in _occurrences(text, record["answers"]))

"""Questions with every sentence that was read for them: what the reader is fitted and measured on.

Each set is split as the reader's training data is (`bench/splits.py`); nothing of what is fitted
or measured on was trained on.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from bench import asked as written
from bench import data, drills
from bench.invented import BEATS
from bench.splits import Part, part_of
from ingest.passages import split_article
from rag.evidence.clarity import Marked
from rag.evidence.reader import Evidence, weigh_sentences
from rag.evidence.retrieval import retrieve
from rag.evidence.signals import READER_SIGNALS, WORD_SIGNALS
from rag.models.embedding import Embedder
from rag.models.reading import ReadingModel, load_reading_model
from rag.question.asked import read_part
from rag.records import Article, SearchFilter
from rag.settings import load_settings
from rag.store import open_store
from rag.store.interface import Store

PASSAGES = 10
# Every so many outside questions; 3,610 tell no more than these and take an hour.
_OUTSIDE_STEP = 12

Matrix = NDArray[np.float64]

# The columns of a case's signals; without a reader those of the words alone.
COLUMNS = (*WORD_SIGNALS, *READER_SIGNALS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question's `n` sentences: signals `(n, s)`, which are right `(n,)`, and their passages.

    `passage` `(n,)` is the rank of each sentence's passage in the retrieval; `gold_passage` `(n,)`
    says whether that holds the answer. `marked` are the sentences with the words that are marked in
    them. `group` is the archive of a set that has several.
    """

    set_name: str
    question: str
    signals: Matrix
    right: NDArray[np.bool_]
    passage: NDArray[np.int64]
    gold_passage: NDArray[np.bool_]
    marked: tuple[Marked, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What sentences are read with."""

    embedder: Embedder
    model: ReadingModel | None
    passages: int = PASSAGES

    @classmethod
    def default(cls) -> "Reading":
        """Return the default embedder and reader."""
        return cls(embedder=data.embedder(), model=load_reading_model(load_settings()))

    def sentences(
        self, question: str, store: Store, *, without: str | None = None
    ) -> list[Evidence]:
        """Return every sentence of the passages read, an article left out of them if named."""
        part = read_part(question, self.embedder)
        found = retrieve(
            part,
            store,
            self.embedder,
            where=SearchFilter(),
            limit=self.passages * (1 if without is None else 2),
        )
        found = [item for item in found if item.article.id != without][: self.passages]
        weights = store.term_weights(sorted(part.terms))
        passages = store.manifest.passages
        return weigh_sentences(part, found, weights, passages=passages, model=self.model)


Judge = Callable[[Evidence], bool]


def newsqa(reading: Reading, part: Part) -> Iterator[Case]:
    """Yield the questions of a part of the articles, each put to the archive of all."""
    store = data.newsqa_archive()
    for question in tqdm(newsqa_questions(part), desc=f"newsqa {part}"):
        gold, start = question["article_id"], question["start"]
        yield _case(
            "newsqa",
            question["question"],
            reading.sentences(question["question"], store),
            is_right=lambda e, gold=gold, start=start: (  # type: ignore[misc]
                e.found.article.id == gold and e.span.start <= start < e.span.end
            ),
            is_gold=lambda e, gold=gold, start=start: (  # type: ignore[misc]
                e.found.article.id == gold and e.found.hit.start <= start < e.found.hit.end
            ),
        )


def newsqa_questions(part: Part) -> list[data.Record]:
    """Return the questions on a part of the NewsQA articles."""
    return [q for q in data.newsqa_questions() if part_of(q["article_id"]) == part]


@dataclass(frozen=True, slots=True)
class Given:
    """A question with the passage that answers it, and the answer."""

    question: str
    text: str
    answer: str


def newsqa_given(part: Part) -> Iterator[Given]:
    """Yield a part's questions with the passages that hold their answers."""
    articles = {r["id"]: r["text"] for r in data.read_lines(data.newsqa_articles())}
    words = load_settings().passage_words
    for question in newsqa_questions(part):
        article = Article(
            id=question["article_id"], title="", text=articles[question["article_id"]]
        )
        start = question["start"]
        for passage in split_article(article, words=words):
            if passage.start <= start < passage.end:
                text = article.text[passage.start : passage.end]
                yield Given(question["question"], text, question["answer"])


def orphans(reading: Reading, part: Part) -> Iterator[Case]:
    """Yield every second question of a part with its article taken away: nothing answers it."""
    store = data.newsqa_archive()
    for question in tqdm(newsqa_questions(part)[::2], desc=f"newsqa without article, {part}"):
        evidence = reading.sentences(question["question"], store, without=question["article_id"])
        yield _case("newsqa without its article", question["question"], evidence)


def realtimeqa(reading: Reading, part: Part) -> Iterator[Case]:
    """Yield the quiz questions of a part of the time, each put to the archive of its time."""
    store = data.realtimeqa_archive(part)
    for question in tqdm(data.realtimeqa_questions(part), desc=f"realtimeqa {part}"):
        yield _case(
            "realtimeqa",
            question["question"],
            reading.sentences(question["question"], store),
            is_right=lambda e, q=question: data.holds_answer(e.text, q),  # type: ignore[misc]
            is_gold=lambda e, q=question: data.holds_answer(e.found.hit.text, q),  # type: ignore[misc]
        )


def outside(reading: Reading, part: Part) -> Iterator[Case]:
    """Yield general-knowledge questions put to the NewsQA archive, which answers next to none."""
    store = data.newsqa_archive()
    questions = data.outside_questions()[(0 if part == "tune" else 1) :: _OUTSIDE_STEP]
    for question in tqdm(questions, desc=f"outside {part}"):
        evidence = reading.sentences(question["question"], store)
        yield _case("outside", question["question"], evidence)


def sample(reading: Reading, part: Part) -> Iterator[Case]:
    """Yield the sample's questions that need no filter: odd ones to tune on, even ones to test."""
    store = open_store(load_settings(archive=data.sample_archive()))
    for question in data.sample_questions():
        is_odd = int(question["id"][1:]) % 2 == 1
        if question["filters"] or is_odd != (part == "tune"):
            continue
        yield _case(
            "sample, answerable" if question["answerable"] else "sample, unanswerable",
            question["question"],
            reading.sentences(question["question"], store),
            is_right=lambda e, q=question: data.is_evidence(e.found.article.id, e.text, q),  # type: ignore[misc]
        )


def beats(reading: Reading, part: Part) -> Iterator[Case]:
    """Yield the questions of the six invented archives; all of them are for tuning.

    They are few, so that what is fitted to them is judged by leaving one archive out at a time.
    """
    if part != "tune":
        return
    for name in BEATS.names:
        store = open_store(load_settings(archive=BEATS.location(name)))
        for _, question in tqdm(BEATS.records(name, "questions"), desc=f"beats {name}"):
            case = _case(
                "beats, answerable" if question["answerable"] else "beats, near miss",
                question["question"],
                reading.sentences(question["question"], store),
                is_right=lambda e, q=question: (  # type: ignore[misc]
                    e.found.article.id in q["expected_article_ids"]
                    and data.holds_any(e.text, q["expected_answer"])
                ),
            )
            yield replace(case, group=name)


def asked(reading: Reading, part: Part) -> Iterator[Case]:
    """Yield the questions on a part of the articles, each put to the archive of all of them."""
    store = open_store(load_settings(archive=written.archive()))
    for question in tqdm(written.questions(part), desc=f"asked {part}"):
        yield _case(
            "asked, near miss" if question["kind"] == written.MISS else "asked, answerable",
            question["question"],
            reading.sentences(question["question"], store),
            is_right=lambda e, q=question: _holds_any_span(  # type: ignore[misc]
                e, [(q["article"], *span) for span in q["answers"]]
            ),
        )


def practised(reading: Reading, part: Part) -> Iterator[Case]:
    """Yield the questions on a part of the archives for practice; none of them are for testing."""
    asked_of: dict[str, list[data.Record]] = {}
    for question in drills.questions(part):
        asked_of.setdefault(question["archive"], []).append(question)
    for name, questions in asked_of.items():
        store = open_store(load_settings(archive=drills.location(name)))
        for question in tqdm(questions, desc=f"drills {name}"):
            yield _case(
                "drills, answerable" if question["answers"] else "drills, near miss",
                question["question"],
                reading.sentences(question["question"], store),
                is_right=lambda e, q=question: _holds_any_span(e, q["answers"]),  # type: ignore[misc]
            )


def _holds_any_span(evidence: Evidence, places: Iterable[tuple[str, int, int]]) -> bool:
    """Say whether a sentence holds one of some spans, each given with its article."""
    span = evidence.span
    return any(
        evidence.found.article.id == article and span.start <= first and last <= span.end
        for article, first, last in places
    )


def _nothing(_: Evidence) -> bool:
    return False


def _case(
    name: str,
    question: str,
    evidence: list[Evidence],
    *,
    is_right: Judge = _nothing,
    is_gold: Judge | None = None,
) -> Case:
    names = [name for name in COLUMNS if not evidence or name in evidence[0].signals]
    signals = np.array([[piece.signals[name] for name in names] for piece in evidence])
    ranks: dict[int, int] = {}
    places = [ranks.setdefault(id(piece.found), len(ranks)) for piece in evidence]
    right = np.array([is_right(piece) for piece in evidence], dtype=bool)
    gold = np.array([(is_gold or is_right)(piece) for piece in evidence], dtype=bool)
    return Case(
        set_name=name,
        question=question,
        signals=signals.reshape(-1, len(names)),
        right=right,
        passage=np.array(places, dtype=np.int64),
        gold_passage=gold,
        marked=tuple(Marked(piece.text, piece.marked) for piece in evidence),
    )

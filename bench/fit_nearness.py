"""Fits what each part of nearness counts: `python -m bench.fit_nearness` prints it.

Softmax regression over the candidates of a search, on questions with a passage that answers among
them: those for training of NewsQA and of `bench/asked.jsonl`, and the quiz questions for tuning of
realtimeqa. Nothing is measured on them. Every set counts by the square root of its size. The
weights add up to 1 and are constants of `rag/evidence/nearness.py`; `python -m bench retrieval`
shows what they give.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp, softmax
from tqdm import tqdm

from bench import asked, data
from bench.cases import Matrix, newsqa_questions
from rag.evidence.nearness import PARTS, RANKED, parts_of, shares_in
from rag.question.asked import read_part
from rag.settings import load_settings
from rag.store import open_store
from rag.store.interface import Store
from rag.store.model import ScoredPassage, StoreQuery

_PENALTY = 1e-4

Judge = Callable[[ScoredPassage], bool]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The parts of a question's candidates `(n, 4)`, and which of these answer `(n,)`."""

    parts: Matrix
    right: NDArray[np.bool_]


def main() -> int:
    """Fit on all sets, and print the weights with the size of each set."""
    sets = {"newsqa": _newsqa(), "asked": _asked(), "realtimeqa": _realtimeqa()}
    questions = {name: [one for one in of if one.right.any()] for name, of in sets.items()}
    weights = fit(questions)
    scale = float(weights.sum())
    print({name: len(of) for name, of in questions.items()}, "questions")
    print({name: round(float(w) / scale, 3) for name, w in zip(PARTS, weights, strict=True)})
    print(f"sum of the weights before they were divided by it: {scale:.1f}")
    return 0


def fit(sets: dict[str, list[Ranked]]) -> Matrix:
    """Return the weights, all of them 0 or more, under which right passages are likeliest."""
    every = [(one, len(of) ** -0.5) for of in sets.values() for one in of]
    total = sum(counts for _, counts in every)

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        value, slope = 0.0, np.zeros_like(weights)
        for one, counts in every:
            scores = one.parts @ weights
            among, right = softmax(scores), softmax(scores[one.right])
            slope += counts * (among @ one.parts - right @ one.parts[one.right])
            value += counts * float(logsumexp(scores) - logsumexp(scores[one.right]))
        value = value / total + _PENALTY * float(weights @ weights)
        return value, slope / total + 2 * _PENALTY * weights

    bounds = [(0.0, None)] * len(PARTS)
    start = np.ones(len(PARTS))
    weights: Matrix = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return weights


def _newsqa() -> Iterator[Ranked]:
    store = data.newsqa_archive()
    for question in tqdm(newsqa_questions("train"), desc="newsqa"):
        gold, start = question["article_id"], question["start"]
        yield _ranked(store, question["question"], _holds(gold, [start]))


def _asked() -> Iterator[Ranked]:
    store = open_store(load_settings(archive=asked.archive()))
    for question in tqdm(asked.questions("train"), desc="asked"):
        starts = [start for start, _ in question["answers"]]
        if starts:
            yield _ranked(store, question["question"], _holds(question["article"], starts))


def _holds(article_id: str, starts: Sequence[int]) -> Judge:
    """Return whether a passage is of an article and has one of some places."""

    def judge(scored: ScoredPassage) -> bool:
        passage = scored.passage
        is_there = any(passage.start <= start < passage.end for start in starts)
        return passage.article_id == article_id and is_there

    return judge


def _realtimeqa() -> Iterator[Ranked]:
    store = data.realtimeqa_archive("tune")
    for question in tqdm(data.realtimeqa_questions("tune"), desc="realtimeqa"):

        def judge(scored: ScoredPassage, question: data.Record = question) -> bool:
            passage = scored.passage
            text = store.articles([passage.article_id])[passage.article_id].text
            return data.holds_answer(text[passage.start : passage.end], question)

        yield _ranked(store, question["question"], judge)


def _ranked(store: Store, question: str, judge: Judge) -> Ranked:
    part = read_part(question, data.embedder())
    scored = store.query(StoreQuery(terms=part.sought, vector=part.vector, limit=RANKED))
    shares = shares_in(store, part.sought)
    return Ranked(
        parts=np.array([parts_of(one, shares, part.vector) for one in scored]),
        right=np.array([judge(one) for one in scored]),
    )


if __name__ == "__main__":
    sys.exit(main())

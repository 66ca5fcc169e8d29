"""Fit the reader's two linear models: `python -m bench.fit_reader` prints the weights to paste.

Sentence weights: softmax regression over all sentences of the ten passages, on the questions of
NewsQA, realtimeqa 2022 and the sample that have a right sentence among them. Confidence weights:
logistic regression on the best sentence of each question, on the same sets, on NewsQA with each
question's own article taken out of its hits (then nothing answers it), and on questions from
outside the archives. A sample question counts tenfold, as its set is smaller. Every second article
(NewsQA), question date (realtimeqa), line (outside) and question (sample) is held out, and only
those are reported.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench import data
from rag.embedding import Embedder
from rag.reader import SIGNALS, Evidence, weigh_sentences
from rag.records import SearchFilter
from rag.retrieval import retrieve, understand
from rag.settings import load_settings
from rag.store import open_store
from rag.store.model import Store

_PASSAGES = 10
_SAMPLE_WEIGHT = 10.0

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A question's sentences: signals `(n, s)`, and which are right `(n,)`."""

    signals: Matrix
    right: NDArray[np.bool_]
    held_out: bool
    set_name: str


def main() -> int:
    """Fit and print both models and their scores on the held-out halves."""
    embedder, newsqa, realtimeqa = data.embedder(), data.newsqa_archive(), data.realtimeqa_archive()
    cases = [
        *_newsqa_cases(newsqa, embedder),
        *_realtimeqa_cases(realtimeqa, embedder),
        *_sample_cases(embedder),
    ]
    sentence_weights = _fit_sentences([c for c in cases if not c.held_out])
    print("sentence weights", _listed(sentence_weights))
    for name in ("newsqa", "realtimeqa", "sample, answerable"):
        held_out = [c for c in cases if c.held_out and c.set_name == name]
        print(
            f"{name}: right sentence first {_first_right(held_out, sentence_weights):.3f}, "
            f"by similarity alone {_first_right(held_out, np.eye(len(SIGNALS))[0]):.3f}"
        )
    cases += [
        *_orphan_cases(newsqa, embedder),
        *_outside_cases(newsqa, embedder, "newsqa"),
        *_outside_cases(realtimeqa, embedder, "realtimeqa"),
    ]
    tops = [_top(case, sentence_weights) for case in cases]
    confidence = _fit_confidence(tops)
    print("confidence weights", _listed(confidence[:-1]), "offset", round(float(confidence[-1]), 2))
    _print_confidence(tops, confidence)
    return 0


def _nothing(_: Evidence) -> bool:
    return False


def _weigh(
    question: str, store: Store, embedder: Embedder, *, without: str | None = None
) -> list[Evidence]:
    understood = understand(question, embedder)
    found = retrieve(understood, store, embedder, where=SearchFilter(), limit=2 * _PASSAGES)
    found = [item for item in found if item.article.id != without][:_PASSAGES]
    weights = store.term_weights(understood.terms.indices)
    return weigh_sentences(understood, found, weights, passages=store.manifest.passages)


def _case(
    evidence: list[Evidence], is_right: Callable[[Evidence], bool], held_out: bool, name: str
) -> Case:
    signals = np.array([piece.signals for piece in evidence], dtype=np.float64)
    right = np.array([is_right(piece) for piece in evidence], dtype=bool)
    return Case(signals.reshape(-1, len(SIGNALS)), right, held_out, name)


def _newsqa_cases(store: Store, embedder: Embedder) -> Iterator[Case]:
    for question in data.newsqa_questions():
        gold, start = question["article_id"], question["start"]
        evidence = _weigh(question["question"], store, embedder)
        yield _case(
            evidence,
            lambda e, gold=gold, start=start: (  # type: ignore[misc]
                e.found.article.id == gold and e.span.start <= start < e.span.end
            ),
            int(gold[-4:]) % 2 == 1,
            "newsqa",
        )


def _orphan_cases(store: Store, embedder: Embedder) -> Iterator[Case]:
    for question in data.newsqa_questions()[::3]:
        gold = question["article_id"]
        evidence = _weigh(question["question"], store, embedder, without=gold)
        yield _case(evidence, _nothing, int(gold[-4:]) % 2 == 1, "newsqa without its article")


def _realtimeqa_cases(store: Store, embedder: Embedder) -> Iterator[Case]:
    for question in data.realtimeqa_questions("2022"):
        evidence = _weigh(question["question"], store, embedder)
        yield _case(
            evidence,
            lambda e, q=question: data.holds_answer(e.text, q),  # type: ignore[misc]
            int(question["date"].replace("-", "")) % 2 == 1,
            "realtimeqa",
        )


def _outside_cases(store: Store, embedder: Embedder, name: str) -> Iterator[Case]:
    for line, question in enumerate(data.outside_questions()[:1000]):
        evidence = _weigh(question["question"], store, embedder)
        yield _case(evidence, _nothing, line % 2 == 1, f"outside {name}")


def _sample_cases(embedder: Embedder) -> Iterator[Case]:
    store = open_store(load_settings(archive=data.sample_archive()))
    for question in data.sample_questions():
        if question["filters"]:
            continue
        evidence = _weigh(question["question"], store, embedder)
        yield _case(
            evidence,
            lambda e, q=question: data.is_evidence(e.found.article.id, e.text, q),  # type: ignore[misc]
            int(question["id"][1:]) % 2 == 1,
            "sample, answerable" if question["answerable"] else "sample, unanswerable",
        )


def _fit_sentences(cases: list[Case]) -> Matrix:
    answered = [case for case in cases if case.right.any()]
    counts = [_SAMPLE_WEIGHT if "sample" in case.set_name else 1.0 for case in answered]

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        total, gradient = 0.0, np.zeros_like(weights)
        for case, count in zip(answered, counts, strict=True):
            scores = case.signals @ weights
            share = np.exp(scores - scores.max())
            share /= share.sum()
            of_right = np.where(case.right, share, 0)
            total -= count * np.log(of_right.sum())
            gradient += count * case.signals.T @ (share - of_right / of_right.sum())
        every = sum(counts)
        return float(total / every + 1e-3 * weights @ weights), gradient / every + 2e-3 * weights

    weights: Matrix = minimize(loss, np.zeros(len(SIGNALS)), jac=True, method="L-BFGS-B").x
    return weights


@dataclass(frozen=True, slots=True)
class Top:
    """The best sentence of a question: its signals, whether it is right, where it belongs."""

    signals: Matrix
    right: bool
    held_out: bool
    set_name: str


def _top(case: Case, sentence_weights: Matrix) -> Top:
    if not len(case.signals):
        return Top(np.zeros(len(SIGNALS)), False, case.held_out, case.set_name)
    best = int(np.argmax(case.signals @ sentence_weights))
    return Top(case.signals[best], bool(case.right[best]), case.held_out, case.set_name)


def _fit_confidence(tops: list[Top]) -> Matrix:
    train = [top for top in tops if not top.held_out]
    signals = np.array([[*top.signals, 1.0] for top in train])
    right = np.array([1.0 if top.right else 0.0 for top in train])

    counts = np.array([_SAMPLE_WEIGHT if "sample" in top.set_name else 1.0 for top in train])
    counts /= counts.sum()

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        chance = 1 / (1 + np.exp(-(signals @ weights)))
        entropy = right * np.log(chance + 1e-9) + (1 - right) * np.log(1 - chance + 1e-9)
        penalty = 1e-4 * float(weights[:-1] @ weights[:-1])
        gradient = signals.T @ ((chance - right) * counts)
        return float(-entropy @ counts) + penalty, gradient + 2e-4 * np.array([*weights[:-1], 0.0])

    weights: Matrix = minimize(loss, np.zeros(signals.shape[1]), jac=True, method="L-BFGS-B").x
    return weights


def _first_right(cases: list[Case], weights: Matrix) -> float:
    hits = [bool(c.right[int(np.argmax(c.signals @ weights))]) for c in cases if len(c.signals)]
    return float(np.mean(hits))


def _print_confidence(tops: list[Top], weights: Matrix) -> None:
    """Print what each threshold gives and refuses, on the held-out halves."""
    held_out = [top for top in tops if top.held_out]
    chance = np.array(
        [1 / (1 + np.exp(-(np.array([*t.signals, 1.0]) @ weights))) for t in held_out]
    )
    names = sorted({top.set_name for top in held_out})
    for threshold in np.arange(0.1, 0.75, 0.05):
        given = chance >= threshold
        right = np.array([top.right for top in held_out])
        print(f"threshold {threshold:.2f}: given answers right {right[given].mean():.3f};", end="")
        for name in names:
            of_set = np.array([top.set_name == name for top in held_out])
            print(f" {name} answered {given[of_set].mean():.3f}", end="")
            if right[of_set].any():
                print(f" (of right ones {given[of_set & right].mean():.3f})", end="")
        print()


def _listed(weights: Matrix) -> str:
    pairs = zip(SIGNALS, weights, strict=True)
    return ", ".join(f"{name} {weight:.2f}" for name, weight in pairs)


if __name__ == "__main__":
    sys.exit(main())

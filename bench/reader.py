"""The trained reader on data it was not trained on: sentences, spans, refusals, and what each adds.

The mixtures of the ablation are fitted on the parts for tuning, as the shipped one was.
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from tqdm import tqdm

from bench import cases, data
from bench.cases import COLUMNS, Case, Matrix
from bench.fit_reader import (
    Fitted,
    fit_sentences,
    judge_best,
    kept_cases,
    risk_by_coverage,
    risks_at,
)
from bench.scores import auc
from bench.spans import exact_match, token_f1
from bench.splits import part_of
from bench.tables import Table
from rag.evidence.reader import load_mixture
from rag.evidence.signals import READER_SIGNALS, WORD_SIGNALS
from rag.models.reading import ReadingModel, Text, load_reading_model
from rag.settings import load_settings

_SIMILARITY = COLUMNS.index("similarity")
_COVERAGES = (0.25, 0.5, 0.75, 1.0)

Score = Callable[[Case], Matrix]


def measure() -> list[Table]:
    """Return the ablation, the passages read, the spans, the choices and the refusals."""
    tune, test = kept_cases("tune"), kept_cases("test")
    scores = _rankings(tune)
    newsqa = [case for case in test if case.set_name == "newsqa"]
    realtimeqa = [case for case in test if case.set_name == "realtimeqa"]
    model = load_reading_model(load_settings())
    assert model is not None, "DATELINE_READER is none; there is no reader to measure"
    return [
        _ablation("Reader, NewsQA articles not trained on, put to all 319", newsqa, scores),
        _ablation("Reader, realtimeqa January to April 2024 (answer string)", realtimeqa, scores),
        _choices(),
        _depth(newsqa),
        _spans(model),
        _risk(test),
        _refusals(test),
    ]


def _rankings(tune: Sequence[Case]) -> dict[str, Score]:
    """Return what scores the sentences of a case, by name; before and after."""

    def fitted(names: Iterable[str]) -> Score:
        weights = fit_sentences(tune, names)
        return lambda case: case.signals @ weights

    return {
        "retrieval, best similarity": lambda case: (
            -1e3 * case.passage + case.signals[:, _SIMILARITY]
        ),
        "best similarity of all": lambda case: case.signals[:, _SIMILARITY],
        "words (no reader)": _mixtures()["words (no reader)"].scores,
        "reader alone": fitted(READER_SIGNALS),
        "words + relevance": fitted([*WORD_SIGNALS, "relevance", "answerable"]),
        "all signals": fitted(COLUMNS),
        "words + relevance + span, as shipped": _mixtures()["with the reader"].scores,
    }


def _ablation(title: str, some: Sequence[Case], scores: dict[str, Score]) -> Table:
    table = Table(
        title=f"{title}: {len(some)} questions, {cases.PASSAGES} passages read",
        columns=["ranked by", "passage @1", "passage @5", "sentence @1", "sentence @5"],
    )
    for name, score in scores.items():
        shares = [_found(case, score(case)) for case in some]
        table.add(name, *(f"{share:.3f}" for share in np.mean(shares, axis=0)))
    return table


def _found(case: Case, scores: Matrix) -> list[bool]:
    """Return whether the passage, and the sentence, is among the first 1 and 5 of a case."""
    if not len(scores):
        return [False] * 4
    order = np.argsort(-scores, kind="stable")
    passages = list(dict.fromkeys(int(case.passage[n]) for n in order))
    gold = {int(case.passage[n]) for n in np.flatnonzero(case.gold_passage)}
    return [
        *(bool(gold & set(passages[:first])) for first in (1, 5)),
        *(bool(case.right[order[:first]].any()) for first in (1, 5)),
    ]


def _choices() -> Table:
    """Return how often the best-supported of a quiz question's choices is right."""
    reading = cases.Reading.default()
    store = data.realtimeqa_archive("test")
    questions = data.realtimeqa_questions("test")
    table = Table(
        title=f"Reader, realtimeqa 2024, best-supported choice: {len(questions)} questions",
        columns=["mixture", "right", "no choice in what was read"],
    )
    outcomes: dict[str, list[bool | None]] = {name: [] for name in _mixtures()}
    for question in tqdm(questions, desc="choices"):
        evidence = reading.sentences(question["question"], store)
        for name, fitted in _mixtures().items():
            mixture = fitted.as_mixture()
            best: dict[str, float] = {}
            for piece in evidence:
                score = mixture.score_of(piece.signals)
                for choice in question["choices"]:
                    if data.holds_answer(piece.text, {"answers": [choice]}):
                        best[choice] = max(score, best.get(choice, score))
            chosen = max(best, key=lambda choice: best[choice]) if best else None
            outcomes[name].append(chosen in question["answers"] if chosen else None)
    for name, of_mixture in outcomes.items():
        right = sum(outcome is True for outcome in of_mixture)
        none = sum(outcome is None for outcome in of_mixture)
        table.add(name, f"{right / len(questions):.3f}", f"{none / len(questions):.3f}")
    table.notes.append("A choice is supported by the best sentence that holds it, word for word.")
    return table


def _depth(some: Sequence[Case]) -> Table:
    table = Table(
        title=f"Reader, number of passages read, NewsQA: {len(some)} questions",
        columns=["passages", "passage @1", "passage @5", "sentence @1", "sentence @5"],
    )
    shipped = _mixtures()["with the reader"]
    for depth in (1, 2, 3, 5, 7, 10):
        shares = []
        for case in some:
            scores = np.where(case.passage < depth, shipped.scores(case), -np.inf)
            shares.append(_found(case, scores))
        table.add(str(depth), *(f"{share:.3f}" for share in np.mean(shares, axis=0)))
    return table


def _spans(model: ReadingModel) -> Table:
    """Return how the marked words do inside the right passage."""
    table = Table(
        title="Reader, spans inside the given passage",
        columns=["set", "questions", "exact match", "F1", "AUC answerable"],
    )
    newsqa = [(e.question, Text("", e.text), [e.answer]) for e in cases.newsqa_given("test")]
    squad = [
        (q["question"], Text("", q["context"]), [a["text"] for a in q["answers"]])
        for q in data.read_lines(data.DATA / "qa" / "squad2.jsonl.xz")
        if part_of(q["group"]) == "test"
    ]
    for name, questions in (("NewsQA", newsqa), ("SQuAD 2", squad)):
        exact, overlap, margins, answerable = [], [], [], []
        for question, text, answers in questions:
            (reading,) = model.read(question, [text])
            best = reading.best_span()
            if best is None:
                continue
            margins.append(best.score - reading.silence + reading.answerable)
            answerable.append(bool(answers))
            if answers:
                given = text.body[best.span.start : best.span.end]
                exact.append(max(exact_match(given, wanted) for wanted in answers))
                overlap.append(max(token_f1(given, wanted) for wanted in answers))
        table.add(
            name,
            str(len(questions)),
            f"{np.mean(exact):.3f}",
            f"{np.mean(overlap):.3f}",
            f"{_told_apart(margins, answerable):.3f}" if not all(answerable) else "",
        )
    table.notes.append("Span scores are over the answerable questions.")
    return table


def _told_apart(margins: Sequence[float], answerable: Sequence[bool]) -> float:
    """Return how well the margins tell the answerable questions: the area under the curve."""
    pairs = list(zip(margins, answerable, strict=True))
    return auc([m for m, yes in pairs if yes], [m for m, yes in pairs if not yes])


def _risk(test: Sequence[Case]) -> Table:
    """Return how often the answers given are wrong as more of the questions are answered."""
    some = [case for case in test if not case.set_name.startswith("sample") and len(case.signals)]
    table = Table(
        title=f"Reader, risk at coverage: {len(some)} questions of which "
        f"{sum(not case.right.any() for case in some)} have no right sentence among those read",
        columns=["mixture", *(f"risk at {c:.2f}" for c in _COVERAGES), "area under the curve"],
    )
    for name, mixture in _mixtures().items():
        chance, right = judge_best(some, mixture)
        risks = risk_by_coverage(chance, right)
        table.add(name, *risks_at(risks, _COVERAGES), f"{risks.mean():.3f}")
    table.notes.append("Risk is the share of given answers whose first sentence is wrong.")
    return table


def _mixtures() -> dict[str, Fitted]:
    return {
        "words (no reader)": Fitted.of(load_mixture(is_read=False)),
        "with the reader": Fitted.of(load_mixture(is_read=True)),
    }


def _refusals(test: Sequence[Case]) -> Table:
    threshold = load_settings().answer_threshold
    table = Table(
        title=f"Reader, what is answered at the threshold {threshold}",
        columns=["set", "questions", "answered, no reader", "answered", "right, of those answered"],
    )
    mixtures = _mixtures()
    for name in dict.fromkeys(case.set_name for case in test):
        some = [case for case in test if case.set_name == name and len(case.signals)]
        before, _ = judge_best(some, mixtures["words (no reader)"])
        chance, right = judge_best(some, mixtures["with the reader"])
        given = chance >= threshold
        of_given = f"{right[given].mean():.3f}" if given.any() else ""
        table.add(
            name,
            str(len(some)),
            f"{(before >= threshold).mean():.3f}",
            f"{given.mean():.3f}",
            of_given if right.any() else "",
        )
    return table

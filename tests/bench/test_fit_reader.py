"""Tests the fit of the mixture, and that nothing judges what it was fitted on."""

from dataclasses import replace

import numpy as np

from bench.cases import COLUMNS, Case
from bench.fit_reader import Fitted, first_right, fit, judge_best
from bench.folds import FOLDS, folds
from bench.signal_choice import sentence_worth
from rag.evidence.clarity import Marked

TELLING, NOISE = COLUMNS.index("similarity"), COLUMNS.index("length")


def cases(count: int, *, source: str = "newsqa", seed: int = 1) -> list[Case]:
    """Return questions of which one signal tells the right sentence; every third has none."""
    rng = np.random.default_rng(seed)
    made = []
    for n in range(count):
        signals = np.zeros((5, len(COLUMNS)))
        signals[:, NOISE] = rng.normal(size=5)
        right = np.zeros(5, dtype=bool)
        if n % 3:
            right[rng.integers(5)] = True
            signals[right, TELLING] = 1.0
        made.append(
            Case(
                set_name=source,
                question=f"{source} {n}?",
                signals=signals,
                right=right,
                passage=np.zeros(5, dtype=np.int64),
                gold_passage=right,
                marked=tuple(Marked(letter, letter) for letter in "abcde"),
                group=f"archive {n % FOLDS}" if source.startswith("beats") else "",
            )
        )
    return made


def test_the_telling_signal_is_found_and_makes_sure() -> None:
    some = cases(60)
    fitted = fit(some, sentence=["similarity", "length"], confidence=["similarity"])
    answerable = [case for case in some if case.right.any()]
    assert first_right(answerable, fitted) == 1.0
    chance, right = judge_best(some, fitted)
    assert chance[right].min() > 0.8
    assert chance[~right].max() < 0.2


def test_a_signal_does_not_count_against_what_it_speaks_for() -> None:
    some = cases(60)
    for case in some:
        case.signals[:, TELLING] *= -1
    fitted = fit(some, sentence=["similarity"], confidence=["similarity"])
    assert fitted.sentence[TELLING] == fitted.confidence[TELLING] == 0


def test_an_answer_that_is_not_clearly_the_best_is_less_sure() -> None:
    some = cases(60)
    fitted = fit(some, sentence=["similarity"], confidence=["similarity"])
    assert fitted.clarity > 0
    alike = [replace(case, marked=(Marked("a", "a"),) * 5) for case in some]
    apart, _ = judge_best(some, fitted)
    together, _ = judge_best(alike, fitted)
    assert (together > apart).all()


def test_signals_that_are_not_named_have_no_weight() -> None:
    fitted = fit(cases(30), sentence=["length"], confidence=["length"])
    assert np.flatnonzero(fitted.sentence).tolist() == [NOISE]
    mixture = fitted.as_mixture()
    assert mixture.sentence.keys() == {"length"}
    again = Fitted.of(mixture)
    assert np.array_equal(again.sentence, fitted.sentence)
    assert again.offset == fitted.offset


def test_every_question_is_judged_once_and_an_archive_by_the_others() -> None:
    every = [*cases(60), *cases(36, source="beats, answerable")]
    seen = []
    for others, own in folds(every):
        assert not {case.question for case in others} & {case.question for case in own}
        assert not ({case.group for case in others} & {case.group for case in own}) - {""}
        seen += [case.question for case in own]
    assert sorted(seen) == sorted(case.question for case in every)


def test_a_telling_signal_is_worth_more_than_noise() -> None:
    every = cases(90)
    told = sentence_worth(every, ("similarity",))["newsqa"]
    guessed = sentence_worth(every, ("length",))["newsqa"]
    assert guessed < told < 0

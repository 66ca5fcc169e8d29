"""Tests how far a sentence stands out among those that were read."""

import math

import numpy as np
import pytest

from rag.evidence.shares import log_shares

NONE: frozenset[str] = frozenset()


def test_one_that_is_much_better_has_nearly_all() -> None:
    shares = log_shares([9.0, 0.0, 0.0], [NONE, NONE, NONE])
    assert shares[0] == pytest.approx(0.0, abs=0.001)
    assert shares[1] == pytest.approx(-4.0)


def test_equals_share_alike() -> None:
    assert log_shares([2.0, 2.0], [NONE, NONE]) == pytest.approx([math.log(0.5)] * 2)


def test_the_same_answer_counts_for_both_and_another_against() -> None:
    monday, also, friday = {"on", "monday"}, {"monday"}, {"friday"}
    same = log_shares([1.0, 1.0, 1.0], [monday, also, friday])
    assert same[0] == pytest.approx(math.log((1 + 2 / 3) / 3))
    assert same[2] == pytest.approx(math.log(1 / 3))


def test_unknown_answers_are_not_the_same() -> None:
    assert log_shares([0.0, 0.0], [NONE, {"x"}]) == pytest.approx([math.log(0.5)] * 2)


def test_only_the_distances_of_scores_count() -> None:
    answers = [{"a"}, {"b"}, NONE]
    assert np.allclose(
        log_shares([1.0, 2.0, 3.0], answers), log_shares([101.0, 102.0, 103.0], answers)
    )

"""Tests that the sentences for measuring support are what they are said to be."""

from collections import Counter

from bench.claims import derived_claims, is_held_back, written_claims
from bench.data import sample_questions
from bench.scores import best_threshold, f1, macro_f1

WRITTEN = list(written_claims())


def test_there_are_enough_sentences_of_each_kind() -> None:
    kinds = Counter(claim.kind for claim in WRITTEN)
    assert kinds["faithful"] >= 80
    assert sum(kinds.values()) - kinds["faithful"] >= 200
    assert all(kinds[kind] >= 20 for kind in ("number", "date", "name", "negation", "quote"))


def test_no_altered_sentence_is_a_faithful_one() -> None:
    faithful = {claim.sentence for claim in WRITTEN if claim.is_carried}
    altered = [claim.sentence for claim in WRITTEN if not claim.is_carried]
    assert not faithful.intersection(altered)
    assert len(set(altered)) == len(altered)


def test_a_third_of_the_questions_is_held_back_whole() -> None:
    ids = {question["id"] for question in sample_questions()}
    assert sum(map(is_held_back, ids)) == len(ids) // 3
    held_back = {claim.question for claim in WRITTEN if not claim.is_tuning}
    assert 15 < len(held_back) < 30


def test_quotes_stand_in_their_articles_with_their_times() -> None:
    times = [time for claim in WRITTEN for quote in claim.quotes for time in quote.times]
    assert times
    for claim in WRITTEN:
        for quote in claim.quotes:
            assert all(quote.start <= t.start < t.end <= quote.end for t in quote.times)


def test_what_is_derived_keeps_the_quote_or_changes_it() -> None:
    for claim in derived_claims():
        (quote,) = claim.quotes
        kept = claim.sentence.startswith(quote.quote.rstrip("."))
        assert kept == (claim.kind in ("verbatim", "with its outlet", "outlet"))


def test_f1_by_hand() -> None:
    labels = [True, True, False, False]
    said = [True, False, True, False]
    assert f1(labels, said) == macro_f1(labels, said) == 0.5
    assert f1(labels, labels) == macro_f1(labels, labels) == 1.0
    assert f1([False], [False]) == 0.0


def test_the_best_threshold_parts_the_two() -> None:
    assert 0.3 < best_threshold([True, True, False], [0.9, 0.5, 0.3]) <= 0.5
